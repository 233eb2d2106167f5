import { ProbeSet } from '../probes/index.ts';
import type { Notes } from '../scenario.ts';
import { checkClasses } from './check-scenario.ts';
import { drive } from './drive.ts';
import { openTrial, type TrialContext } from './open-trial.ts';
import type { Next } from './protocol.ts';

/** One trial from setup to teardown: samples go out as they are taken. Returns the scenario's figures. */
export async function measure(context: TrialContext, next: () => Promise<Next>): Promise<Notes> {
  const { trial, send } = context;
  const { scenario, target, subject, close } = await openTrial(context);
  const watched = scenario.watch ? checkClasses(scenario.watch(), trial.scenarioPath) : [];
  const probes = new ProbeSet([...watched, ...target.watch]);
  for (const { name, reason } of probes.unavailable)
    await send({ type: 'probe-unavailable', probe: name, reason });
  await send({ type: 'metrics', metrics: probes.metrics });

  // Loaded only where it is asked for: the ordinary measured process holds none of it.
  const driven = trial.plant ? (await import('./plant.ts')).planted(subject, trial.plant) : subject;
  await drive({ subject: driven, probes, context, next });
  return close();
}
