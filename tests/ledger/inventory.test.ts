import { expect, test } from 'vitest';
import { takeInventory } from '../../harness/ledger/inventory.ts';
import type { LiveResource } from '../../harness/ledger/live-resource.ts';

const SITE = { id: 1, frames: [] };
const timer = (detail: number): LiveResource => ({ kind: 'timer', noun: 'timeout', detail, site: SITE });

test('timers of one place are counted apart where their times are of another magnitude', () => {
  const { groups } = takeInventory(7, [timer(20), timer(86_400_000), timer(60), timer(86_400_000)]);
  expect(groups.map(({ count, details }) => [count, details])).toEqual([
    [2, [20, 60]],
    [2, [86_400_000]],
  ]);
});

test('what another place created, or another cleanup owns, is counted apart', () => {
  const owner = { label: 'auto:zones', undoes: '' };
  const live = [timer(5), { ...timer(5), site: { id: 2, frames: [] } }, { ...timer(5), owner }, timer(5)];
  expect(takeInventory(0, live).groups.map(({ count }) => count)).toEqual([2, 1, 1]);
});
