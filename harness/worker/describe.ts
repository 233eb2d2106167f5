import { UsageError } from '../errors.ts';
import type { ScenarioDescription } from '../model.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import { exitFault } from './exit-fault.ts';
import type { Message } from './protocol.ts';
import { runWorker } from './run-worker.ts';

/** Time for importing one scenario module, in milliseconds. */
const DEADLINE = 30_000;

/**
 * Asks each scenario module, in a process of its own, two at a time, what it is. Paths are absolute; the descriptions come in
 * their order.
 * @throws {UsageError} if a module cannot be loaded or is no scenario.
 * @throws the signal's reason if it is aborted. No process is left in either case.
 */
export async function describe(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ScenarioDescription[]> {
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const descriptions = new Array<ScenarioDescription>(paths.length);
  const waiting = paths.entries();
  const describeNext = async () => {
    for (const [place, path] of waiting) descriptions[place] = await describeOne(path, either);
  };
  const lanes = [describeNext(), describeNext()];
  try {
    await Promise.all(lanes);
    return descriptions;
  } finally {
    failed.abort();
    await Promise.allSettled(lanes);
  }
}

async function describeOne(scenarioPath: string, signal: AbortSignal): Promise<ScenarioDescription> {
  let last: Message | undefined;
  const exit = await runWorker({
    order: { type: 'describe', scenarioPath },
    nodeFlags: DEFAULT_OPTIONS.nodeFlags,
    deadline: DEADLINE,
    signal,
    onMessage: message => {
      last = message;
    },
  });
  if (last?.type === 'description') return last.description;
  const fault = last?.type === 'fault' ? last.fault : exitFault(exit, DEADLINE, 'load');
  const message = fault.message.includes(scenarioPath)
    ? fault.message
    : `Cannot load scenario "${scenarioPath}": ${fault.message}`;
  throw new UsageError(fault.detail ? `${message}\n${fault.detail}` : message);
}
