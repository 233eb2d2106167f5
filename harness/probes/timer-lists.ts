import { createRequire } from 'node:module';

/**
 * Node's own books of timers and immediates, reached with `--expose-internals`. Unlike
 * `process.getActiveResourcesInfo()` they hold unref'd timers too.
 */
export interface TimerLists {
  /** Duration to a circular list of the timers with that duration; the list itself is the first node. */
  readonly timerListMap: { readonly [milliseconds: string]: ListNode };
  /** What the next turn of the loop will run: a list that ends with null. */
  readonly immediateQueue: { readonly head: ListNode | null };
}

export interface ListNode {
  readonly _idleNext: ListNode | null;
}

/** What is known of a timer. */
interface TimerNode extends ListNode {
  /** Milliseconds of an interval. */
  readonly _repeat?: number | null;
  /** Milliseconds. */
  readonly _idleTimeout?: number;
}

/** The timers of one list. */
export function* timersIn(list: ListNode): Generator<TimerNode> {
  for (let node = list._idleNext; node && node !== list; node = node._idleNext) yield node;
}

/** Undefined where this Node does not show its internals, or keeps these books in another form. */
export function timerLists(): TimerLists | undefined {
  try {
    const internals: unknown = createRequire(import.meta.url)('internal/timers');
    return isTimerLists(internals) ? internals : undefined;
  } catch {
    return undefined;
  }
}

function isTimerLists(internals: unknown): internals is TimerLists {
  if (typeof internals !== 'object' || internals === null) return false;
  if (!('timerListMap' in internals) || !('immediateQueue' in internals)) return false;
  const { timerListMap, immediateQueue } = internals;
  return (
    typeof timerListMap === 'object' &&
    timerListMap !== null &&
    typeof immediateQueue === 'object' &&
    immediateQueue !== null &&
    'head' in immediateQueue
  );
}
