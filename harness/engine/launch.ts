import { Instance, type InstanceInput } from './instance.ts';
import type { Listeners } from './listeners.ts';
import { messageOf } from './log.ts';
import { type CleanupPolicy, Scope } from './scope.ts';

export interface LaunchInput extends Omit<InstanceInput, 'scope'> {
  readonly listeners: Listeners;
  readonly policy: CleanupPolicy;
  /** The first instance of its engine, not one that replaces another. */
  readonly isFirst: boolean;
}

/**
 * Loads an instance, starts it and lets it serve; if there is another one, its packets come to the new one from then on.
 * @throws {Error} whatever goes wrong. Then nothing new answers or listens, and what the instance had acquired is released,
 * unless the build omits that; hooks of the instance that failed are not called (CoreDNS, `Restart`).
 */
export async function launch({ listeners, policy, isFirst, ...input }: LaunchInput): Promise<Instance> {
  const attempt = new Scope(policy);
  const scope = attempt.child('instance:rollback');
  attempt.defer('instance:rollback', () => scope.close());
  try {
    const instance = await Instance.load({ ...input, scope });
    if (isFirst) await instance.hooks.run('firstStartup');
    await instance.hooks.run('startup');
    await listeners.open(instance.servers);
    listeners.serve(instance.servers);
    return instance;
  } catch (error) {
    await attempt.close().catch((problem: unknown) => input.log('error', messageOf(problem)));
    throw error;
  }
}
