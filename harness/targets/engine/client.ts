import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket as TcpSocket } from 'node:net';
import * as dns from 'dns-packet';
import type { EngineAnswer } from '../../scenario.ts';

const TIMEOUT_MS = 2000;

/** A DNS client on 127.0.0.1 that asks one question at a time per transport, over sockets it keeps open. */
export class Client {
  readonly #port: number;
  readonly #pending = new Map<number, (packet: Buffer) => void>();
  #udp: UdpSocket | undefined;
  #tcp: TcpSocket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #lastId = 0;

  constructor(port: number) {
    this.#port = port;
  }

  /** @throws {Error} when no answer comes within 2 s, or TCP is refused. */
  async ask(name: string, type: string, transport: 'udp' | 'tcp' = 'udp'): Promise<EngineAnswer> {
    this.#lastId = (this.#lastId + 1) & 0xffff;
    const id = this.#lastId;
    const question = { type: type as dns.RecordType, name };
    const packet = dns.encode({ type: 'query', id, flags: dns.RECURSION_DESIRED, questions: [question] });
    const socket = transport === 'udp' ? await this.#openUdp() : await this.#openTcp();
    const answer = this.#answerTo(id, `${name} ${type}`);
    if ('send' in socket) socket.send(packet);
    else socket.write(frame(packet));
    return decodeAnswer(await answer);
  }

  close(): void {
    this.#udp?.close();
    this.#tcp?.destroy();
    this.#udp = undefined;
    this.#tcp = undefined;
  }

  #answerTo(id: number, question: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(`Cannot get an answer for ${question} within ${TIMEOUT_MS} ms`));
      }, TIMEOUT_MS);
      this.#pending.set(id, packet => {
        clearTimeout(timer);
        this.#pending.delete(id);
        resolve(packet);
      });
    });
  }

  #receive(packet: Buffer): void {
    if (packet.length >= 12) this.#pending.get(packet.readUInt16BE(0))?.(packet);
  }

  async #openUdp(): Promise<UdpSocket> {
    if (this.#udp) return this.#udp;
    const socket = createSocket('udp4');
    socket.on('message', packet => this.#receive(packet));
    // Nobody listens: the missing answer says so.
    socket.on('error', () => {});
    socket.connect(this.#port, '127.0.0.1');
    await once(socket, 'connect');
    this.#udp = socket;
    return socket;
  }

  async #openTcp(): Promise<TcpSocket> {
    if (this.#tcp && !this.#tcp.destroyed) return this.#tcp;
    const socket = connect(this.#port, '127.0.0.1');
    this.#received = Buffer.alloc(0);
    socket.on('data', chunk => this.#receiveStream(chunk));
    socket.on('error', () => socket.destroy());
    await once(socket, 'connect');
    this.#tcp = socket;
    return socket;
  }

  #receiveStream(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 2) {
      const end = 2 + this.#received.readUInt16BE(0);
      if (this.#received.length < end) return;
      this.#receive(this.#received.subarray(2, end));
      this.#received = this.#received.subarray(end);
    }
    // An empty view would keep the whole chunk alive.
    if (this.#received.length === 0) this.#received = Buffer.alloc(0);
  }
}

/** Two octets of length before the message (RFC 1035 section 4.2.2). */
export function frame(packet: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(packet.length + 2);
  framed.writeUInt16BE(packet.length, 0);
  packet.copy(framed, 2);
  return framed;
}

function decodeAnswer(packet: Buffer): EngineAnswer {
  const decoded = dns.decode(packet) as dns.DecodedPacket & { readonly rcode: string };
  const answers = (decoded.answers ?? []).map(answer => {
    const data = 'data' in answer ? answer.data : '';
    return `${answer.name} ${answer.type} ${typeof data === 'string' ? data : JSON.stringify(data)}`;
  });
  return { rcode: decoded.rcode, answers: answers.sort() };
}
