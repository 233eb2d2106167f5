import { z } from 'zod';
import type { Json, JudgedTrial, ScenarioDescription } from '../harness/model.ts';

/** A whole number that counts something. */
export const count = z.number().int().nonnegative();
const json: z.ZodType<Json> = z.json().meta({ id: 'Json' });
export const parameters = z.record(z.string(), json);
const expectation = z.enum(['steady', 'leak']);
const target = z.enum(['engine', 'module']);

const snapshotPolicy = z.enum(['in-doubt', 'always', 'never']);

export const options = z
  .object({
    iterations: count,
    warmup: count,
    warmupLimit: count,
    windows: count,
    settleTries: count,
    settleTolerance: z.number(),
    measuringShare: z.number(),
    censuses: count,
    budget: z.number(),
    maxIterations: count,
    snapshots: snapshotPolicy,
    deadline: z.number(),
    allowance: z.number(),
    confidence: z.number(),
    nodeFlags: z.array(z.string()),
    exclusive: z.boolean(),
    seed: z.number(),
  })
  .meta({ id: 'TrialOptions' });

export const scenario: z.ZodType<ScenarioDescription> = z
  .object({
    name: z.string(),
    description: z.string(),
    path: z.string(),
    unit: z.string(),
    target,
    builds: z.record(z.string(), parameters),
    expect: z.record(z.string(), expectation),
    parameters,
    options: z.object({
      iterations: count.exactOptional(),
      warmup: count.exactOptional(),
      warmupLimit: count.exactOptional(),
      windows: count.exactOptional(),
      settleTries: count.exactOptional(),
      settleTolerance: z.number().exactOptional(),
      measuringShare: z.number().exactOptional(),
      censuses: count.exactOptional(),
      budget: z.number().exactOptional(),
      maxIterations: count.exactOptional(),
      snapshots: snapshotPolicy.exactOptional(),
      deadline: z.number().exactOptional(),
      allowance: z.number().exactOptional(),
      confidence: z.number().exactOptional(),
      nodeFlags: z.array(z.string()).exactOptional(),
      exclusive: z.boolean().exactOptional(),
      seed: z.number().exactOptional(),
    }),
  })
  .meta({ id: 'ScenarioDescription' });

const metric = z
  .object({ name: z.string(), unit: z.string(), kind: z.enum(['exact', 'bytes', 'pages', 'advisory']) })
  .meta({ id: 'Metric' });

export const plant = z
  .object({
    kind: z.enum(['heap', 'object', 'off-heap', 'timer', 'unref-timer', 'descriptor']),
    size: z.number(),
    every: count,
    seed: z.number(),
  })
  .meta({ id: 'Plant' });

const trial = z
  .object({
    id: z.string(),
    scenario: z.string(),
    scenarioPath: z.string(),
    target,
    build: z.string(),
    variant: z.enum(['stable', 'jit']),
    repetition: z.number().int().positive(),
    expect: expectation,
    parameters,
    options,
    plant: plant.exactOptional(),
  })
  .meta({ id: 'Trial' });

const warmup = z
  .object({ iterations: count, elapsed: z.number(), stable: z.boolean(), drift: z.number() })
  .meta({ id: 'Warmup' });

const fault = z
  .object({
    kind: z.enum([
      'crashed',
      'out-of-memory',
      'hung',
      'scenario-error',
      'omitted-label-unused',
      'interrupted',
    ]),
    message: z.string(),
    detail: z.string(),
    printed: z.string().exactOptional(),
    during: z.string(),
  })
  .meta({ id: 'Fault' });

const stage = z
  .object({
    from: count,
    windows: count,
    length: count,
    stint: count,
    reason: z.enum(['planned', 'confirm', 'resolve', 'inspect']),
    snapshots: z.boolean(),
  })
  .meta({ id: 'Stage' });

const trialRecord = {
  trial,
  metrics: z.array(metric),
  stages: z.array(stage),
  warmup: warmup.exactOptional(),
  notes: z.record(z.string(), z.union([z.number(), z.string()])),
  wall: z.number(),
  startup: z.number(),
};

const result = z
  .discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('completed'), ...trialRecord }),
    z.object({ outcome: z.literal('faulted'), fault, ...trialRecord }),
  ])
  .meta({ id: 'TrialResult' });

const series = z
  .object({ metric, points: z.array(z.object({ iteration: count, value: z.number() })) })
  .meta({ id: 'Series' });

const estimate = z
  .object({
    metric,
    slope: z.number(),
    low: z.number(),
    high: z.number(),
    confidence: z.number(),
    points: count,
    method: z.enum(['exact', 'theil-sen']),
  })
  .meta({ id: 'Estimate' });

const finding = z
  .object({
    metric,
    estimate,
    growth: z.number(),
    from: count,
    to: count,
    exactMultiple: z.boolean(),
  })
  .meta({ id: 'Finding' });

const judgement = {
  estimates: z.array(estimate),
  plateaus: z.array(z.object({ metric, after: z.number(), growth: z.number() })),
};

export const limit = z
  .object({
    bytesPerIteration: z.number(),
    offHeapBytesPerIteration: z.number().exactOptional(),
    nativeBytesPerIteration: z.number().exactOptional(),
    objectEvery: z.number(),
    handleEvery: z.number(),
  })
  .meta({ id: 'DetectionLimit' });

const inconclusiveReason = z.enum([
  'too-few-samples',
  'not-settled',
  'still-filling',
  'interval-spans-allowance',
  'unwitnessed',
  'rose-late',
  'too-large',
  'exchanged',
  'trial-faulted',
]);

const accepted = z
  .object({
    metric,
    because: z.enum(['turnover', 'level', 'short-run', 'share', 'swing', 'untold']),
    allowance: z.number(),
  })
  .meta({ id: 'Accepted' });

const verdict = z
  .discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('leak'),
      findings: z.tuple([finding], finding),
      mayFill: z.literal(true).exactOptional(),
      ...judgement,
    }),
    z.object({
      outcome: z.literal('steady'),
      limit,
      ...judgement,
      accepted: z.array(accepted).exactOptional(),
    }),
    z.object({
      outcome: z.literal('inconclusive'),
      reason: inconclusiveReason,
      metric: metric.exactOptional(),
      ...judgement,
    }),
  ])
  .meta({ id: 'Verdict' });

const comparison = z
  .object({
    metric,
    slope: z.number(),
    base: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    change: z.enum(['worse', 'better', 'same', 'unclear']),
    sameOver: count.exactOptional(),
    excused: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Comparison' });

export const baseKind = z.enum(['baseline', 'report', 'build']);

export const judgedTrial: z.ZodType<JudgedTrial> = z
  .object({
    result,
    series: z.array(series),
    verdict,
    base: z
      .object({
        name: z.string(),
        from: baseKind.exactOptional(),
        comparisons: z.array(comparison),
        alone: z
          .object({
            outcome: z.enum(['leak', 'steady', 'inconclusive']),
            classes: z.array(finding).exactOptional(),
          })
          .exactOptional(),
      })
      .exactOptional(),
    isBase: z.literal(true).exactOptional(),
    asExpected: z.boolean(),
  })
  .meta({ id: 'JudgedTrial' });
