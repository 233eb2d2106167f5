import type { Session } from 'node:inspector';
import type { Milliseconds } from '../model.ts';
import { startTimer, stopTimer } from '../worker/clock.ts';
import { endSession, openSession } from './inspector.ts';

/** A worker thread of this process, reached through the inspector. */
export interface Thread {
  /** With the thread's number, as in `[worker 3] name`: the inspector's own ids tell visits apart, not threads. */
  readonly title: string;
  /**
   * Result of a method of the Chrome DevTools Protocol. The thread answers in order, also while it waits for
   * a lock.
   */
  ask<Result extends object>(method: string, parameters?: object): Promise<Result>;
  /** Hears of events of that name. */
  hear<Event extends object>(name: string, listener: (event: Event) => void): void;
}

interface Visit {
  /** How many threads there are. */
  readonly threads: number;
  /** How long they are waited for. */
  readonly patience: Milliseconds;
  /** Threads stay attached, so that their objects keep the ids that heap snapshots give them. */
  readonly stay?: boolean;
}

/**
 * Visits every worker thread at once and resolves with what each visit gave, by the thread's title; threads
 * that do not answer in time are left out. Goes through the inspector's NodeWorker domain. Needs a Node with
 * an inspector.
 */
export function visitThreads<Result>(
  { threads, patience, stay = false }: Visit,
  visit: (thread: Thread) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> {
  const session = openSession();
  const results = new Map<string, Result>();
  const known = new Map<string, Conversation>();
  return new Promise(resolve => {
    const finish = () => {
      stopTimer(timer);
      session.removeAllListeners();
      if (!stay) detach(session, known.keys());
      session.post('NodeWorker.disable', () => {});
      endSession(session);
      resolve(results);
    };
    const timer = startTimer(finish, patience);
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

/**
 * A thread that stays attached goes on keeping what it logs: neither disabling the domain nor the end of the
 * session detaches it.
 */
function detach(session: Session, threads: Iterable<string>): void {
  for (const sessionId of threads) session.post('NodeWorker.detach', { sessionId }, () => {});
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
