/**
 * The saved report's shape. Fields and their meaning are told in `harness/model.ts`; the compiler holds the
 * two together.
 * @module
 */
import { z } from 'zod';
import type { Report } from '../harness/model.ts';
import { evidence } from './schema-evidence.ts';
import { baseKind, count, judgedTrial, scenario } from './schema-trial.ts';

/** Reports of this major version are read, and older ones as far as they fit. */
export const READABLE_MAJOR = 1;

const timing = z
  .object({
    operation: z.string(),
    build: z.string(),
    age: count,
    median: z.number(),
    p99: z.number(),
    samples: count,
  })
  .meta({ id: 'Timing' });

const heapDiff = z
  .discriminatedUnion('outcome', [
    z.object({ scenario: z.string(), build: z.string(), outcome: z.literal('skipped'), reason: z.string() }),
    z.object({
      scenario: z.string(),
      build: z.string(),
      outcome: z.literal('completed'),
      iterations: count,
      classes: z.array(z.object({ name: z.string(), net: z.number(), bytes: z.number() })),
    }),
  ])
  .meta({ id: 'HeapDiff' });

const warning = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('not-settled'), trial: z.string(), samples: count }),
    z.object({ code: z.literal('warmup-drifting'), trial: z.string(), drift: z.number() }),
    z.object({ code: z.literal('samples-thinned'), trial: z.string(), taken: count, wanted: count }),
    z.object({ code: z.literal('too-large-for-snapshots'), trial: z.string(), heap: z.number() }),
    z.object({ code: z.literal('threads-unread'), trial: z.string(), threads: count }),
    z.object({ code: z.literal('heap-diff-skipped'), reason: z.string() }),
    z.object({ code: z.literal('timings-failed'), reason: z.string() }),
    z.object({
      code: z.literal('base-missing'),
      from: baseKind.exactOptional(),
      trial: z.string(),
      base: z.string(),
      metrics: z.array(z.string()),
    }),
    z.object({
      code: z.literal('base-differs'),
      trial: z.string(),
      base: z.string(),
      setting: z.enum(['node', 'nodeFlags', 'parameters']),
      was: z.string(),
      is: z.string(),
    }),
    z.object({
      code: z.literal('probe-unavailable'),
      trial: z.string(),
      probe: z.string(),
      reason: z.string(),
    }),
    z.object({
      code: z.literal('parts-differ'),
      setting: z.enum(['leakgate', 'node', 'arch', 'commit']),
      values: z.array(z.string()),
    }),
  ])
  .meta({ id: 'Warning' });

export const environment = z
  .object({
    leakgate: z.string(),
    node: z.string(),
    v8: z.string(),
    os: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: count,
    memory: z.number(),
    commit: z.string(),
    date: z.iso.datetime(),
    command: z.array(z.string()),
  })
  .meta({ id: 'Environment' });

const shard = { index: count, count };

export const shardOfPlan = z.object({ ...shard, plan: z.array(z.string()) });

const part = z
  .object({
    environment,
    trials: z.array(z.string()),
    shard: z.object(shard).exactOptional(),
    nullRun: judgedTrial.exactOptional(),
    elapsed: z.number(),
  })
  .meta({ id: 'ReportPart' });

export const REPORT_SCHEMA: z.ZodType<Report> = z.object({
  schemaVersion: z.string().regex(/^\d+(\.\d+)*$/),
  environment,
  scenarios: z.array(scenario),
  trials: z.array(judgedTrial),
  nullRun: judgedTrial.exactOptional(),
  timings: z.array(timing),
  heapDiffs: z.array(heapDiff),
  evidence: z.array(evidence),
  warnings: z.array(warning),
  elapsed: z.number(),
  measuringShare: z.number(),
  shard: shardOfPlan.exactOptional(),
  parts: z.array(part).exactOptional(),
  interrupted: z.literal(true).exactOptional(),
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
});

/** The same shape as a JSON Schema (draft 2020-12), the text of `report.schema.json`. */
export function reportJsonSchema(): string {
  const schema = z.toJSONSchema(REPORT_SCHEMA, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'leakgate report', ...schema }, null, 2)}\n`;
}
