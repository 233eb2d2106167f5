import { inMilliseconds } from '../duration.ts';
import { HarnessError, UsageError } from '../errors.ts';
import { inLanes } from '../lanes.ts';
import type { Milliseconds, ProbeDescription, ScenarioDescription } from '../model.ts';
import { DEFAULT_OPTIONS } from '../options.ts';
import type { Task } from '../worker/protocol.ts';
import { runWorker, type WorkerExit } from './run-worker.ts';

const LEAST_DEADLINE: Milliseconds = 30_000;

/** How scenarios are asked what they are. */
export interface DescribeOptions {
  /** Of Node, as the trials will have them: a module may need them to be loaded. Default: those of trials. */
  readonly nodeFlags?: readonly string[] | undefined;
  /** For importing one module, where that is more than the 30 s that each has. */
  readonly deadline?: Milliseconds | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Asks each scenario module, in a process of its own, two at a time, what it is. Paths are absolute; the
 * descriptions come in their order.
 * @throws {UsageError} if a module cannot be loaded or is no scenario.
 * @throws the signal's reason if it is aborted. No process is left in either case.
 */
export function describe(
  paths: readonly string[],
  { signal, ...options }: DescribeOptions = {},
): Promise<ScenarioDescription[]> {
  return inLanes(paths, 2, (path, either) => describeOne(path, { ...options, signal: either }), signal);
}

/**
 * Asks a process with the flags of the measured ones which probes there are and which work here.
 * @throws {HarnessError} if it does not answer.
 */
export async function describeProbes(): Promise<readonly ProbeDescription[]> {
  const { last, fault } = await ask({ type: 'describe-probes' });
  if (last?.type === 'probes') return last.probes;
  throw new HarnessError(`Cannot list the probes: ${fault?.message ?? 'the worker told of none'}`);
}

async function describeOne(scenarioPath: string, options: DescribeOptions): Promise<ScenarioDescription> {
  const { last, fault } = await ask({ type: 'describe', scenarioPath }, options);
  if (last?.type === 'description') {
    return { ...last.description, options: inMilliseconds(last.description.options) };
  }
  if (last?.type === 'refused') throw new UsageError(last.message);
  const { message = '', detail, printed } = fault ?? {};
  const told = `Cannot load scenario "${scenarioPath}": ${message}`;
  throw new UsageError(
    [told, detail, printed && `It had printed:\n${printed}`].filter(text => text).join('\n'),
  );
}

function ask(
  order: Task,
  { nodeFlags = DEFAULT_OPTIONS.nodeFlags, deadline = 0, signal }: DescribeOptions = {},
): Promise<WorkerExit> {
  return runWorker({
    order,
    nodeFlags,
    deadline: Math.max(LEAST_DEADLINE, deadline),
    onMessage: () => {},
    ...(signal && { signal }),
  });
}
