import { planOf, usualPlan } from '../harness/evidence/evidence-plan.ts';
import type { GivenOptions, Parameters, ScenarioDescription, Trial } from '../harness/model.ts';
import { plan } from '../harness/plan.ts';
import type { EvidencePlan } from '../harness/worker/protocol.ts';

export interface ExplainedRequest {
  /** Empty: those that should leak; where none should, the first. */
  readonly builds: readonly string[];
  /** Between the first and the last heap snapshot; default: as many as it takes to see something. */
  readonly iterations?: number;
  readonly parameters: Parameters;
  readonly overrides: GivenOptions;
  readonly allocationStacks: boolean;
}

export interface ExplainedTrial {
  readonly trial: Trial;
  readonly plan: EvidencePlan;
}

/** The builds to explain of each scenario, with the plan that each takes. Throws what `plan` throws. */
export function explainedTrials(
  descriptions: readonly ScenarioDescription[],
  request: ExplainedRequest,
): ExplainedTrial[] {
  const { builds, parameters, overrides, iterations, allocationStacks } = request;
  const trials = plan(descriptions, { builds, parameters, overrides });
  return descriptions.flatMap(({ name }) => {
    const own = trials.filter(({ scenario }) => scenario === name);
    const leaky = own.filter(({ expect }) => expect === 'leak');
    const chosen = builds.length > 0 ? own : leaky.length > 0 ? leaky : own.slice(0, 1);
    return chosen.map(trial => {
      const settings = { allocationStacks };
      const planned =
        iterations === undefined
          ? usualPlan(trial.options, settings)
          : planOf(iterations, trial.options, settings);
      // The scenario is told how many iterations there will be, as it is where it is measured.
      return {
        trial: { ...trial, options: { ...trial.options, iterations: planned.iterations } },
        plan: planned,
      };
    });
  });
}
