import { describe, expect, test } from 'vitest';
import { immediatesProbe } from '../../harness/probes/immediates.ts';
import { isUnavailable, type Probe } from '../../harness/probes/probe.ts';
import type { ListNode, TimerLists } from '../../harness/probes/timer-lists.ts';
import { timersProbe } from '../../harness/probes/timers.ts';

describe('timersProbe()', () => {
  test('counts the timers of every duration', () => {
    const lists = books({ 10: 3, 5000: 1, 70: 0 });
    expect(read(timersProbe(lists))).toEqual({ timers: 4 });
  });

  test('without Node’s internals counts timer objects, which is costly', () => {
    const probe = timersProbe(null);
    expect(probe.cost).toBe('costly');
    const before = read(probe).timers ?? Number.NaN;
    const timers = [setTimeout(() => {}, 1e6), setTimeout(() => {}, 1e6).unref()];
    expect(read(probe).timers).toBe(before + 2);
    for (const timer of timers) clearTimeout(timer);
  });
});

describe('immediatesProbe()', () => {
  test('counts what waits for the next turn', () => {
    expect(read(immediatesProbe(books({}, 0)) as Probe)).toEqual({ immediates: 0 });
    expect(read(immediatesProbe(books({}, 3)) as Probe)).toEqual({ immediates: 3 });
  });

  test('says what it needs where Node’s internals are not shown', () => {
    const probe = immediatesProbe(null);
    expect(isUnavailable(probe) && probe.reason).toBe('needs --expose-internals and internal/timers');
  });
});

function read(probe: Probe): Record<string, number> {
  const readings = {};
  probe.read(readings);
  return readings;
}

/** Node's books with so many timers per duration and so many immediates. */
function books(timers: { readonly [duration: string]: number }, immediates = 0): TimerLists {
  const circles = Object.entries(timers).map(([duration, count]) => [duration, circle(count)] as const);
  return {
    timerListMap: Object.fromEntries(circles),
    immediateQueue: { head: chain(immediates, null) },
  };
}

/** A list head with `count` nodes after it, the last of which leads back to the head. */
function circle(count: number): ListNode {
  const head: { _idleNext: ListNode | null } = { _idleNext: null };
  head._idleNext = chain(count, head);
  return head;
}

function chain(count: number, end: ListNode | null): ListNode | null {
  let next = end;
  for (let made = 0; made < count; made++) next = { _idleNext: next };
  return next;
}
