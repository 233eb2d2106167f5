import type { ResourceKind } from '../model.ts';
import type { Site } from './site.ts';

/** Who was to release a thing: the label of a cleanup, and the fix that the build undoes by leaving it out. */
export interface Owner {
  readonly label: string;
  readonly undoes: string;
}

/** Something of the program that is there now. */
export interface LiveResource {
  readonly kind: ResourceKind;
  /** What it is, without what tells one from another: `interval`, `tcp socket`, `listener of "close" on Socket`. */
  readonly noun: string;
  /** What tells one from another: a time in milliseconds, a path. */
  readonly detail?: number | string;
  readonly site: Site;
  readonly owner?: Owner;
}
