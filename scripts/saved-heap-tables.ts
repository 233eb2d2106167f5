import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Snapshotted } from '../harness/base.ts';
import { SAMPLES_FILE } from './result-files.ts';

const COUNT = z.number().int().nonnegative();
const CLASS = z.object({ count: COUNT, bytes: COUNT, seen: COUNT, seenBytes: COUNT.exactOptional() });
const TABLE = z.object({
  iteration: COUNT,
  newest: COUNT,
  classes: z.record(z.string(), CLASS),
  seen: z.object({ count: COUNT, bytes: COUNT }),
});

/** The first line of a run's events: when it began tells it from others in the same folder. */
const BEGUN = z.object({ type: z.literal('begin'), environment: z.object({ date: z.string() }) });

/** The line that a trial leaves at its end; what else it holds is in the report. */
const ENDED: z.ZodType<{ readonly result: Snapshotted }> = z.object({
  type: z.literal('trial:end'),
  result: z.object({
    outcome: z.enum(['completed', 'faulted']),
    trial: z.object({ scenario: z.string(), build: z.string(), variant: z.enum(['stable', 'jit']) }),
    heapTables: z.array(TABLE),
  }),
});

/**
 * What heap snapshots of each trial of a finished run held, from the events in its folder. None where these are gone,
 * cut off, of another run or not as this leakgate writes them: they only say more of what its report says already.
 * @param began when the run did, as its report says
 */
export function savedHeapTables(folder: string, began: string): Snapshotted[] {
  const [first = '', ...others] = read(join(folder, SAMPLES_FILE)).split('\n');
  const begun = BEGUN.safeParse(parsed(first));
  if (!begun.success || begun.data.environment.date !== began) return [];
  const ended = others
    .filter(line => line.includes('"trial:end"'))
    .map(line => ENDED.safeParse(parsed(line)));
  const told = ended.flatMap(({ data }) => data?.result ?? []);
  return told.length === ended.length ? told : [];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
