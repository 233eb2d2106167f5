/**
 * Entry of the measured process: obeys one order, then ends. It holds no timer and keeps no reading.
 * @module
 */

import { RefusedScenario } from '../errors.ts';
import { Answers } from './answers.ts';
import { now, turn } from './clock.ts';
import { tellExitCalls } from './exit-call.ts';
import { describeScenario } from './load-scenario.ts';
import type { TrialContext } from './open-trial.ts';
import { Progress } from './progress.ts';
import type { Message, Next, Order, Task } from './protocol.ts';
import { scenarioFault } from './scenario-fault.ts';

const progress = new Progress();
const abortion = new AbortController();
const answers = new Answers();
let failed = false;

// The subject has a channel of its own to nobody: what it sends must not pass for a message of the worker.
const channel = process.send?.bind(process);
Reflect.deleteProperty(process, 'send');

// Opened now, so that the subject's first line of output does not look like a leaked handle.
void process.stdout;
void process.stderr;

// Written at once as a rule, since nothing else is on its way while the subject runs: the process ends right after.
const exit = tellExitCalls(stack => void send({ type: 'exit-call', stack, during: String(progress) }));

process.on('disconnect', () => exit(1));
process.on('uncaughtException', (error, origin) => void fail(error, origin));
process.on('message', hear);
await send({ type: 'ready' });

function hear(order: unknown): void {
  void obey(order as Order);
}

async function obey(order: Order): Promise<void> {
  if (order.type === 'abort') return abort();
  if (order.type === 'next') return answers.give(order.next);
  try {
    const last = await carryOut(order);
    // What went wrong unawaited at the very end is heard of a turn later.
    await turn();
    await send(last);
    exit(0);
  } catch (error) {
    await fail(error);
  }
}

/** Returns the last message. What only one order needs is loaded for it: each run waits until its scenarios are described. */
async function carryOut(order: Task): Promise<Message> {
  switch (order.type) {
    case 'describe':
      return describeOrRefuse(order.scenarioPath);
    case 'describe-probes':
      return { type: 'probes', probes: (await import('../probes/index.ts')).describeProbes() };
    case 'measure': {
      const { measure } = await import('./measure.ts');
      return { type: 'done', notes: await measure(contextOf(order), nextOrder) };
    }
    case 'heap-diff':
      return (await import('./diff-heap.ts')).diffHeap(contextOf(order));
    case 'explain': {
      const { explain } = await import('./explain.ts');
      return { type: 'done', notes: await explain(contextOf(order), order.plan) };
    }
  }
}

async function describeOrRefuse(path: string): Promise<Message> {
  try {
    return { type: 'description', description: await describeScenario(path) };
  } catch (error) {
    if (error instanceof RefusedScenario) return { type: 'refused', message: error.message };
    throw error;
  }
}

/** @throws where the subject has taken the listener that hears of it. */
function nextOrder(): Promise<Next> {
  if (!process.listeners('message').includes(hear))
    throw new Error(
      'Cannot go on as process must keep its "message" listeners: the scenario removed them all, perhaps by process.removeAllListeners()',
    );
  return answers.next();
}

function contextOf({ trial, directory }: Pick<TrialContext, 'trial' | 'directory'>): TrialContext {
  return { trial, directory, signal: abortion.signal, progress, send };
}

/** Says what has not ended, lets the subject hear of its end and end what it started, then goes. */
async function abort(): Promise<void> {
  abortion.abort();
  const phase = progress.unended();
  if (phase) await send({ type: 'phase', phase });
  await turn();
  exit(1);
}

async function fail(error: unknown, origin?: NodeJS.UncaughtExceptionOrigin): Promise<void> {
  // Whatever follows the first fault is its consequence.
  if (failed) return;
  failed = true;
  await send({ type: 'fault', fault: scenarioFault(error, String(progress), origin) });
  abortion.abort();
  exit(1);
}

function send(message: Message): Promise<void> {
  progress.told = now();
  return new Promise(resolve => {
    // An error means that the parent is gone; `disconnect` ends this process then.
    if (channel) channel(message, undefined, undefined, () => resolve());
  });
}
