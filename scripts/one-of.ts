import { UsageError } from '../harness/errors.ts';
import { didYouMean } from '../harness/nearest-word.ts';

/**
 * The known name that was given.
 * @param action for the message: `draw a chart as --chart`
 * @throws {UsageError} if it is none of them.
 */
export function oneOf<Name extends string>(known: readonly Name[], given: string, action: string): Name {
  const found = known.find(name => name === given);
  if (found) return found;
  throw new UsageError(
    `Cannot ${action} must be one of ${known.join(', ')}: current value is "${given}"${didYouMean(given, known)}`,
  );
}
