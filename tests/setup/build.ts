import { execFileSync } from 'node:child_process';

/** Compiles the tree that forked workers and the command line are run from. */
export default function build(): void {
  if (process.env.LEAKGATE_SKIP_BUILD) return;
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
