import type { ContentBuilder } from './content-builder.ts';
import { suffixOf } from './name.ts';
import type { Name, Ttl } from './record.ts';
import type { Source } from './zone-file-error.ts';

/** What one entry of a master file hands on to those after it. */
export interface EntryContext {
  origin: Name;
  /** Appended to relative names; follows `origin`. */
  suffix: string;
  owner: Name | undefined;
  /** TTL of entries without one. */
  ttl: Ttl | undefined;
  /** Given by `$TTL`, so that the TTL of an entry does not change it. */
  ttlByDirective: boolean;
}

/** What all files of one load share. */
export interface Load {
  readonly builder: ContentBuilder;
  readonly readFile: (path: string) => string;
  /** Serial of the content that is in service. */
  readonly expectSerial: number | undefined;
  /** The first SOA of a load is compared, later ones are not. */
  serialSeen: boolean;
  /** How many files may still be included, and how many characters generated, so that a small zone cannot ask for too much. */
  includesLeft: number;
  generatedLeft: number;
}

/** One file, or one generated text, that is being read. */
export interface OpenFile {
  readonly source: Source;
  readonly context: EntryContext;
  readonly load: Load;
  /** Number of `$INCLUDE`s around it. */
  readonly depth: number;
}

export function initialContext(origin: Name): EntryContext {
  return { origin, suffix: suffixOf(origin), owner: undefined, ttl: undefined, ttlByDirective: false };
}

export function setOrigin(context: EntryContext, origin: Name): void {
  context.origin = origin;
  context.suffix = suffixOf(origin);
}
