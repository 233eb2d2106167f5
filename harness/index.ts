/**
 * leakgate's public API, a short tour.
 *
 * 1. Write a scenario: a module whose default export is made by `defineScenario`.
 * 2. `describe` asks each scenario module, in a process of its own, what it is.
 * 3. `plan` turns descriptions into trials; `run` runs them, one fresh process each, and tells what happens. `decide`
 * makes each as long as its verdict needs: without it a cache that still fills looks like a leak.
 * 4. `judge` gives the verdict of one completed trial, `buildReport` sums a run up.
 * 5. `render` shows a report in any of its formats; `readReport` reads a saved one.
 * 6. `baseEntries` keeps how a report grew, `readBaseline` reads a saved baseline; `compareEntries` sets two
 * beside each other.
 *
 * ```ts
 * const descriptions = await describe(['/project/leaks/cache.mjs']);
 * for await (const event of run(plan(descriptions, request), { jobs: 2, decide })) {
 *   if (event.type === 'trial:end') console.log(event.trial, judgeResult(event.result).outcome);
 * }
 * ```
 * @module
 */
export { readBaseline, renderBaseline } from '../reports/baseline.ts';
export { type Format, render } from '../reports/index.ts';
export { readReport } from '../reports/saved-report.ts';
export { type Base, baseEntries } from './base.ts';
export { compareEntries } from './compare-entries.ts';
export { type Config, defineConfig } from './config.ts';
export { decide } from './course/decide.ts';
export { HarnessError, LeakgateError, UsageError } from './errors.ts';
export { judge, judgeResult } from './judge.ts';
export type * from './model.ts';
export { DEFAULT_OPTIONS, STABLE_FLAGS } from './options.ts';
export { type PlanRequest, plan } from './plan.ts';
export { buildReport } from './report.ts';
export { type RunOptions, run } from './run.ts';
export { defineScenario, type EngineContext, type Scenario, type SetupContext } from './scenario.ts';
export { describe } from './spawn/describe.ts';
