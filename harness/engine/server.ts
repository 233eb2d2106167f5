import type { Log } from './log.ts';
import { emptyReply, type Handler, type Query, type Reply } from './plugin.ts';
import { checkPacket } from './wire/guard.ts';
import { type Arrival, detach, parseQuery, type Request } from './wire/query.ts';
import { composeHeader, composeReply, composeStatus } from './wire/reply.ts';
import { parentOf } from './zone/name.ts';
import type { Name } from './zone/record.ts';

/** Who answers for a zone. Without a handler, its queries are refused. */
export interface Route {
  /** Absolute and lower-cased. */
  readonly zone: Name;
  readonly handler: Handler | undefined;
}

export interface ServerOptions {
  /** The address listened on, for messages, for example `dns://127.0.0.1:53`. */
  readonly address: string;
  readonly routes: readonly Route[];
  readonly log: Log;
}

/** What one instance answers on one address. It owns no socket: a listener hands it packets and sends what it returns. */
export class Server {
  readonly address: string;
  readonly #routes: ReadonlyMap<Name, Route>;
  readonly #log: Log;
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;

  constructor({ address, routes, log }: ServerOptions) {
    this.address = address;
    this.#routes = new Map(routes.map(route => [route.zone, route]));
    this.#log = log;
  }

  /** Queries whose handler has not answered yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * The reply to a packet as it goes onto the wire (behind its length for TCP); undefined if it must not be answered.
   * A promise only where a handler answers with one. Never throws and never rejects: a handler or record that fails is
   * logged and answered with SERVFAIL.
   */
  serve(packet: Buffer, arrival: Arrival): Buffer | undefined | Promise<Buffer> {
    switch (checkPacket(packet)) {
      case 'drop':
        return undefined;
      case 'notimp':
        return composeHeader(packet, 'NOTIMP', arrival.transport);
      case 'formerr':
        return composeHeader(packet, 'FORMERR', arrival.transport);
      case 'ok': {
        const request = parseQuery(packet, arrival);
        return request === undefined
          ? composeHeader(packet, 'FORMERR', arrival.transport)
          : this.#answer(request);
      }
    }
  }

  /** The reply to a question of the server's own, say for the target of a CNAME. Throws or rejects when the handler does. */
  resolve(query: Query): Reply | Promise<Reply> {
    return this.#route(query)?.serve(query) ?? emptyReply('REFUSED');
  }

  /** Resolves when no query is in flight, or `graceMs` milliseconds from now; what is then in flight is still answered. */
  drain(graceMs: number): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise(resolve => {
      const timer = setTimeout(resolve, graceMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        // A turn later, when the last reply has been handed to its socket.
        setImmediate(resolve);
      });
    });
  }

  #answer(request: Request): Buffer | Promise<Buffer> {
    const { query, edns } = request;
    if (edns !== undefined && edns.version !== 0) return composeStatus(request, 'BADVERS');
    const handler = query.class === 'IN' ? this.#route(query) : undefined;
    if (handler === undefined) return composeStatus(request, 'REFUSED');
    try {
      const reply = handler.serve(query);
      return reply instanceof Promise
        ? this.#answerLater(detach(request), reply)
        : composeReply(request, reply);
    } catch (error) {
      return this.#fail(request, error);
    }
  }

  async #answerLater(request: Request, reply: Promise<Reply>): Promise<Buffer> {
    this.#inFlight++;
    try {
      return composeReply(request, await reply);
    } catch (error) {
      return this.#fail(request, error);
    } finally {
      this.#inFlight--;
      if (this.#inFlight === 0) for (const done of this.#waiting.splice(0)) done();
    }
  }

  /**
   * The handler of the longest zone that holds the name; the root's if there is none. A DS query goes to the shortest such
   * zone instead, since DS lives at the parent; the root, which may be there to forward, is not taken for a parent.
   */
  #route({ name, type }: Query): Handler | undefined {
    let found: Route | undefined;
    for (let zone = name; zone !== '.'; zone = parentOf(zone)) {
      found = this.#routes.get(zone) ?? found;
      if (found !== undefined && type !== 'DS') return found.handler;
    }
    return (found ?? this.#routes.get('.'))?.handler;
  }

  #fail(request: Request, error: unknown): Buffer {
    const { name, type, port } = request.query;
    const message = error instanceof Error ? error.message : String(error);
    this.#log(
      'error',
      `Cannot answer ${name} ${type} on ${this.address.replace(/:0$/, `:${port}`)}: ${message}`,
    );
    return composeStatus(request, 'SERVFAIL');
  }
}
