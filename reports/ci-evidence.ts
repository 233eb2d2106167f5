/** What a report's evidence says of one build, for formats that CI reads. */
import { win32 } from 'node:path';
import {
  type CompletedEvidence,
  type KeptObjects,
  type KeptResource,
  ownFrame,
  type Report,
  type SourcePosition,
} from '../harness/model.ts';
import type { CiCase } from './ci-case.ts';
import { isInFile } from './ci-places.ts';
import { evidenceSummary, holderOf } from './evidence-summary.ts';
import { addedText, allocationsBlock, ownerText } from './evidence-wording.ts';
import { formatBytes, formatCountRate, formatSignedBytes } from './format.ts';

/** One thing that is kept: what, since where, and by whom. */
export interface CiEvidence {
  readonly kind: KeptResource['kind'] | 'object';
  /** The same from run to run, whatever the rates: a class, a resource, a function. */
  readonly identity: string;
  /** `interval of 1000 ms: +10 kept/reload exactly`. */
  readonly text: string;
  /**
   * Where it was created or allocated, innermost first, else where it was probably put, where its class stands, or
   * the function that allocated it.
   */
  readonly created: readonly SourcePosition[];
  /** Where what holds it was created, innermost first; empty where nothing is known to. */
  readonly holder: readonly SourcePosition[];
  /** From the root to the object, or whose cleanup never ran. */
  readonly held: readonly string[];
}

/** The evidence of a case, resources first; empty where none was gathered. */
export function evidenceOf(report: Report, one: CiCase): readonly CiEvidence[] {
  const seen = new Map<string, number>();
  return completedOf(report, one)
    .flatMap(evidence => all(evidence, one.per))
    .map(item => {
      const count = (seen.get(item.identity) ?? 0) + 1;
      seen.set(item.identity, count);
      return count === 1 ? item : { ...item, identity: `${item.identity} #${count}` };
    });
}

function completedOf(report: Report, { scenario, build }: CiCase): readonly CompletedEvidence[] {
  return report.evidence
    .filter(one => one.scenario === scenario && one.build === build)
    .filter(one => one.outcome === 'completed');
}

/** The whole story of a case in one line per piece of evidence; nothing where the blocks say as much. */
export function evidenceSummaries(report: Report, one: CiCase): readonly string[] {
  return completedOf(report, one)
    .map(evidence => evidenceSummary(evidence, one.per))
    .filter(text => text !== '');
}

/** All of it as lines of text: the whole story first, then each piece. */
export function evidenceTexts(report: Report, one: CiCase): readonly string[] {
  return [...evidenceSummaries(report, one), ...evidenceOf(report, one).flatMap(evidenceLines)];
}

/** One line of text per step of it. */
export function evidenceLines({ text, created, held }: CiEvidence): readonly string[] {
  return [
    text,
    ...created.map(position => `  at ${positionText(position)}`),
    ...held.map(line => `  ${line}`),
  ];
}

export function positionText({ file, line, column, function: name }: SourcePosition): string {
  const at = `${file}:${line}:${column}`;
  return name === '' ? at : `${name} (${at})`;
}

/** Where it is to be mended: the line of the program that created it, or what holds it. */
export function frameOf({ created, holder }: CiEvidence): SourcePosition | undefined {
  return ownFrame(created) ?? ownFrame(holder);
}

function all(evidence: CompletedEvidence, per: string): readonly CiEvidence[] {
  return [
    ...evidence.resources.map(resource => ofResource(resource, per)),
    ...evidence.objects.map(objects => ofObjects(objects, evidence, per)),
    ...mostlyAllocated(evidence),
  ];
}

/** The function that allocated most of what stays on the heap. */
function mostlyAllocated({ allocations = [] }: CompletedEvidence): CiEvidence[] {
  const [most] = allocations;
  if (!most || most.share < 1 / 2) return [];
  const { title } = allocationsBlock(most);
  return [
    {
      kind: 'object',
      identity: `allocated by ${placeName(most.by)}`,
      text: title,
      created: [most.by].filter(isInFile),
      holder: [],
      held: [],
    },
  ];
}

function ofResource(resource: KeptResource, per: string): CiEvidence {
  const { kind, name, noun, perIteration, exact, created, owner } = resource;
  const own = ownFrame(created);
  return {
    kind,
    identity: [noun ?? kind, own && `of ${placeName(own)}`].filter(Boolean).join(' '),
    text: rateText(name, perIteration, exact, per),
    created: created.filter(isInFile),
    holder: [],
    held: owner ? [ownerText(resource)] : [],
  };
}

function ofObjects(objects: KeptObjects, { resources }: CompletedEvidence, per: string): CiEvidence {
  const { name, perIteration, exact, retained, allocated, defined, paths } = objects;
  const [path] = paths;
  const added = path?.added ?? [];
  // One line at most: several are no stack.
  const created = (allocated && allocated.length > 0 ? allocated : added.slice(0, 1)).filter(isInFile);
  return {
    kind: 'object',
    identity: name.replace(FOLDERS, ''),
    text:
      perIteration === 0
        ? `${name}: grows by ${formatBytes(retained)}/${per}`
        : `${rateText(name, perIteration, exact, per)} (${formatSignedBytes(retained)}/${per})`,
    created: created.length > 0 ? created : defined && isInFile(defined) ? [defined] : [],
    holder: (holderOf(objects, resources)?.created ?? []).filter(isInFile),
    held: [
      ...(path ? [`held by ${path.steps.map(step => step.name).join(' > ')}`] : []),
      ...(added.length > 0 ? [addedText(added)] : []),
    ],
  };
}

/** In the name of a function: those of a path that is absolute or leads outside differ from machine to machine. */
const FOLDERS = /(?<= \()(?:[a-z]:|\.\.)?[\\/].*?(?=[^\\/]*:\d+\))/gi;

/** `startTimer in src/zones.ts`; of a file elsewhere its name, as a path differs from machine to machine. */
function placeName({ file, function: name }: SourcePosition): string {
  const path = win32.isAbsolute(file) ? win32.basename(file) : file;
  return name === '' ? path : `${name} in ${path}`;
}

function rateText(name: string, perIteration: number, exact: boolean, per: string): string {
  const rate = formatCountRate(perIteration, 'kept', per);
  return `${name}: ${rate}${exact ? ' exactly' : ''}`;
}
