/** A master file as it is read: where its text came from, for messages and for relative `$INCLUDE`s. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** For generated text: the place to blame for errors in it. */
  readonly madeBy?: { readonly source: Source; readonly offset: number };
}

/** A zone that cannot be loaded. `message` names file, line and column where one place is to blame. */
export class ZoneFileError extends Error {
  override readonly name = 'ZoneFileError';
  readonly file: string;
  /** 1-based. */
  readonly line: number;

  constructor(message: string, file: string, line: number) {
    super(message);
    this.file = file;
    this.line = line;
  }
}

/** An error at a place in a file, in the form of CoreDNS: `FILE: dns: MSG: "token" at line: L:C`. */
export function errorAt(source: Source, offset: number, message: string, token: string): ZoneFileError {
  if (source.madeBy !== undefined) return errorAt(source.madeBy.source, source.madeBy.offset, message, token);
  const before = source.text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const shown = JSON.stringify(token.length > 64 ? `${token.slice(0, 64)}...` : token);
  return new ZoneFileError(
    `${source.path}: dns: ${message}: ${shown} at line: ${line}:${column}`,
    source.path,
    line,
  );
}
