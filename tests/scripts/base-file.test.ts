import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { HeapTable, TrialResult } from '../../harness/model.ts';
import { buildReport } from '../../harness/report.ts';
import { withFolder } from '../../harness/spawn/folder.ts';
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

/** A run's folder, with the lines of events that it left, if any; made from when it began. */
async function inRun(
  linesOf: (began: string) => readonly string[] | undefined,
  use: (folder: string) => void,
): Promise<void> {
  await withFolder(async folder => {
    const measuredIn = await environment([], folder);
    const report = buildReport({
      environment: measuredIn,
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
    const lines = linesOf(measuredIn.date);
    if (lines) writeFileSync(join(folder, 'run/samples.jsonl'), lines.join('\n'));
    use(folder);
  });
}

function heapTablesIn(name: string, folder: string): unknown {
  const base = baseOf(name, folder);
  return 'entries' in base ? base.entries.map(({ heapTables }) => heapTables) : undefined;
}

const begin = (date: string) => JSON.stringify({ type: 'begin', environment: { date } });
const ended = (result: TrialResult) =>
  JSON.stringify({ type: 'trial:end', trial: result.trial.id, result, at: 9 });

test('a saved report brings the heap snapshots that its run left beside it', async () => {
  await inRun(
    began => [begin(began), ended(RESULT), ended(WITH_JIT)],
    folder => {
      expect(heapTablesIn('run', folder)).toEqual([[TABLES]]);
      expect(heapTablesIn('run/report.json', folder)).toEqual([[TABLES]]);
    },
  );
});

test('events that are gone, cut off, of another kind or another run bring none, and spoil nothing', async () => {
  const spoilt: readonly ((began: string) => readonly string[] | undefined)[] = [
    () => undefined,
    () => [''],
    () => [ended(RESULT)],
    () => [begin('2026-01-01T00:00:00.000Z'), ended(RESULT)],
    began => [begin(began), ended(RESULT).slice(0, 900)],
    began => [begin(began), ended(RESULT), '{"type":"trial:end","result":{"heapTables":7}}'],
  ];
  for (const linesOf of spoilt) {
    await inRun(linesOf, folder => expect(heapTablesIn('run', folder)).toEqual([[]]));
  }
});

test('a baseline has none', async () => {
  await inRun(
    began => [begin(began), ended(RESULT)],
    folder => {
      const { entries } = readGrowth('run/report.json', folder);
      writeFileSync(join(folder, 'run/known.json'), renderBaseline(entries));
      expect(heapTablesIn('run/known.json', folder)).toEqual([undefined]);
    },
  );
});
