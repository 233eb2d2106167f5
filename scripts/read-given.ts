import { UsageError } from '../harness/errors.ts';
import { UnreadableFile } from '../reports/saved.ts';

/**
 * What `read` makes of a saved file that somebody gave.
 * @param head what the message begins with: the path, or what cannot be done with it
 * @throws {UsageError} if the file cannot be read as what it should be; anything else that `read` throws.
 */
export function readGiven<Value>(head: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    throw new UsageError(`${head}: ${error.message}`);
  }
}
