import { z } from 'zod';
import type { Certification } from '../harness/model.ts';
import { environment } from './schema.ts';
import { count, limit, options, parameters, plant, scenario } from './schema-trial.ts';

/** Certifications of this major version are read, and older ones as far as they fit. */
export const CERTIFICATION_MAJOR = 1;

const run = z
  .object({
    trial: z.string(),
    plant: plant.exactOptional(),
    outcome: z.enum(['steady', 'leak', 'inconclusive', 'faulted']),
    found: z.array(z.string()),
    limit: limit.exactOptional(),
    iterations: count,
    wall: z.number(),
  })
  .meta({ id: 'CertifiedRun' });

const curve = z
  .object({
    kind: z.enum(['heap', 'object', 'off-heap', 'timer', 'descriptor']),
    points: z.array(
      z.object({
        growth: z.number(),
        runs: count,
        leaks: count,
        caught: count,
        low: z.number(),
        high: z.number(),
      }),
    ),
    limit: z.number().exactOptional(),
    stated: z.number().exactOptional(),
    agrees: z.boolean().exactOptional(),
  })
  .meta({ id: 'PowerCurve' });

/** A saved certification. Fields and their meaning are told in `harness/model.ts`. */
export const CERTIFICATION_SCHEMA: z.ZodType<Certification> = z.object({
  schemaVersion: z.string().regex(/^\d+(\.\d+)*$/),
  environment,
  scenario,
  repetitions: count,
  share: z.number(),
  confidence: z.number(),
  builds: z.array(
    z.object({
      build: z.string(),
      trialOptions: options,
      parameters,
      curves: z.array(curve),
      runs: z.array(run),
    }),
  ),
  elapsed: z.number(),
  complete: z.boolean(),
});

/** The same shape as a JSON Schema (draft 2020-12), the text of `certification.schema.json`. */
export function certificationJsonSchema(): string {
  const schema = z.toJSONSchema(CERTIFICATION_SCHEMA, { target: 'draft-2020-12', io: 'input' });
  return `${JSON.stringify({ title: 'leakgate certification', ...schema }, null, 2)}\n`;
}
