import { BUILDS, type BuildName } from '../harness/engine/builds.ts';
import { defaultScenario } from './default-scenario.ts';
import { type GateRequest, gate } from './gate.ts';
import { builtInScenarios } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';
import { DEFAULT_AGES, timings } from './timings.ts';

export interface BenchRequest extends Omit<GateRequest, 'timings' | 'mustTime' | 'jit' | 'name' | 'png'> {
  /** Reloads that an engine has behind it when it is timed, at least; default: fresh, old and very old. */
  readonly ages?: readonly number[];
}

/** Every scenario x build, the first one once more with V8's default flags, timings, charts. */
export function bench(request: BenchRequest, surroundings: Surroundings): Promise<number> {
  const { ages, ...rest } = request;
  const builds = timedBuilds(request.builds);
  return gate(
    {
      ...rest,
      scenarios: request.scenarios.length > 0 ? request.scenarios : ownScenarios(surroundings.cwd()),
      jit: 'first',
      png: true,
      name: 'bench',
      timings: signal => timings({ builds, ages: ages ?? DEFAULT_AGES }, signal),
      mustTime: ages !== undefined,
    },
    surroundings,
  );
}

/**
 * All of leakgate's, the default first.
 * @throws {UsageError} outside of a checkout of leakgate.
 */
function ownScenarios(cwd: string): string[] {
  const first = defaultScenario(cwd);
  return [first, ...builtInScenarios().filter(name => name !== first)];
}

/** Of the builds asked for those that are the engine's; by default the two that the headline compares. */
function timedBuilds(wanted: readonly string[]): BuildName[] {
  if (wanted.length === 0) return ['fixed', 'leaky'];
  return (Object.keys(BUILDS) as BuildName[]).filter(build => wanted.includes(build));
}
