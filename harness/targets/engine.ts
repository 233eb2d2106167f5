import { BUILDS } from '../engine/builds.ts';
import { Instance, Zone } from '../engine/index.ts';
import type { EngineContext } from '../scenario.ts';
import { Host } from './engine/host.ts';
import { OmittedLabelUnused, type Target } from './target.ts';

/** The embedded DNS engine, in the builds of `engine/builds.ts`. */
export const engineTarget: Target = {
  name: 'engine',
  builds: () => Object.fromEntries(Object.keys(BUILDS).map(build => [build, {}])),
  acceptsOwnBuilds: false,
  open(trial, base) {
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
  },
};
