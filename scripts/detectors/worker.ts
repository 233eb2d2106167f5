/**
 * One detector on one case, in this process alone: takes an order, sends a reply, ends.
 * @module
 */
import type { Trial } from '../../harness/model.ts';
import type { Judgement } from './detector.ts';
import { loadDetector } from './index.ts';

export interface Order {
  readonly detector: string;
  readonly trial: Trial;
  readonly directory: string;
}

export type Reply = Judgement;

// What the subject sends must not pass for the reply.
const channel = process.send?.bind(process);
Reflect.deleteProperty(process, 'send');

process.on('disconnect', () => process.exit(1));
process.on('uncaughtException', error => reply(failed(error)));
process.on('message', (order: Order) => void obey(order));

async function obey({ detector, trial, directory }: Order): Promise<void> {
  try {
    const { judge } = await loadDetector(detector);
    reply(await judge(trial, directory));
  } catch (error) {
    reply(failed(error));
  }
}

function failed(error: unknown): Reply {
  const message = error instanceof Error ? error.message : String(error);
  return { verdict: 'unclear', evidence: `failed: ${message.split('\n')[0]}` };
}

function reply(message: Reply): void {
  if (channel) channel(message, undefined, undefined, () => process.exit(0));
}
