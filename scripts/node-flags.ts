import { spawnSync } from 'node:child_process';
import { UsageError } from '../harness/errors.ts';
import type { Milliseconds } from '../harness/model.ts';
import { STABLE_FLAGS } from '../harness/options.ts';

/** For a program that does nothing: with `--inspect-brk` it would wait for a debugger forever. */
const PATIENCE: Milliseconds = 10_000;

/** By what it prints it is known that it ran: with `--version`, say, none does. */
const RAN = 'ran';
const PROGRAM = `process.stdout.write('${RAN}')`;

/**
 * @param lists flags of one process each
 * @param patience until it has to have ended
 * @throws {UsageError} for flags with which Node does not start or does not end: else every trial would look like a crash
 * of its scenario.
 */
export function checkNodeFlags(lists: readonly (readonly string[])[], patience = PATIENCE): void {
  const unknown = lists.map(flags => flags.filter(flag => !STABLE_FLAGS.includes(flag)));
  for (const list of new Set(unknown.map(flags => flags.join('\n')).filter(text => text !== ''))) {
    const flags = list.split('\n');
    const tried = spawnSync(process.execPath, [...flags, '-e', PROGRAM], {
      encoding: 'utf8',
      timeout: patience,
    });
    if (tried.status === 0 && tried.stdout === RAN) continue;
    const isLate = tried.error !== undefined && 'code' in tried.error && tried.error.code === 'ETIMEDOUT';
    const said = isLate
      ? `it had not ended after ${patience / 1000} s`
      : (reasonIn(tried.stderr) ?? (tried.signal ? `ended by ${tried.signal}` : 'no program is run'));
    throw new UsageError(`Cannot use these flags as Node must accept them: ${flags.join(' ')} (${said})`);
  }
}

/** Of what Node prints the line with the error, or the first. */
function reasonIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter(line => line.trim() !== '');
  return lines.find(line => /^\w*Error\b.*: /.test(line)) ?? lines.find(line => /[a-z]/i.test(line));
}
