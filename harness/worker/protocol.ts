/**
 * Messages between the parent and the one process of a trial. Both sides import this file and nothing else of each other.
 * @module
 */
import type { Fault, Metric, Sample, ScenarioDescription, Trial, Warmup } from '../model.ts';

/** Parent to child: exactly one, right after the fork. */
export type Order =
  | { readonly type: 'describe'; readonly scenarioPath: string }
  | { readonly type: 'measure'; readonly trial: Trial; readonly directory: string }
  | { readonly type: 'heap-diff'; readonly trial: Trial; readonly directory: string }
  | { readonly type: 'abort' };

/** Child to parent. The last message is `description`, `done`, `diff`, or `fault`. */
export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'description'; readonly description: ScenarioDescription }
  | { readonly type: 'phase'; readonly phase: string }
  | { readonly type: 'metrics'; readonly metrics: readonly Metric[] }
  | { readonly type: 'probe-unavailable'; readonly probe: string; readonly reason: string }
  | { readonly type: 'warmup'; readonly warmup: Warmup }
  | { readonly type: 'sample'; readonly sample: Sample }
  | { readonly type: 'done'; readonly notes: { readonly [name: string]: number | string } }
  | {
      readonly type: 'diff';
      readonly iterations: number;
      readonly classes: readonly { readonly name: string; readonly net: number; readonly bytes: number }[];
    }
  | { readonly type: 'fault'; readonly fault: Fault };
