import type { RemoteInfo, Socket as UdpSocket } from 'node:dgram';
import type { EventEmitter } from 'node:events';
import type { Socket, Server as TcpServer } from 'node:net';
import { type Log, silent } from './log.ts';
import type { Server } from './server.ts';
import { Connection } from './wire/connection.ts';
import { addressText, openSockets, type Sockets } from './wire/sockets.ts';

export interface ListenOptions {
  /** An IP address; default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a port that is free for UDP and TCP. */
  readonly port: number;
  readonly log?: Log;
  /** A TCP connection is closed after being idle once to twice this long; milliseconds, default 10 s (RFC 7766 6.2.3). */
  readonly idleMs?: number;
  /** TCP connections at a time; further ones are closed at once; default 1,000. */
  readonly maxConnections?: number;
}

/**
 * One UDP and one TCP socket on the same address and port. It outlives the instances that answer on it: a reload only
 * replaces `server`, connections stay, and each query is answered by the server that was current when it arrived.
 */
export class Listener {
  /** Who answers; while undefined, nobody does. */
  server: Server | undefined;
  readonly host: string;
  readonly port: number;
  readonly #udp: UdpSocket;
  readonly #tcp: TcpServer;
  readonly #log: Log;
  readonly #idleMs: number;
  readonly #connections = new Map<Socket, Connection>();
  #sweep: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;

  /**
   * Opens both sockets, or none.
   * @throws {Error} if the address cannot be listened on; `code` and `cause` are the system's.
   */
  static async open(options: ListenOptions): Promise<Listener> {
    const { host = '127.0.0.1', port, log = silent, idleMs = 10_000, maxConnections = 1000 } = options;
    return new Listener(await openSockets({ host, port, maxConnections }), { host, log, idleMs });
  }

  private constructor(
    { udp, tcp }: Sockets,
    { host, log, idleMs }: { host: string; log: Log; idleMs: number },
  ) {
    this.host = host;
    this.port = udp.address().port;
    this.#udp = udp;
    this.#tcp = tcp;
    this.#log = log;
    this.#idleMs = idleMs;
    udp.on('message', (packet, client) => this.#receive(packet, client));
    udp.on('error', error => this.#report('udp', error));
    tcp.on('connection', socket => this.#accept(socket));
    tcp.on('error', error => this.#report('tcp', error));
  }

  /** Open TCP connections. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Ends sockets, connections and timers at once, whoever still waits for an answer; resolves when they are closed. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    this.server = undefined;
    const closed = [this.#udp, this.#tcp, ...this.#connections.keys()].map(closing);
    this.#udp.close();
    this.#tcp.close();
    for (const connection of this.#connections.values()) connection.destroy();
    await Promise.all(closed);
  }

  #receive(packet: Buffer, client: RemoteInfo): void {
    // Nothing can be sent to port 0: such a packet is forged.
    if (this.server === undefined || client.port === 0) return;
    const reply = this.server.serve(packet, { client, transport: 'udp', port: this.port });
    if (reply instanceof Promise) void this.#sendLater(reply, client);
    else if (reply !== undefined) this.#udp.send(reply, client.port, client.address);
  }

  async #sendLater(reply: Promise<Buffer>, client: RemoteInfo): Promise<void> {
    const packet = await reply;
    if (this.#closed === undefined) this.#udp.send(packet, client.port, client.address);
  }

  #accept(socket: Socket): void {
    const client = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    const arrival = { client, transport: 'tcp', port: this.port } as const;
    const connection = new Connection({ socket, answer: message => this.server?.serve(message, arrival) });
    this.#connections.set(socket, connection);
    this.#sweep ??= setInterval(() => this.#closeQuiet(), this.#idleMs);
    socket.on('close', () => this.#forget(socket));
  }

  /** One timer serves all connections, and there is none without a connection. */
  #forget(socket: Socket): void {
    this.#connections.delete(socket);
    if (this.#connections.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #closeQuiet(): void {
    for (const connection of this.#connections.values()) if (connection.takeQuiet()) connection.destroy();
  }

  #report(transport: string, error: Error): void {
    this.#log('error', `Cannot serve ${transport} on ${addressText(this.host, this.port)}: ${error.message}`);
  }
}

/** Unlike `once`, does not reject if an error comes first: what is being closed may fail as it likes. */
function closing(socket: EventEmitter): Promise<void> {
  return new Promise(resolve => {
    socket.once('close', () => resolve());
  });
}
