import { readFileSync } from 'node:fs';
import type {
  Evidence,
  KeptAllocations,
  KeptObjects,
  KeptResource,
  SourcePosition,
} from '../harness/model.ts';
import type { CorpusCase } from './corpus-cases.ts';

/** How the evidence of one leak compares with what its case expects; undefined where it expects nothing of the kind. */
export interface EvidenceScore {
  readonly name: string;
  /** The class that leaks is ranked first, and its path names who holds it. */
  readonly heap?: boolean;
  /** The function with the largest share of what stays is one of the case, or the one that it names. */
  readonly allocation?: boolean;
  /** The first resource of its kind was created on the right line. */
  readonly creation?: boolean;
  /** What was found, for a person. */
  readonly found: string;
}

export function scoreEvidence(
  { name, path, evidence: expected }: CorpusCase,
  evidence: Evidence,
): EvidenceScore {
  if (!expected)
    throw new Error(`Cannot score the evidence of ${name} as its case must export expectEvidence`);
  if (evidence.outcome === 'skipped') {
    const missed = {
      ...(expected.objects && { heap: false, allocation: false }),
      ...(expected.created && { creation: false }),
    };
    return { name, ...missed, found: `skipped: ${evidence.reason}` };
  }
  const [first] = evidence.objects;
  const resource = evidence.resources.find(({ kind }) => kind === expected.kind);
  const { objects, holders = [], created } = expected;
  const [most] = evidence.allocations ?? [];
  return {
    name,
    ...(objects && { heap: names(first?.name, objects) && names(pathOf(first), holders) }),
    ...(objects && { allocation: isAllocatedBy(most, expected.allocator, path) }),
    ...(created && { creation: isCreatedAt(resource, created, path) }),
    found: [
      ...(objects ? [`${first?.name ?? 'nothing'}: ${pathOf(first)}`] : []),
      ...(objects ? [`by ${describeAllocations(most)}`] : []),
      ...(created ? [describeResource(resource)] : []),
    ].join('; '),
  };
}

function names(text: string | undefined, any: readonly string[]): boolean {
  return text !== undefined && any.some(one => text.includes(one));
}

function pathOf(kept: KeptObjects | undefined): string {
  return (kept?.paths[0]?.steps ?? []).map(({ name }) => name).join(' > ');
}

function isAllocatedBy(
  most: KeptAllocations | undefined,
  allocator: string | null | undefined,
  path: string,
): boolean {
  if (!most) return allocator === null;
  return allocator === undefined ? path.endsWith(`/${most.by.file}`) : most.by.function === allocator;
}

function describeAllocations(most: KeptAllocations | undefined): string {
  return most
    ? `${most.by.function} ${most.by.file}:${most.by.line} (${Math.round(100 * most.share)} %)`
    : 'nobody';
}

/** By the text of the line, so that cases may be edited. */
function isCreatedAt(resource: KeptResource | undefined, created: readonly string[], path: string): boolean {
  const position = resource?.created[0];
  return position !== undefined && path.endsWith(position.file) && names(lineAt(position), created);
}

function lineAt({ file, line }: SourcePosition): string {
  return readFileSync(file, 'utf8').split('\n')[line - 1] ?? '';
}

function describeResource(resource: KeptResource | undefined): string {
  const position = resource?.created[0];
  if (!resource) return 'no such resource';
  return `${resource.name}, ${position ? `${position.file}:${position.line}` : 'created nowhere'}`;
}
