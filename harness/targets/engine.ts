import { BUILDS } from '../engine/builds.ts';
import type { Target } from './target.ts';

/**
 * The embedded DNS engine, in the builds of `engine/builds.ts`. It is loaded when it is opened: to name its
 * builds is quick.
 */
export const engineTarget: Target = {
  name: 'engine',
  builds: () => Object.fromEntries(Object.keys(BUILDS).map(build => [build, {}])),
  acceptsOwnBuilds: false,
  open: async (trial, base) => (await import('./engine/open.ts')).openEngine(trial, base),
};
