import { UsageError } from '../../harness/errors.ts';

/**
 * What a configuration file comes to. One that waits for what never happens would end the process without a word.
 * @throws {UsageError} once nothing is left in this process that could settle it.
 */
export function settled<Value>(loading: Promise<Value>, file: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = () =>
      reject(
        new UsageError(
          `Cannot load the configuration ${file}: what it waits for must come, and nothing is left to bring it`,
        ),
      );
    process.once('beforeExit', giveUp);
    loading.then(resolve, reject).finally(() => process.off('beforeExit', giveUp));
  });
}
