import { createRequire } from 'node:module';

/**
 * Adds to the stack of a syntax error the file, the line and the offending text, which Node otherwise shows only when
 * the error ends the process. Other errors, and any error without `--expose-internals`, are left as they are.
 */
export function showSyntaxError(error: unknown): void {
  if (!(error instanceof SyntaxError)) return;
  try {
    const internals: unknown = createRequire(import.meta.url)('internal/util');
    if (hasDecorator(internals)) internals.decorateErrorStack(error);
  } catch {
    // The message alone must do.
  }
}

function hasDecorator(internals: unknown): internals is { decorateErrorStack(error: Error): void } {
  return (
    typeof internals === 'object' &&
    internals !== null &&
    'decorateErrorStack' in internals &&
    typeof internals.decorateErrorStack === 'function'
  );
}
