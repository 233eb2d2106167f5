import type { Target } from './target.ts';

/** A scenario that is its own subject: nothing is added, nothing is checked. */
export const moduleTarget: Target = {
  name: 'module',
  builds: () => ({ default: {} }),
  acceptsOwnBuilds: true,
  open: (_trial, base) => ({ context: base, watch: [], finish: () => {} }),
};
