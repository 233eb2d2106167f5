import type { Socket } from 'node:net';
import { MAX_QUERY_SIZE } from './guard.ts';

export interface ConnectionOptions {
  readonly socket: Socket;
  /**
   * Gives the reply to a message behind its length, now or later; undefined closes the connection, once those outstanding
   * have been sent. Must not throw.
   */
  readonly answer: (message: Buffer) => Buffer | undefined | Promise<Buffer>;
}

/**
 * DNS over one TCP connection (RFC 7766): messages behind their length, as many as the client likes without waiting,
 * answered in the order in which the answers are ready.
 *
 * It holds little whatever the client does: while replies wait to be taken, or too many answers are outstanding, nothing is
 * read. A client that sends and closes its side still gets its answers.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #answer: ConnectionOptions['answer'];
  #unread: Buffer = NOTHING;
  #outstanding = 0;
  #ended = false;
  /** Nothing more is taken, and it ends with the last answer. */
  #closing = false;
  #quiet = false;

  constructor({ socket, answer }: ConnectionOptions) {
    this.#socket = socket;
    this.#answer = answer;
    socket.on('data', chunk => this.#receive(chunk));
    socket.on('end', () => {
      this.#ended = true;
      this.#work();
    });
    socket.on('drain', () => {
      this.#quiet = false;
      this.#work();
    });
    // A reset is the client's affair; 'close' follows.
    socket.on('error', () => {});
  }

  /** Was nothing asked in full and nothing taken since the last call? */
  takeQuiet(): boolean {
    const quiet = this.#quiet;
    this.#quiet = true;
    return quiet;
  }

  destroy(): void {
    this.#unread = NOTHING;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    this.#work();
  }

  #work(): void {
    const socket = this.#socket;
    socket.cork();
    while (this.#mayGoOn() && this.#takeMessage());
    socket.uncork();
    if (this.#mayGoOn()) socket.resume();
    else socket.pause();
    if (this.#outstanding > 0 || socket.writableNeedDrain) return;
    if (this.#closing) socket.destroySoon();
    else if (this.#ended) socket.end();
  }

  #mayGoOn(): boolean {
    const { destroyed, writableNeedDrain } = this.#socket;
    return !destroyed && !this.#closing && !writableNeedDrain && this.#outstanding < MAX_OUTSTANDING;
  }

  /** Answers the next whole message; false if there is none. */
  #takeMessage(): boolean {
    const unread = this.#unread;
    if (unread.length < LENGTH_SIZE) return false;
    const length = unread.readUInt16BE(0);
    const end = LENGTH_SIZE + length;
    if (length > MAX_QUERY_SIZE) this.destroy();
    if (length > MAX_QUERY_SIZE || unread.length < end) return false;
    this.#unread = unread.length === end ? NOTHING : unread.subarray(end);
    this.#quiet = false;
    this.#take(this.#answer(unread.subarray(LENGTH_SIZE, end)));
    return true;
  }

  #take(reply: Buffer | undefined | Promise<Buffer>): void {
    if (reply === undefined) this.#close();
    else if (reply instanceof Promise) void this.#sendLater(reply);
    else this.#socket.write(reply);
  }

  #close(): void {
    this.#closing = true;
    this.#unread = NOTHING;
  }

  async #sendLater(reply: Promise<Buffer>): Promise<void> {
    this.#outstanding++;
    const framed = await reply;
    this.#outstanding--;
    if (this.#socket.destroyed) return;
    this.#socket.write(framed);
    this.#work();
  }
}

const NOTHING = Buffer.alloc(0);
const LENGTH_SIZE = 2;
/** Queries of one connection whose handlers have not answered yet. */
const MAX_OUTSTANDING = 100;
