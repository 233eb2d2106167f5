import { afterEach, describe, expect, test } from 'vitest';
import type { ListNode, TimerLists } from '../../harness/probes/timer-lists.ts';
import { ShortTimers } from '../../harness/worker/short-timers.ts';

const timers = new Set<NodeJS.Timeout>();
afterEach(() => {
  for (const timer of timers) clearTimeout(timer);
});

describe('ShortTimers', () => {
  test('waits until timers that are soon due have fired, unref’d ones too', async () => {
    const fired: number[] = [];
    const books = booksOf([start(() => fired.push(20), 20), start(() => fired.push(60), 60).unref()]);
    await new ShortTimers(books).expire(250);
    expect(fired).toEqual([20, 60]);
  });

  test('waits for neither intervals nor timers of seconds', async () => {
    const { short, waits } = recorded([start(() => {}, 60_000), interval(() => {}, 50)]);
    await short.expire(250);
    expect(waits).toEqual([]);
  });

  test('gives up where timers set themselves again', async () => {
    const { short, waits } = recorded([start(() => {}, 30), start(() => {}, 100)]);
    for (let sample = 0; sample < 4; sample++) await short.expire(250);
    expect(waits).toEqual([101, 101]);
  });
});

/** Of timers that never seem to fire. */
function recorded(started: readonly NodeJS.Timeout[]) {
  const waits: number[] = [];
  const short = new ShortTimers(booksOf(started), async duration => waits.push(duration));
  return { short, waits };
}

function start(callback: () => void, duration: number): NodeJS.Timeout {
  const timer = setTimeout(callback, duration);
  timers.add(timer);
  return timer;
}

function interval(callback: () => void, period: number): NodeJS.Timeout {
  const timer = setInterval(callback, period);
  timers.add(timer);
  return timer;
}

/** Books that never strike a timer off, as Node does when it has fired. */
function booksOf(started: readonly NodeJS.Timeout[]): TimerLists {
  const timerListMap: Record<string, ListNode> = {};
  for (const timer of started) {
    const { _idleTimeout, _repeat } = timer as unknown as { _idleTimeout: number; _repeat: number | null };
    const list: { _idleNext: ListNode | null } = { _idleNext: null };
    list._idleNext = { _idleNext: list, _repeat } as ListNode;
    timerListMap[String(_idleTimeout)] = list;
  }
  return { timerListMap, immediateQueue: { head: null } };
}
