import type { Trial } from '../model.ts';
import type { Scenario } from '../scenario.ts';
import { loadTarget, type OpenTarget } from '../targets/index.ts';
import type { Send } from './drive.ts';
import { loadScenario } from './load-scenario.ts';
import type { Progress } from './progress.ts';

export interface OpenTrial {
  readonly scenario: Scenario;
  readonly target: OpenTarget;
  readonly session: unknown;
}

/** Loads scenario and target and runs the scenario's setup, before which `onOpen` is told of the target. */
export async function openTrial(
  trial: Trial,
  directory: string,
  signal: AbortSignal,
  progress: Progress,
  send: Send,
  onOpen?: (target: OpenTarget) => void,
): Promise<OpenTrial> {
  const scenario = await loadScenario(trial.scenarioPath);
  const { build, parameters, options } = trial;
  const { iterations, seed } = options;
  const module = await loadTarget(trial.target);
  const target = await module.open(trial, { build, parameters, iterations, seed, signal, directory });

  onOpen?.(target);
  progress.phase = 'setup';
  await send({ type: 'phase', phase: 'setup' });
  const session = await scenario.setup?.(target.context);
  return { scenario, target, session };
}
