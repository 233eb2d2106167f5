import type { Milliseconds } from '../model.ts';
import { endSession, openSession } from './inspector.ts';

/** A worker thread of this process, reached through the inspector. */
export interface Thread {
  /** With the thread's number, as in `[worker 3] name`: the inspector's own ids are counted anew in every session. */
  readonly title: string;
  /** Result of a method of the Chrome DevTools Protocol. The thread answers in order, also while it waits for a lock. */
  ask<Result extends object>(method: string, parameters?: object): Promise<Result>;
  /** Hears of events of that name. */
  hear<Event extends object>(name: string, listener: (event: Event) => void): void;
}

/** Of how many threads, and for how long they are waited for. */
interface Visit {
  readonly threads: number;
  readonly patience: Milliseconds;
}

/**
 * Visits every worker thread at once and resolves with what each visit gave, by the thread's title; threads that do not answer in time
 * are left out. Goes through the inspector's NodeWorker domain, which is left again. Needs a Node with an inspector.
 */
export function visitThreads<Result>(
  { threads, patience }: Visit,
  visit: (thread: Thread) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const session = openSession();
  const results = new Map<string, Result>();
  const known = new Map<string, Conversation>();
  return new Promise(resolve => {
    const finish = () => {
      clearTimeout(timer);
      session.removeAllListeners();
      session.post('NodeWorker.disable', () => {});
      endSession(session);
      resolve(results);
    };
    const timer = setTimeout(finish, patience);
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
      const thread = new Conversation(workerInfo.title, message =>
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message }, () => {}),
      );
      known.set(sessionId, thread);
      visit(thread)
        .then(result => {
          results.set(thread.title, result);
          if (results.size === threads) finish();
        })
        // A thread that refuses an answer counts as one that gives none.
        .catch(() => undefined);
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) =>
      known.get(sessionId)?.receive(message),
    );
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, () => {});
  });
}

type Listener = (value: never) => void;

/** Questions to one thread and their answers. */
class Conversation implements Thread {
  readonly title: string;
  readonly #send: (message: string) => void;
  readonly #waiting = new Map<number, Listener>();
  readonly #listeners = new Map<string, Listener>();
  #asked = 0;

  constructor(title: string, send: (message: string) => void) {
    this.title = title;
    this.#send = send;
  }

  ask<Result extends object>(method: string, params: object = {}): Promise<Result> {
    return new Promise(resolve => {
      const id = ++this.#asked;
      this.#waiting.set(id, resolve);
      this.#send(JSON.stringify({ id, method, params }));
    });
  }

  hear<Event extends object>(name: string, listener: (event: Event) => void): void {
    this.#listeners.set(name, listener);
  }

  receive(message: string): void {
    const { id, method, params, result } = JSON.parse(message) as Received;
    if (id === undefined) {
      this.#listeners.get(method ?? '')?.(params as never);
    } else {
      this.#waiting.get(id)?.(result as never);
      this.#waiting.delete(id);
    }
  }
}

interface Received {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
}
