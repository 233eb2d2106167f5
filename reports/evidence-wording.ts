/**
 * Why something leaks, in words: what is kept, who holds it, where it was created, which cleanup is missing.
 * @module
 */
import {
  COMMON_NOUNS,
  type CompletedEvidence,
  type Evidence,
  isOfProgram,
  type KeptAllocations,
  type KeptObjects,
  type KeptResource,
  type RetainingPath,
  type SourcePosition,
} from '../harness/model.ts';
import { formatBytes, formatCount, formatEvery, formatNumber, isSeldom, plural } from './format.ts';

/** One thing that was kept, told in a line, with the lines that say more of it. */
export interface EvidenceBlock {
  readonly title: string;
  /** The most telling first. */
  readonly lines: readonly string[];
}

/**
 * `Why auto-reload leaky leaks (per reload, over 500 reloads)`; `What auto-reload fixed keeps (…)` where no
 * verdict says that it leaks.
 */
export function evidenceTitle(
  { scenario, build, ...evidence }: Evidence,
  per: string,
  leaks: boolean,
): string {
  if (evidence.outcome === 'skipped')
    return `No evidence of what ${scenario} ${build} keeps: ${evidence.reason}`;
  const told = leaks ? `Why ${scenario} ${build} leaks` : `What ${scenario} ${build} keeps`;
  return `${told} (per ${per}, over ${formatCount(evidence.iterations, per)})`;
}

/** What it means that nobody is found to hold anything that grew; empty where somebody is. */
export function noHolderText({ objects, resources }: CompletedEvidence, leaks: boolean): string {
  if (objects.length + resources.length > 0) return '';
  return leaks
    ? 'no holder of anything that grew was found; leakgate explain --iterations looks for longer'
    : 'nothing was found that kept growing (leakgate run says whether anything leaks); what is new may stand in for what was there before';
}

/** Empty where every heap snapshot that was to be kept was. */
export function notKeptText({ notKept }: CompletedEvidence): string {
  return notKept === undefined ? '' : `not every heap snapshot could be kept: ${notKept}`;
}

/** `strings`, `closure contexts`; classes have no plural: `Zone`. */
export function several(name: string): string {
  return COMMON_NOUNS.has(name) ? plural(name) : name;
}

/** `10 Zone, 136 kB retained with 1,000 Record, 12 strings`. */
export function objectsBlock(
  kept: KeptObjects,
  per: string,
  pathsShown: number,
  framesShown: number,
): EvidenceBlock {
  const { name, perIteration, retained, paths, allocated, defined } = kept;
  // What is kept once in so many is told of one.
  const each = isSeldom(perIteration) ? 1 / perIteration : 1;
  const beside = kept.with.slice(0, WITH_SHOWN).map(one => {
    const count = formatNumber(one.perIteration * each);
    return `${count} ${count === '1' ? one.name : several(one.name)}`;
  });
  const title = [
    perIteration === 0
      ? `${name} that grows by ${formatBytes(retained)} per ${per}`
      : `${countText(perIteration, name, several(name), per)}, ${formatBytes(retained * each)} retained`,
    beside.length === 0 ? '' : ` with ${beside.join(', ')}`,
  ].join('');
  return {
    title,
    lines: [
      ...paths
        .slice(0, pathsShown)
        .flatMap(path => [pathText(path, paths.length > 1), ...(path.added ? [addedText(path.added)] : [])]),
      ...(allocated && allocated.length > 0 ? [`allocated at ${stackText(allocated, framesShown)}`] : []),
      ...(defined && !isOnPath(defined, paths) ? [`defined at ${placeText(defined)}`] : []),
    ],
  };
}

/** `probably put there at src/zones.ts:16, src/zones.ts:20`. */
export function addedText(added: readonly SourcePosition[]): string {
  return `probably put there at ${added.map(placeText).join(', ')}`;
}

const WITH_SHOWN = 4;

function isOnPath(position: SourcePosition, paths: readonly RetainingPath[]): boolean {
  const steps = paths.flatMap(path => path.steps);
  return steps.some(step => step.position && placeText(step.position) === placeText(position));
}

