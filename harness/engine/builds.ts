import type { CleanupLabel } from './scope.ts';

/** A named variant of the engine: the cleanups it leaves out, and the upstream fix that this undoes. */
export interface Build {
  readonly omits: readonly CleanupLabel[];
  readonly undoes: string;
}

/** The only place where builds differ: all of them run the same code but for the cleanups listed here. */
export const BUILDS = {
  fixed: { omits: [], undoes: 'nothing' },
  leaky: { omits: ['auto:zones'], undoes: 'CoreDNS PR 6705: auto shuts its zones down on reload' },
  upstream: {
    omits: ['instance:rollback'],
    undoes: 'the rollback that CoreDNS lacks: it abandons what a failed reload had started',
  },
} as const satisfies { readonly [name: string]: Build };

export type BuildName = keyof typeof BUILDS;
