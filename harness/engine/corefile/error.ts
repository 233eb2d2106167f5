/** Where something stands in a Corefile or in a file it imports. */
export interface Position {
  readonly file: string;
  /** 1-based; 0 where there is nothing to point at. */
  readonly line: number;
}

/** A Corefile that cannot be used. The message is complete; `file` and `line` say where it went wrong. */
export class CorefileError extends Error {
  override readonly name = 'CorefileError';
  readonly file: string;
  readonly line: number;

  constructor(message: string, { file, line }: Position, options?: ErrorOptions) {
    super(message, options);
    this.file = file;
    this.line = line;
  }
}

/** `FILE:LINE - Error during parsing: MESSAGE`. */
export function parsingError(at: Position, message: string, options?: ErrorOptions): CorefileError {
  return new CorefileError(`${at.file}:${at.line} - Error during parsing: ${message}`, at, options);
}

/** `FILE:LINE - Syntax error: Unexpected token 'TEXT', expecting 'EXPECTED'`. */
export function syntaxError(at: Position & { readonly text: string }, expected: string): CorefileError {
  const problem = `Unexpected token '${at.text}', expecting '${expected}'`;
  return new CorefileError(`${at.file}:${at.line} - Syntax error: ${problem}`, at);
}

/** An argument is missing after this token, or there is one too many. */
export function wrongArguments(at: Position & { readonly text: string }): CorefileError {
  if (at.text === '{') return parsingError(at, "Unexpected token '{', expecting argument");
  return parsingError(at, `Wrong argument count or unexpected line ending after '${at.text}'`);
}
