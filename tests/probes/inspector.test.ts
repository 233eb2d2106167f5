import { expect, test } from 'vitest';
import type { HeapTable } from '../../harness/model.ts';
import { run } from '../../harness/run.ts';
import { trialOf } from '../support/trials.ts';

/*
 * V8 forgets the ids of all objects whenever an inspector session ends. Between two snapshots the heap is
 * walked and the thread asked, both by way of a session.
 */
test('snapshots tell what stays from what is new each time, and hold nothing that was logged', async () => {
  const tables = await heapTables('turnover', { iterations: 400, snapshots: 'always' });
  expect(tables.length).toBeGreaterThanOrEqual(3);
  for (const { classes } of tables.slice(1)) {
    expect(classes['Object {turned}']?.count).toBe(40);
    expect(classes['Object {turned}']?.seen, 'old ones').toBeLessThanOrEqual(2);
    expect(classes['Object {logged}']?.count ?? 0).toBeLessThanOrEqual(1);
  }
  const [second, ...later] = tables.slice(1);
  for (const { seen } of later) {
    expect(Math.abs(seen.count - (second?.seen.count ?? 0)), 'old objects').toBeLessThanOrEqual(24);
  }
});

async function heapTables(
  scenario: string,
  options: Parameters<typeof trialOf>[1],
): Promise<readonly HeapTable[]> {
  for await (const event of run([trialOf(scenario, options)], { jobs: 1 })) {
    if (event.type !== 'trial:end') continue;
    expect(event.result.outcome).toBe('completed');
    return event.result.heapTables;
  }
  throw new Error('No trial ended');
}
