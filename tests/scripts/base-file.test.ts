import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HeapTable, TrialResult } from '../../harness/model.ts';
import { buildReport } from '../../harness/report.ts';
import { withFolder } from '../../harness/worker/folder.ts';
import { renderBaseline } from '../../reports/baseline.ts';
import { renderJson } from '../../reports/json.ts';
import { baseOf, readGrowth } from '../../scripts/base-file.ts';
import { environment } from '../../scripts/environment.ts';
import { completed, HEAP, sampled } from '../support/judge-input.ts';

const TABLES: readonly HeapTable[] = [2037, 4074].map(iteration => ({
  iteration,
  newest: 2 * iteration,
  classes: { Entry: { count: iteration, bytes: 24 * iteration, seen: 2, seenBytes: 48 } },
  seen: { count: 2, bytes: 48 },
}));
const DRIFT = sampled([[HEAP, iteration => 6e6 + 120 * iteration]]);
const RESULT = completed(DRIFT, { build: 'old' }, { heapTables: TABLES });
const WITH_JIT = completed(DRIFT, { build: 'old', variant: 'jit' }, { heapTables: [] });

/** A run's folder, with the events it left. */
async function inRun(events: readonly object[] | string, use: (folder: string) => void): Promise<void> {
  await withFolder(async folder => {
    const report = buildReport({
      environment: await environment([], folder),
      descriptions: [],
      results: [RESULT],
      timings: [],
      heapDiffs: [],
      evidence: [],
      warnings: [],
      elapsed: 1,
    });
    mkdirSync(join(folder, 'run'));
    writeFileSync(join(folder, 'run/report.json'), renderJson(report));
    const lines = typeof events === 'string' ? events : events.map(event => JSON.stringify(event)).join('\n');
    writeFileSync(join(folder, 'run/samples.jsonl'), lines);
    use(folder);
  });
}

function heapTablesIn(name: string, folder: string): unknown {
  const base = baseOf(name, folder);
  return 'entries' in base ? base.entries.map(({ heapTables }) => heapTables) : undefined;
}

const ended = (result: TrialResult) => ({ type: 'trial:end', trial: result.trial.id, result, at: 9 });

test('a saved report brings the heap snapshots that its run left beside it', async () => {
  await inRun([{ type: 'begin' }, ended(RESULT), ended(WITH_JIT)], folder => {
    expect(heapTablesIn('run', folder)).toEqual([[TABLES]]);
    expect(heapTablesIn('run/report.json', folder)).toEqual([[TABLES]]);
  });
});

test('events that are gone, cut off or of another kind bring none, and spoil nothing', async () => {
  const whole = JSON.stringify(ended(RESULT));
  for (const events of [
    '',
    whole.slice(0, 900),
    '{"type":"trial:end","result":{"heapTables":7}}',
    '\u0000',
  ]) {
    await inRun(events, folder => expect(heapTablesIn('run', folder)).toEqual([[]]));
  }
});

test('a baseline has none', async () => {
  await inRun([ended(RESULT)], folder => {
    writeFileSync(
      join(folder, 'run/known.json'),
      renderBaseline(readGrowth('run/report.json', folder).entries),
    );
    expect(heapTablesIn('run/known.json', folder)).toEqual([undefined]);
  });
});
