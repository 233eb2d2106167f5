import { UsageError } from '../errors.ts';
import type { ScenarioDescription } from '../model.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import { exitFault } from './exit-fault.ts';
import type { Message } from './protocol.ts';
import { runWorker } from './run-worker.ts';

/** Time for importing one scenario module, in milliseconds. */
const DEADLINE = 30_000;

/**
 * Asks each scenario module, in a process of its own, what it is. Paths are absolute.
 * @throws {UsageError} if a module cannot be loaded or is no scenario.
 */
export async function describe(paths: readonly string[]): Promise<ScenarioDescription[]> {
  const descriptions: ScenarioDescription[] = [];
  for (const path of paths) descriptions.push(await describeOne(path));
  return descriptions;
}

async function describeOne(scenarioPath: string): Promise<ScenarioDescription> {
  let last: Message | undefined;
  const exit = await runWorker({
    order: { type: 'describe', scenarioPath },
    nodeFlags: DEFAULT_OPTIONS.nodeFlags,
    deadline: DEADLINE,
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
