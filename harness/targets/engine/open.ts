import { subscribe } from 'node:diagnostics_channel';
import { BUILDS, type Build, type BuildName } from '../../engine/builds.ts';
import { ACQUIRED, type Acquisition, Instance, SCOPE_FILE, Zone } from '../../engine/index.ts';
import type { Owner, Trial } from '../../model.ts';
import type { EngineContext, SetupContext } from '../../scenario.ts';
import { OmittedLabelUnused, type OpenTarget, type OwnerBooks } from '../target.ts';
import { Host } from './host.ts';

/** Makes engines of the trial's build available to its scenario. */
export function openEngine(trial: Trial, base: SetupContext): OpenTarget {
  const host = new Host(trial.build, base.directory);
  const context: EngineContext = { ...base, engine: host };
  return {
    context,
    watch: [Zone, Instance],
    tellOwners: to => tellOwners(trial.build as BuildName, to),
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

/** The cleanup that the build leaves out, where one of those that would release it is; else the one nearest to it. */
function tellOwners(build: BuildName, to: OwnerBooks): void {
  const { omits, undoes }: Build = BUILDS[build];
  // One object per label: in the books they must not look like something that grows.
  const known = new Map<string, Owner>();
  to.leaveOut(SCOPE_FILE);
  subscribe(ACQUIRED, message => {
    const { resource, owners } = message as Acquisition;
    const omitted = owners.find(label => omits.includes(label));
    const label = omitted ?? owners[0] ?? '';
    const owner = known.get(label) ?? { label, undoes: omitted ? undoes : '' };
    known.set(label, owner);
    to.setOwner(resource, owner);
  });
}
