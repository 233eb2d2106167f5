import { spawnSync } from 'node:child_process';
import { UsageError } from '../harness/errors.ts';
import type { Trial } from '../harness/model.ts';
import { STABLE_FLAGS } from '../harness/options.ts';

/** @throws {UsageError} for flags that Node refuses: else every trial would look like a crash of its scenario. */
export function checkNodeFlags(trials: readonly Trial[]): void {
  const unknown = trials.map(({ options }) => options.nodeFlags.filter(flag => !STABLE_FLAGS.includes(flag)));
  for (const list of new Set(unknown.map(flags => flags.join('\n')).filter(text => text !== ''))) {
    const flags = list.split('\n');
    const { status, stderr } = spawnSync(process.execPath, [...flags, '-e', ''], { encoding: 'utf8' });
    if (status === 0) continue;
    throw new UsageError(
      `Cannot use these flags as Node must accept them: ${flags.join(' ')} (${stderr.trim()})`,
    );
  }
}
