import { describe, expect, test } from 'vitest';
import { heapDiff } from '../../harness/evidence/heap-diff.ts';
import { loadMemwatch } from '../../harness/worker/memwatch.ts';
import { trialOf } from '../support/trials.ts';

const isThere = (await loadMemwatch()).outcome === 'loaded';

describe('heapDiff()', () => {
  test.runIf(isThere)('names the class that a leak is made of, with its exact count', async () => {
    const diff = await heapDiff(trialOf('heap-leak', { iterations: 2000 }));
    if (diff.outcome !== 'completed') throw new Error(diff.reason);
    expect(diff).toMatchObject({ scenario: 'heap-leak', build: 'default', iterations: 50 });
    expect(diff.classes.find(({ name }) => name === 'Entry')).toMatchObject({ net: 50 });
    const nets = diff.classes.map(({ net }) => net);
    expect(nets).toEqual(nets.toSorted((a, b) => b - a));
    expect(Math.min(...nets)).toBeGreaterThan(0);
  });

  test('is skipped, with the reason, when the scenario fails', async () => {
    const diff = await heapDiff(trialOf('throwing', { warmup: 20 }));
    const reason = isThere ? 'RangeError: iteration 12 went wrong' : expect.stringContaining('memwatch-next');
    expect(diff).toEqual({ scenario: 'throwing', build: 'default', outcome: 'skipped', reason });
  });
});
