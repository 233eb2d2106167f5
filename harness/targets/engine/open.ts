import { Instance, Zone } from '../../engine/index.ts';
import type { Trial } from '../../model.ts';
import type { EngineContext, SetupContext } from '../../scenario.ts';
import { OmittedLabelUnused, type OpenTarget } from '../target.ts';
import { Host } from './host.ts';

/** Makes engines of the trial's build available to its scenario. */
export function openEngine(trial: Trial, base: SetupContext): OpenTarget {
  const host = new Host(trial.build, base.directory);
  const context: EngineContext = { ...base, engine: host };
  return {
    context,
    watch: [Zone, Instance],
    finish() {
      // First, as what an engine has registered is only known once it has stopped.
      if (host.running > 0) {
        throw new Error(
          `Cannot end the trial as its scenario must stop every engine: ${host.running} still run`,
        );
      }
      const unused = host.unusedOmissions();
      if (unused.length > 0) throw new OmittedLabelUnused(trial.build, unused);
    },
  };
}
