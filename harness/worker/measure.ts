import type { Trial } from '../model.ts';
import { ProbeSet } from '../probes/index.ts';
import type { Notes } from '../scenario.ts';
import { drive, type Parent, type Subject } from './drive.ts';
import { openTrial } from './open-trial.ts';
import type { Progress } from './progress.ts';

/** One trial from setup to teardown: samples go out as they are taken. Returns the scenario's figures. */
export async function measure(
  trial: Trial,
  directory: string,
  signal: AbortSignal,
  progress: Progress,
  parent: Parent,
): Promise<Notes> {
  const { send } = parent;
  const { scenario, target, session } = await openTrial(trial, directory, signal, progress, send);
  const own: Subject = {
    iterate: iteration => scenario.iterate(session, iteration),
    waitForIdle: () => scenario.waitForIdle?.(session),
  };
  // Loaded only where it is asked for: the ordinary measured process holds none of it.
  const subject = trial.plant ? (await import('./plant.ts')).planted(own, trial.plant) : own;
  const probes = new ProbeSet([...(scenario.watch?.() ?? []), ...target.watch]);
  for (const { name, reason } of probes.unavailable)
    await send({ type: 'probe-unavailable', probe: name, reason });
  await send({ type: 'metrics', metrics: probes.metrics });

  await drive({ subject, probes, options: trial.options, directory, progress, parent });

  progress.phase = 'teardown';
  await send({ type: 'phase', phase: 'teardown' });
  const notes = await scenario.teardown?.(session);
  await target.finish();
  return notes ?? {};
}
