import {
  isAsOften,
  type KeptObjects,
  type KeptResource,
  ownFrame,
  type ResourceKind,
} from '../harness/model.ts';
import {
  type CompletedEvidence,
  countOf,
  isAccepted,
  ownerText,
  placeText,
  several,
} from './evidence-wording.ts';
import { isSeldom } from './format.ts';

/**
 * The whole story in one line: `10 Zone per reload, held by a timer started at zones.ts:59, owner auto:zones,
 * which never ran: undoes CoreDNS PR 6705`. Empty where nothing was found, or where one of the blocks says as
 * much.
 */
export function summaryText({ objects, resources }: CompletedEvidence, per: string): string {
  const [kept] = objects;
  if (!kept) return '';
  const holder = resources.find(resource => holds(resource, kept));
  if (!holder) return '';
  const { name, perIteration } = ownClass(kept, holder.perIteration) ?? kept;
  return [
    isSeldom(perIteration)
      ? countOf(perIteration, name, several(name), per)
      : `${countOf(perIteration, name, several(name), per)} per ${per}`,
    `held by ${isAccepted(holder) ? 'a connection' : SINGLE[holder.kind]}${begunText(holder)}`,
    ownerText(holder),
  ]
    .filter(text => text !== '')
    .join(', ');
}

/** ` started at src/zones.ts:59`; what a package did for the program is told with the line that called it. */
function begunText(holder: KeptResource): string {
  const { kind, created } = holder;
  const [innermost] = created;
  const own = ownFrame(created);
  if (!innermost || !own) return '';
  const caller = own === innermost ? '' : `, called at ${placeText(own)}`;
  const begun = isAccepted(holder) ? 'accepted by the server opened' : BEGUN[kind];
  return ` ${begun} at ${placeText(innermost)}${caller}`;
}

/**
 * Of what is kept, a class of the program that is kept as often as what holds it: a timer's zone says more
 * than the timer.
 */
function ownClass(
  { name, with: beside }: KeptObjects,
  perIteration: number,
): KeptObjects['with'][number] | undefined {
  if (isOwnClass(name)) return undefined;
  const found = beside.find(one => isOwnClass(one.name) && isAsOften(one.perIteration, perIteration));
  return found && { name: found.name, perIteration };
}

/** A class that is none of JavaScript's or Node's. */
function isOwnClass(name: string): boolean {
  return /^[A-Z][\w$]*$/.test(name) && !BUILT_IN.has(name);
}

const BUILT_IN: ReadonlySet<string> = new Set(
  'Object Array Map Set WeakMap WeakSet WeakRef Promise Proxy Date RegExp Error Symbol Function Generator Timeout Immediate Listener ReadableState WritableState Buffer ArrayBuffer DataView Uint8Array FinalizationRegistry AbortSignal Node'.split(
    ' ',
  ),
);

/** On the way to the objects, and most of what holds them: timers of two places may be one class that is kept. */
function holds({ kind, perIteration }: KeptResource, { paths, ...kept }: KeptObjects): boolean {
  const steps = paths[0]?.steps.map(({ name }) => name).join(' ') ?? '';
  const share = perIteration / kept.perIteration;
  return share > 0.5 && share <= 1 + NEARLY && HOLDERS[kind].test(steps);
}

/** By so much, for the same reason, more holders than objects may have been counted: of what is seldom one in ten. */
const NEARLY = 0.1;

const HOLDERS: { readonly [kind in ResourceKind]: RegExp } = {
  timer: /\bTimeout\b/,
  immediate: /\bImmediate\b/,
  // As Node has it: a class of the program may be called Server, too.
  handle: /\bNode \/ \w|\[owner_symbol\]|\(Global handles\)/,
  descriptor: /\b(FileHandle|ReadStream|WriteStream)\b/,
  listener: /_events|kEvents|Listener/,
};

const SINGLE: { readonly [kind in ResourceKind]: string } = {
  timer: 'a timer',
  immediate: 'an immediate',
  handle: 'a handle',
  descriptor: 'a file',
  listener: 'a listener',
};

const BEGUN: { readonly [kind in ResourceKind]: string } = {
  timer: 'started',
  immediate: 'started',
  handle: 'opened',
  descriptor: 'opened',
  listener: 'added',
};
