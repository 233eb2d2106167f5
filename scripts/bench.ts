import { type GateRequest, gate } from './gate.ts';
import { builtInScenarios } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';
import { timings } from './timings.ts';

/** Every scenario x build, once more with V8's default flags for the headline, timings, charts. */
export function bench(
  request: Omit<GateRequest, 'timings' | 'jit' | 'name' | 'png'>,
  surroundings: Surroundings,
): Promise<number> {
  const scenarios = request.scenarios.length > 0 ? request.scenarios : builtInScenarios();
  return gate(
    {
      ...request,
      scenarios,
      jit: 'first',
      png: true,
      name: 'bench',
      timings: signal => timings(['fixed', 'leaky'], signal),
    },
    surroundings,
  );
}
