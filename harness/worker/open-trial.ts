import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Trial } from '../model.ts';
import type { Notes, Scenario } from '../scenario.ts';
import { loadTarget, type OpenTarget } from '../targets/index.ts';
import type { Subject } from './iteration-loop.ts';
import { loadScenario } from './load-scenario.ts';
import { enterPhase, type Progress } from './progress.ts';
import type { Send } from './protocol.ts';
import { toldNotes } from './told-notes.ts';

/** What a worker carries a trial out with. */
export interface TrialContext {
  readonly trial: Trial;
  /** For files of the trial; those of the subject have a folder of their own in it. The parent removes all. */
  readonly directory: string;
  /** Tells the subject of an end before its time. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly send: Send;
}

export interface OpenTrial {
  readonly scenario: Scenario;
  readonly target: OpenTarget;
  /** What the scenario's setup returned. */
  readonly session: unknown;
  readonly subject: Subject;
  /** Runs the scenario's teardown, ends the target, and returns the scenario's figures. */
  readonly close: () => Promise<Notes>;
}

/** Loads scenario and target and runs the scenario's setup, before which `onOpen` is told of the target. */
export async function openTrial(
  { trial, directory, signal, progress, send }: TrialContext,
  onOpen?: (target: OpenTarget) => void,
): Promise<OpenTrial> {
  const scenario = await loadScenario(trial.scenarioPath);
  const { build, parameters, options } = trial;
  const { iterations, seed } = options;
  const module = await loadTarget(trial.target);
  const own = subjectFolder(directory);
  const target = await module.open(trial, { build, parameters, iterations, seed, signal, directory: own });

  onOpen?.(target);
  await enterPhase('setup', progress, send);
  const session = await scenario.setup?.(target.context);
  return {
    scenario,
    target,
    session,
    subject: {
      iterate: iteration => scenario.iterate(session, iteration),
      waitForIdle: () => scenario.waitForIdle?.(session),
    },
    close: async () => {
      await enterPhase('teardown', progress, send);
      const notes = await scenario.teardown?.(session);
      await target.finish();
      return toldNotes(notes);
    },
  };
}

function subjectFolder(directory: string): string {
  const folder = join(directory, 'subject');
  mkdirSync(folder);
  return folder;
}
