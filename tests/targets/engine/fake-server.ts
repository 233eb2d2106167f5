import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import * as dns from 'dns-packet';
import { onTestFinished } from 'vitest';

/** What becomes of a query: `lose` never answers it, `garbage` is no DNS message but for its id. */
type Behaviour = 'answer' | 'lose' | 'wrong' | 'two answers' | 'garbage';

export interface FakeServer {
  readonly port: number;
  /** Queries that have come. */
  readonly received: { udp: number; tcp: number };
}

export interface FakeServerOptions {
  /** Asked for each query; `sequence` counts the queries of its transport from 0. */
  readonly behave?: (sequence: number, transport: 'udp' | 'tcp') => Behaviour;
  /** Milliseconds before an answer goes out. */
  readonly delay?: number;
}

/** The one right answer to everything. */
export const ADDRESS = '192.0.2.1';

/** A DNS server on 127.0.0.1 that misbehaves as told; it is closed after the test. */
export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const { behave = () => 'answer', delay = 0 } = options;
  const received = { udp: 0, tcp: 0 };
  const take = (query: Buffer, transport: 'udp' | 'tcp', send: (reply: Buffer) => void) => {
    const reply = replyTo(query, behave(received[transport]++, transport));
    if (reply !== undefined) setTimeout(send, delay, reply);
  };

  const connections = new Set<Socket>();
  const tcp = createServer(socket => {
    connections.add(socket.on('error', () => {}));
    onFrames(socket, query => take(query, 'tcp', reply => sendInPieces(socket, reply)));
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4', (query, { port: client }) =>
    take(query, 'udp', reply => udp.send(reply, client, '127.0.0.1')),
  );
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  onTestFinished(() => {
    udp.close();
    tcp.close();
    for (const socket of connections) socket.destroy();
  });
  return { port, received };
}

function replyTo(query: Buffer, behaviour: Behaviour): Buffer | undefined {
  const { id = 0, questions = [] } = dns.decode(query);
  if (behaviour === 'lose') return undefined;
  if (behaviour === 'garbage') return Buffer.concat([query.subarray(0, 2), Buffer.from('not DNS')]);
  const name = questions[0]?.name ?? '';
  const record = (data: string) => ({ type: 'A', name, ttl: 60, data }) as const;
  const right = record(ADDRESS);
  const answers = { answer: [right], wrong: [record('192.0.2.99')], 'two answers': [right, right] }[
    behaviour
  ];
  return dns.encode({ type: 'response', id, questions, answers });
}

function onFrames(socket: Socket, take: (query: Buffer) => void): void {
  let unread = Buffer.alloc(0);
  socket.on('data', chunk => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= 2 && unread.length >= 2 + unread.readUInt16BE(0)) {
      const end = 2 + unread.readUInt16BE(0);
      take(unread.subarray(2, end));
      unread = unread.subarray(end);
    }
  });
}

/** As a stream may bring it: the length cut in two, the message too. */
function sendInPieces(socket: Socket, reply: Buffer): void {
  const framed = Buffer.alloc(2 + reply.length);
  framed.writeUInt16BE(reply.length);
  reply.copy(framed, 2);
  socket.setNoDelay(true);
  for (const [from, to] of [[0, 1] as const, [1, 9] as const, [9, framed.length] as const])
    socket.write(framed.subarray(from, to));
}
