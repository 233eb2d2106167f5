import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { compiledFile } from '../../compiled.ts';
import type { QueryLoad, QueryLoadFigures, QueryLoadInput } from '../../scenario.ts';

/** To the client process. */
export type LoadOrder =
  | {
      readonly type: 'start';
      readonly port: number;
      readonly names: { readonly [name: string]: string };
      readonly queriesPerSecond: number;
      readonly tcpShare: number;
    }
  | { readonly type: 'resume' }
  | { readonly type: 'pause' };

/** From the client process. */
type LoadMessage =
  | { readonly type: 'started' }
  | { readonly type: 'figures'; readonly figures: QueryLoadFigures };

/**
 * Starts a client in a process of its own, so that nothing of it is in the measured heap and its clock does
 * not stop when the server's event loop does.
 * @throws {Error} if the client cannot connect to the port.
 */
export async function startLoad(port: number, input: QueryLoadInput): Promise<QueryLoad> {
  const child = fork(compiledFile('harness/targets/engine/load-client.js'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const start: LoadOrder = { type: 'start', port, tcpShare: 0, ...input };
  child.send(start);
  await next(child, 'started');
  return new RunningLoad(child);
}

class RunningLoad implements QueryLoad {
  readonly #child: ChildProcess;
  #asking = false;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  resume(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#child.send({ type: 'resume' } satisfies LoadOrder);
  }

  async pause(): Promise<QueryLoadFigures> {
    this.#asking = false;
    this.#child.send({ type: 'pause' } satisfies LoadOrder);
    return (await next(this.#child, 'figures')).figures;
  }

  async stop(): Promise<QueryLoadFigures> {
    const figures = await this.pause();
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
    return figures;
  }
}

/**
 * The next message, which must be of the given type.
 * @throws {Error} if the client process ends instead.
 */
async function next<Type extends LoadMessage['type']>(child: ChildProcess, type: Type) {
  const ended = new AbortController();
  const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(
      `Cannot go on asking as the client process must be running: it ended with ${String(code)}`,
    );
  });
  try {
    const [message] = (await Promise.race([once(child, 'message'), exited])) as [LoadMessage];
    if (message.type !== type)
      throw new Error(`Cannot use the client's message as it must be "${type}": ${message.type}`);
    return message as Extract<LoadMessage, { type: Type }>;
  } finally {
    ended.abort();
    exited.catch(() => {});
  }
}
