import type { Owner, Parameters, TargetName, Trial } from '../model.ts';
import type { Class, SetupContext } from '../scenario.ts';

/**
 * What can be put under test. A target adds to the setup context what its scenarios need, and checks its own
 * house after.
 */
export interface Target {
  readonly name: TargetName;
  /** Builds of a scenario that names none, with the parameters each adds. */
  builds(): { readonly [build: string]: Parameters };
  /** A scenario may name builds that `builds()` does not list. */
  readonly acceptsOwnBuilds: boolean;
  /** Called once per trial, before the scenario's `setup`. */
  open(trial: Trial, base: SetupContext): OpenTarget | Promise<OpenTarget>;
}

export interface OpenTarget {
  /** `base`, and what the target adds to it. */
  readonly context: SetupContext;
  /** Classes whose instances are counted beside the scenario's own. */
  readonly watch: readonly Class[];
  /**
   * Of a target that knows who is to release what it opens: from now on tells it. Called before the
   * scenario's `setup`.
   */
  readonly tellOwners?: (to: OwnerBooks) => void;
  /**
   * Called after the scenario's `teardown`.
   * @throws {OmittedLabelUnused} if the build omits a cleanup that nothing ever registered.
   * @throws {Error} if the scenario left something running.
   */
  finish(): void | Promise<void>;
}

/** Who wants to know by which cleanup a thing was to be released. */
export interface OwnerBooks {
  setOwner(resource: object, owner: Owner): void;
  /** Frames of this file are not where a thing was created: it opens them for others. */
  leaveOut(file: string): void;
}

/** The build is not what its name says: a cleanup that it omits was never registered. */
export class OmittedLabelUnused extends Error {
  override readonly name: string = 'OmittedLabelUnused';

  constructor(build: string, labels: readonly string[]) {
    super(
      `Cannot trust build "${build}" as every cleanup it omits must have been registered: ${labels.join(', ')} never was`,
    );
  }
}
