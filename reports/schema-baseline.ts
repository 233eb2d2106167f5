import { z } from 'zod';
import { count, parameters } from './schema-trial.ts';

/** Baselines of this major version are read, and older ones as far as they fit. */
export const BASELINE_MAJOR = 1;

const growth = z
  .object({
    unit: z.string(),
    slope: z.number().meta({ description: 'growth per iteration' }),
    interval: z.tuple([z.number(), z.number()]),
  })
  .meta({ id: 'Growth' });

const entry = z
  .object({
    verdict: z.enum(['steady', 'leak', 'inconclusive']),
    iterations: count,
    allowance: z.number(),
    confidence: z.number(),
    node: z.string(),
    nodeFlags: z.array(z.string()),
    parameters,
    metrics: z.record(z.string(), growth),
  })
  .meta({ id: 'Entry' });

/** A saved baseline: scenario to build to entry. */
export const BASELINE_SCHEMA = z.object({
  $schema: z.string().exactOptional(),
  schemaVersion: z.string().regex(/^\d+(\.\d+)*$/),
  scenarios: z.record(z.string(), z.record(z.string(), entry)),
});

export type SavedBaseline = z.infer<typeof BASELINE_SCHEMA>;

/** The same shape as a JSON Schema (draft 2020-12), the text of `baseline.schema.json`. */
export function baselineJsonSchema(): string {
  const schema = z.toJSONSchema(BASELINE_SCHEMA, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'leakgate baseline', ...schema }, null, 2)}\n`;
}
