import {
  type CompletedEvidence,
  isAsOften,
  type KeptObjects,
  type KeptResource,
  ownFrame,
  type ResourceKind,
} from '../harness/model.ts';
import { countText, isAccepted, ownerText, placeText, several } from './evidence-wording.ts';
import { isSeldom } from './format.ts';

/**
 * The whole story in one line: `10 Zone per reload, held by a timer started at zones.ts:59, owner auto:zones,
 * which never ran: undoes CoreDNS PR 6705`. Empty where nothing was found, or where one of the blocks says as
 * much.
 */
export function evidenceSummary({ objects, resources }: CompletedEvidence, per: string): string {
  const [kept] = objects;
  if (!kept) return '';
  const holder = holderOf(kept, resources);
  if (!holder) return '';
  const { name, perIteration } = ownClass(kept, holder.perIteration) ?? kept;
  return [
    isSeldom(perIteration)
      ? countText(perIteration, name, several(name), per)
      : `${countText(perIteration, name, several(name), per)} per ${per}`,
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

/** What holds it. Of several that may be it, such as timers of two places, only one of a place that is on the way. */
export function holderOf(kept: KeptObjects, resources: readonly KeptResource[]): KeptResource | undefined {
  const able = resources.filter(resource => holds(resource, kept));
  if (able.length < 2) return able[0];
  const places = kept.paths
    .flatMap(({ steps }) => steps.flatMap(({ position }) => position ?? []))
    .map(placeText);
  return able.find(({ created }) => created.some(position => places.includes(placeText(position))));
}

/** On the way to the objects, and most of what holds them: timers of two places may be one class that is kept. */
function holds({ kind, perIteration, noun }: KeptResource, { paths, ...kept }: KeptObjects): boolean {
  const steps = paths[0]?.steps.map(({ name }) => name) ?? [];
  const share = perIteration / kept.perIteration;
  if (share <= 0.5 || share > 1 + NEARLY || !HOLDERS[kind].test(steps.join(' '))) return false;
  return kind !== 'handle' || noun === undefined || steps.every(step => isOf(noun, step));
}

/** Whether a handle may be what a step of a path stands for: of wrappers that are known, only its own. */
function isOf(noun: string, step: string): boolean {
  const handle = WRAPPERS.get(step);
  return handle === undefined || noun.replace(/^accepted /, '').startsWith(handle);
}

/** What Node wraps a handle of the event loop in, as heap snapshots call it, and the handle. */
const WRAPPERS: ReadonlyMap<string, string> = new Map([
  ['Node / TCPSocketWrap', 'tcp socket'],
  ['Node / TCPServerWrap', 'tcp server'],
  ['Node / UDPWrap', 'udp socket'],
  ['Node / PipeWrap', 'pipe'],
  ['Node / FSEventWrap', 'file watcher'],
  ['Node / StatWatcher', 'file poller'],
  ['Node / Process', 'child process'],
  ['Node / SignalWrap', 'signal watcher'],
  ['Node / Worker', 'worker thread'],
  ['Node / MessagePort', 'message port'],
]);

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
