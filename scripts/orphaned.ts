import type { Milliseconds } from '../harness/model.ts';
import type { Surroundings } from './surroundings.ts';

const EVERY: Milliseconds = 500;

/**
 * npx passes signals on to the shell in which it has started a program, and most shells end without passing them
 * on: that they are gone is seen by another parent. Calls `then` once when they are; returns what stops the looking.
 * Without npx a parent may well go first, as a shell does after nohup.
 */
export function whenOrphaned({ env }: Pick<Surroundings, 'env'>, then: () => void): () => void {
  if (env.npm_command !== 'exec') return () => {};
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    then();
  }, EVERY);
  check.unref();
  return () => clearInterval(check);
}
