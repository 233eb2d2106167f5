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
 * What heap snapshots of each trial of a finished run held, from the events that lie beside its report. None where
 * these are gone, or not as this leakgate writes them: they only say more of what a report says already.
 */
export function savedHeapTables(folder: string): Snapshotted[] {
  const events = read(join(folder, SAMPLES_FILE));
  return events.split('\n').flatMap(line => {
    const ended = ENDED.safeParse(line.includes('"trial:end"') ? parsed(line) : undefined);
    return ended.success ? [ended.data.result] : [];
  });
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
