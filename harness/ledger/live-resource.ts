import type { Owner, ResourceKind } from '../model.ts';
import type { Site } from './site.ts';

/** Something of the program that is there now. */
export interface LiveResource {
  readonly kind: ResourceKind;
  /** What it is, without what tells one from another: `interval`, `tcp socket`, `listener of "close" on Socket`. */
  readonly noun: string;
  /** What it is with others of its place whose nouns differ: `listener on EventEmitter`. */
  readonly collective?: string;
  /** What tells one from another: a time in milliseconds, a path. */
  readonly detail?: number | string;
  readonly site: Site;
  readonly owner?: Owner;
}