/** `Timeout list > Timeout._onTimeout > closure (zones.ts:59) > Zone "example.org."`. */
function pathText({ count, steps }: RetainingPath, isOneOfSeveral: boolean): string {
  const text = steps
    .map(({ name, position }) => (position ? `${name} (${placeText(position)})` : name))
    .join(' > ');
  return isOneOfSeveral ? `${text} (${count === 1 ? 'once' : `${formatNumber(count)} times`})` : text;
}

/** Whether it is a server's end of a connection, of which the place is that of the server. */
export function isAccepted({ noun = '' }: KeptResource): boolean {
  return noun.startsWith('accepted ');
}

/** `10 timers, interval of 60,000 ms`. */
export function resourceBlock(resource: KeptResource, per: string, framesShown: number): EvidenceBlock {
  const { created } = resource;
  return {
    title: resourceTitle(resource, per),
    lines: [
      created.length === 0
        ? 'created by nothing of the program'
        : `${isAccepted(resource) ? 'by a server that was ' : ''}created at ${stackText(created, framesShown)}`,
      ...(resource.owner ? [ownerText(resource)] : []),
    ],
  };
}

/**
 * `83 % of what stays on the heap was allocated by add (src/cart.js:12), through compile
 * (node_modules/ajv/lib/core.js:33)`.
 */
export function allocationsBlock(kept: KeptAllocations): EvidenceBlock {
  const { by, frames } = kept;
  const [innermost] = frames;
  const through =
    innermost && placeText(innermost) !== placeText(by) ? `, through ${functionText(innermost)}` : '';
  return { title: `${shareText(kept)} was allocated by ${functionText(by)}${through}`, lines: [] };
}

/** `83 % of what stays on the heap`, `what stays on the heap`. */
export function shareText({ share }: KeptAllocations): string {
  const percent = Math.round(share * 100);
  if (percent === 100) return 'what stays on the heap';
  return `${percent === 0 ? 'under 1' : percent} % of what stays on the heap`;
}

function functionText(position: SourcePosition): string {
  const place = placeText(position);
  return position.function === '' ? place : `${position.function} (${place})`;
}

function resourceTitle({ kind, name, perIteration }: KeptResource, per: string): string {
  switch (kind) {
    case 'timer':
      return `${countText(perIteration, 'timer', 'timers', per)}, ${name}`;
    case 'descriptor':
      return `${countText(perIteration, 'descriptor', 'descriptors', per)}, ${name}`;
    case 'handle':
    case 'immediate':
      return countText(perIteration, name, plural(name), per);
    case 'listener':
      return countText(perIteration, name, name.replace(/^listener/, 'listeners'), per);
  }
}

/** `10 timers`, or for what is seldom `1 timer per 40 reloads`. */
export function countText(perIteration: number, singular: string, pluralForm: string, per: string): string {
  if (isSeldom(perIteration)) return `1 ${singular} ${formatEvery(1 / perIteration, per)}`;
  return `${formatNumber(perIteration)} ${formatNumber(perIteration) === '1' ? singular : pluralForm}`;
}

/** `owner auto:zones never ran: this build undoes CoreDNS PR 6705: auto shuts its zones down on reload`. */
export function ownerText({ owner }: KeptResource): string {
  if (!owner) return '';
  const { label, undoes } = owner;
  return undoes === '' ? `owner ${label} never ran` : `owner ${label} never ran: this build undoes ${undoes}`;
}

/**
 * Innermost first: `src/zones.ts:59 keepFresh < src/zones.ts:41 AutoZones.add`. Where all of those are of
 * packages the last makes way for the first that is not: `node_modules/undici/core.js:114 connect < … <
 * src/client.ts:3 fetch`.
 */
function stackText(frames: readonly SourcePosition[], shown: number): string {
  const far = frames.slice(0, shown).some(isOfProgram) ? undefined : frames.find(isOfProgram);
  const told = frames.slice(0, far ? shown - 1 : shown).map(frameText);
  return [...told, ...(far ? ['…', frameText(far)] : [])].join(' < ');
}

function frameText(frame: SourcePosition): string {
  return frame.function === '' ? placeText(frame) : `${placeText(frame)} ${frame.function}`;
}

/** `src/zones.ts:59`. */
export function placeText({ file, line }: SourcePosition): string {
  return `${file}:${line}`;
}
