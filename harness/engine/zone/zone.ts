import type { ZoneContent } from './content.ts';
import type { Name } from './record.ts';

/**
 * A zone in service. Its content is swapped whole when it is reloaded, so that whoever took the content before goes on with a
 * consistent one.
 */
export class Zone {
  readonly origin: Name;
  /** Master file it is reloaded from; `auto` changes it when the file moves. */
  path: string;
  #content: ZoneContent | undefined;

  constructor(origin: Name, path: string, content?: ZoneContent) {
    this.origin = origin;
    this.path = path;
    this.#content = content;
  }

  /** Undefined until the zone is loaded for the first time: lookups then fail with SERVFAIL. */
  get content(): ZoneContent | undefined {
    return this.#content;
  }

  get serial(): number | undefined {
    return this.#content?.serial;
  }

  replace(content: ZoneContent): void {
    this.#content = content;
  }
}
