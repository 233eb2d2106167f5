import type { TrialOptions } from './model.ts';

/**
 * Flags that switch V8's optimising tiers off, and that make a function's feedback appear with its first call
 * instead of its eighth: most noise in heap readings comes from code, feedback and inlining caches that
 * appear while the measured loop runs (method.md, "Noise"). The collector gets no threads of its own, which
 * would take the core of the trial beside it.
 */
export const STABLE_FLAGS: readonly string[] = [
  '--no-opt',
  '--no-maglev',
  '--no-sparkplug',
  '--no-lazy-feedback-allocation',
  '--single-threaded-gc',
];

/** Bytes per iteration allowed with V8's default flags: clean loops drift by 12 to 46 then. */
export const JIT_ALLOWANCE = 64;

/** Whether a process with these flags optimises code while it runs: `--no-opt` and `--jitless` keep it from that. */
export function optimises(nodeFlags: readonly string[]): boolean {
  return (lastWord('opt', nodeFlags) ?? true) && !lastWord('jitless', nodeFlags);
}

/** What flags say last of a switch, which V8 knows as `--no-opt`, `--no_opt` and `--noopt` alike; undefined: nothing. */
function lastWord(name: string, nodeFlags: readonly string[]): boolean | undefined {
  const words = nodeFlags.map(flag => flag.replace(/[-_]/g, ''));
  const last = Math.max(words.lastIndexOf(name), words.lastIndexOf(`no${name}`));
  return last < 0 ? undefined : words[last] === name;
}

/** Every default of a trial in one place. Order of precedence: command line, configuration file, scenario, this. */
export const DEFAULT_OPTIONS: TrialOptions = {
  iterations: 2000,
  warmup: 25,
  warmupLimit: 500,
  windows: 20,
  settleTries: 8,
  settleTolerance: 2048,
  measuringShare: 0.25,
  censuses: 4,
  budget: 60_000,
  maxIterations: 0,
  snapshots: 'in-doubt',
  deadline: 120_000,
  allowance: 16,
  confidence: 0.99,
  nodeFlags: STABLE_FLAGS,
  exclusive: false,
  seed: 1,
};
