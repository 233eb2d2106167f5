import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { decode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Listener, type ListenOptions } from '../../harness/engine/listener.ts';
import type { Query, Reply } from '../../harness/engine/plugin.ts';
import { Server } from '../../harness/engine/server.ts';
import { openHandles } from './support.ts';
import { deferred, framed, queryPacket, words } from './wire/packets.ts';

const EMPTY: Reply = { rcode: 'NOERROR', authoritative: true, answers: [], authorities: [], additionals: [] };

let listeners: Listener[] = [];
let clients: (UdpSocket | Socket)[] = [];

beforeEach(() => {
  listeners = [];
  clients = [];
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(clients.map(closed));
  await Promise.all(listeners.map(listener => listener.close()));
});

async function closed(client: UdpSocket | Socket): Promise<void> {
  if ('destroy' in client && client.closed) return;
  const gone = once(client, 'close');
  if ('destroy' in client) client.destroy();
  else client.close();
  await gone;
}

function server(serve: (query: Query) => Reply | Promise<Reply>): Server {
  const log = () => {};
  return new Server({
    address: 'dns://127.0.0.1:53',
    routes: [{ zone: '.', handler: { name: 'test', serve } }],
    log,
  });
}

/** Answers with `text` for every name. */
function saying(text: string): Server {
  return server(query => withText(query, text));
}

function withText(query: Query, text: string, octets = 0): Reply {
  const data = [
    Buffer.from(text),
    ...Array.from({ length: Math.ceil(octets / 255) }, () => Buffer.alloc(255)),
  ];
  return { ...EMPTY, answers: [{ name: query.name, type: 'TXT', ttl: 0, data }] };
}

async function open(server: Server | undefined, options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await Listener.open({ port: 0, ...options });
  listener.server = server;
  listeners.push(listener);
  return listener;
}

function udpClient(type: 'udp4' | 'udp6' = 'udp4'): UdpSocket {
  const socket = createSocket(type);
  clients.push(socket);
  return socket;
}

async function askUdp(
  { host, port }: Listener,
  packet: Buffer,
  socket = udpClient(host.includes(':') ? 'udp6' : 'udp4'),
): Promise<Buffer> {
  const answered = once(socket, 'message');
  socket.send(packet, port, host);
  const [message] = (await answered) as [Buffer];
  return message;
}

/** A TCP connection and the whole messages that arrive on it. */
class TcpClient {
  readonly socket: Socket;
  readonly messages: Buffer[] = [];
  #unread = Buffer.alloc(0);

  private constructor(socket: Socket, reading: boolean) {
    this.socket = socket;
    clients.push(socket);
    socket.on('error', () => {});
    if (reading) socket.on('data', chunk => this.#take(chunk));
  }

  static async connect({ host, port }: Listener, reading = true): Promise<TcpClient> {
    const socket = connect({ host, port, allowHalfOpen: true });
    const client = new TcpClient(socket, reading);
    await once(socket, 'connect');
    return client;
  }

  async received(count: number): Promise<readonly Buffer[]> {
    while (this.messages.length < count) await once(this.socket, 'data');
    return this.messages;
  }

  #take(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    while (this.#unread.length >= 2 && this.#unread.length >= 2 + this.#unread.readUInt16BE(0)) {
      const end = 2 + this.#unread.readUInt16BE(0);
      this.messages.push(this.#unread.subarray(2, end));
      this.#unread = this.#unread.subarray(end);
    }
  }
}

function textOf(message: Buffer): string {
  const answer = decode(message).answers?.[0];
  return answer?.type === 'TXT' ? String(answer.data).split(',')[0]! : 'no answer';
}

function idsOf(messages: readonly Buffer[]): number[] {
  return messages.map(message => message.readUInt16BE(0));
}

/** Resolves when `done` holds; the loop turns in between. */
async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise(resolve => setTimeout(resolve, 1));
}

describe('Listener.open()', () => {
  test('takes a port of the system that is open for UDP and TCP', async () => {
    const listener = await open(saying('yes'));
    expect(listener.port).toBeGreaterThan(0);
    expect(listener.host).toBe('127.0.0.1');
    expect(textOf(await askUdp(listener, queryPacket('a.')))).toBe('yes');
    const client = await TcpClient.connect(listener);
    client.socket.write(framed(queryPacket('a.')));
    expect((await client.received(1)).map(textOf)).toEqual(['yes']);
  });

  test('listens on IPv6', async () => {
    const listener = await open(saying('six'), { host: '::1' });
    expect(textOf(await askUdp(listener, queryPacket('a.')))).toBe('six');
  });

  test('refuses an address that is taken for TCP, and leaves nothing open', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    await expect(Listener.open({ port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringContaining(`Cannot listen on 127.0.0.1:${port}: `),
    });
    holder.close();
    await once(holder, 'close');
    await open(undefined, { port });
  });

  test('refuses an address that is taken for UDP, and leaves nothing open', async () => {
    const holder = createSocket('udp4').bind(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address();
    await expect(Listener.open({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    holder.close();
    await once(holder, 'close');
    await open(undefined, { port });
  });

  test.each([
    ['localhost', 0, 'Cannot listen, the host must be an IP address: "localhost"'],
    ['127.0.0.1', 99999, 'Cannot listen, a port is at most 65535: 99999'],
    ['192.0.2.1', 5353, 'Cannot listen on 192.0.2.1:5353: '],
  ])('refuses %s port %i', async (host, port, message) => {
    await expect(Listener.open({ host, port })).rejects.toThrow(message);
  });
});

describe('Listener: UDP', () => {
  test('keeps silent to what must not be answered, and goes on', async () => {
    const listener = await open(saying('yes'));
    const socket = udpClient();
    for (const packet of [Buffer.alloc(0), Buffer.alloc(5), queryPacket('a.', { id: 1, flags: 0x8000 })])
      socket.send(packet, listener.port, listener.host);
    expect((await askUdp(listener, queryPacket('a.', { id: 2 }), socket)).readUInt16BE(0)).toBe(2);
  });

  test('cuts at 512 octets where TCP does not', async () => {
    const listener = await open(server(query => withText(query, 'long', 1000)));
    expect(decode(await askUdp(listener, queryPacket('a.')))).toMatchObject({ flag_tc: true, answers: [] });
    const client = await TcpClient.connect(listener);
    client.socket.write(framed(queryPacket('a.')));
    const [message] = await client.received(1);
    expect(decode(message!)).toMatchObject({ flag_tc: false, answers: [{ type: 'TXT' }] });
    expect(message!.length).toBeGreaterThan(1000);
  });

  test('tells the handler who asked, and where', async () => {
    const seen: Query[] = [];
    const listener = await open(
      server(query => {
        seen.push(query);
        return EMPTY;
      }),
    );
    const socket = udpClient();
    await askUdp(listener, queryPacket('a.'), socket);
    expect(seen).toMatchObject([
      {
        transport: 'udp',
        port: listener.port,
        client: { address: '127.0.0.1', port: socket.address().port },
      },
    ]);
  });
});

describe('Listener: TCP', () => {
  test('answers many queries sent at once, in order when none has to wait', async () => {
    const listener = await open(saying('yes'));
    const client = await TcpClient.connect(listener);
    const ids = Array.from({ length: 3000 }, (_, index) => index);
    client.socket.write(Buffer.concat(ids.map(id => framed(queryPacket('www.example.org', { id })))));
    expect(idsOf(await client.received(ids.length))).toEqual(ids);
  });

  test('answers out of order when one has to wait', async () => {
    const slow = deferred<Reply>();
    const listener = await open(server(query => (query.name === 'slow.' ? slow.promise : EMPTY)));
    const client = await TcpClient.connect(listener);
    client.socket.write(
      Buffer.concat([framed(queryPacket('slow', { id: 1 })), framed(queryPacket('fast', { id: 2 }))]),
    );
    await client.received(1);
    slow.resolve(EMPTY);
    expect(idsOf(await client.received(2))).toEqual([2, 1]);
  });

  test('puts together messages that arrive octet by octet', async () => {
    const listener = await open(saying('yes'));
    const client = await TcpClient.connect(listener);
    client.socket.setNoDelay(true);
    const octets = Buffer.concat([
      framed(queryPacket('a.', { id: 1 })),
      framed(queryPacket('b.', { id: 2 })),
    ]);
    for (const octet of octets) {
      client.socket.write(Buffer.of(octet));
      await new Promise(setImmediate);
    }
    expect(idsOf(await client.received(2))).toEqual([1, 2]);
  });

  test('answers a client that has closed its side, then closes', async () => {
    const slow = deferred<Reply>();
    const listener = await open(server(() => slow.promise));
    const client = await TcpClient.connect(listener);
    const ended = once(client.socket, 'end');
    client.socket.end(framed(queryPacket('a.', { id: 7 })));
    await until(() => listener.server?.inFlight === 1);
    slow.resolve(EMPTY);
    expect(idsOf(await client.received(1))).toEqual([7]);
    await ended;
    await until(() => listener.connections === 0);
  });

  test('closes when a client goes away in the middle of a message', async () => {
    const listener = await open(saying('yes'));
    const client = await TcpClient.connect(listener);
    const ended = once(client.socket, 'end');
    client.socket.end(framed(queryPacket('a.')).subarray(0, 9));
    client.socket.resume();
    await ended;
    await until(() => listener.connections === 0);
  });

  test('survives a client that resets while its answer is on the way', async () => {
    const slow = deferred<Reply>();
    const listener = await open(server(query => (query.name === 'slow.' ? slow.promise : EMPTY)));
    const client = await TcpClient.connect(listener);
    client.socket.write(framed(queryPacket('slow')));
    await until(() => listener.server?.inFlight === 1);
    client.socket.resetAndDestroy();
    await until(() => listener.connections === 0);
    slow.resolve(EMPTY);
    expect((await askUdp(listener, queryPacket('a.'))).length).toBeGreaterThan(12);
  });

  test.each<[string, Buffer]>([
    ['announces more than a query may have', words(4097)],
    ['sends a response', framed(queryPacket('a.', { flags: 0x8000 }))],
    ['sends an empty message', words(0)],
  ])('hangs up on a client that %s', async (_, octets) => {
    const listener = await open(saying('yes'));
    const client = await TcpClient.connect(listener);
    const closed = once(client.socket, 'close');
    client.socket.on('end', () => client.socket.end());
    client.socket.write(octets);
    await closed;
    expect(client.messages).toEqual([]);
  });

  test('stops reading from a client that does not take its answers, and goes on when it does', async () => {
    let served = 0;
    const listener = await open(
      server(query => {
        served++;
        return withText(query, 'long', 60_000);
      }),
    );
    const client = await TcpClient.connect(listener, false);
    const ids = Array.from({ length: 1500 }, (_, index) => index);
    client.socket.write(Buffer.concat(ids.map(id => framed(queryPacket('a.', { id })))));
    const stuck = await settled(() => served);
    // 1,500 answers of 60 kB are 90 MB; what the sockets hold is a small part of that.
    expect(stuck).toBeGreaterThan(0);
    expect(stuck).toBeLessThan(1000);
    let octets = 0;
    client.socket.on('data', chunk => {
      octets += chunk.length;
    });
    await until(() => served === 1500);
    await until(() => octets > 1500 * 60_000);
  });

  test('takes no more queries while 100 are unanswered', async () => {
    const replies: ((reply: Reply) => void)[] = [];
    const listener = await open(
      server(() => {
        const { promise, resolve } = deferred<Reply>();
        replies.push(resolve);
        return promise;
      }),
    );
    const client = await TcpClient.connect(listener);
    client.socket.write(
      Buffer.concat(Array.from({ length: 250 }, (_, id) => framed(queryPacket('a.', { id })))),
    );
    expect(await settled(() => replies.length)).toBe(100);
    replies[0]!(EMPTY);
    await client.received(1);
    expect(await settled(() => replies.length)).toBe(101);
    for (let answered = 1; answered < 250; answered++) {
      await until(() => replies.length > answered);
      replies[answered]!(EMPTY);
    }
    expect(idsOf(await client.received(250)).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 250 }, (_, id) => id),
    );
  });

  test('closes idle connections, also one that dribbles and one that takes nothing', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let served = 0;
    const listener = await open(
      server(query => {
        served++;
        return withText(query, 'long', 60_000);
      }),
      { idleMs: 1000 },
    );
    await TcpClient.connect(listener);
    const dribbling = await TcpClient.connect(listener);
    const deaf = await TcpClient.connect(listener, false);
    deaf.socket.write(Buffer.concat(Array.from({ length: 500 }, () => framed(queryPacket('a.')))));
    await settled(() => served);
    expect([listener.connections, vi.getTimerCount()]).toEqual([3, 1]);
    vi.advanceTimersByTime(1000);
    expect(listener.connections).toBe(3);
    dribbling.socket.write(Buffer.of(0));
    await new Promise(resolve => setTimeout(resolve, 5));
    vi.advanceTimersByTime(1000);
    await until(() => listener.connections === 0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('keeps a connection that goes on asking', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const listener = await open(saying('yes'), { idleMs: 1000 });
    const client = await TcpClient.connect(listener);
    for (let asked = 1; asked <= 5; asked++) {
      client.socket.write(framed(queryPacket('a.')));
      await client.received(asked);
      vi.advanceTimersByTime(1000);
    }
    expect([client.messages.length, listener.connections]).toEqual([5, 1]);
  });

  test('serves no more connections than allowed', async () => {
    const listener = await open(saying('yes'), { maxConnections: 2 });
    await TcpClient.connect(listener);
    await TcpClient.connect(listener);
    const third = await TcpClient.connect(listener);
    third.socket.resume();
    await once(third.socket, 'end');
    expect(listener.connections).toBe(2);
  });
});

describe('Listener: generations', () => {
  test('each query is answered by the generation that was current when it arrived, on the same connection', async () => {
    const slow = deferred<Reply>();
    const old = server(query => (query.name === 'slow.' ? slow.promise : withText(query, 'old')));
    const listener = await open(old);
    const client = await TcpClient.connect(listener);
    const socket = udpClient();
    client.socket.write(framed(queryPacket('slow', { id: 1 })));
    socket.send(queryPacket('slow', { id: 2 }), listener.port, listener.host);
    await until(() => old.inFlight === 2);

    listener.server = saying('new');
    client.socket.write(framed(queryPacket('a.', { id: 3 })));
    expect((await client.received(1)).map(textOf)).toEqual(['new']);
    expect(textOf(await askUdp(listener, queryPacket('a.', { id: 4 }), socket))).toBe('new');

    const stopped = old.drain(5000);
    const late = once(socket, 'message');
    slow.resolve({ ...EMPTY, answers: [{ name: 'slow.', type: 'TXT', ttl: 0, data: [Buffer.from('old')] }] });
    await stopped;
    expect((await client.received(2)).map(textOf)).toEqual(['new', 'old']);
    expect(textOf(((await late) as [Buffer])[0])).toBe('old');
  });

  test('an address that nobody answers for any more still gives the answers that are on their way', async () => {
    const slow = deferred<Reply>();
    const old = server(() => slow.promise);
    const listener = await open(old);
    const client = await TcpClient.connect(listener);
    const ended = once(client.socket, 'end');
    client.socket.write(framed(queryPacket('slow', { id: 1 })));
    await until(() => old.inFlight === 1);
    listener.server = undefined;
    client.socket.write(framed(queryPacket('late', { id: 2 })));
    await new Promise(resolve => setTimeout(resolve, 20));
    slow.resolve({ ...EMPTY, answers: [{ name: 'slow.', type: 'TXT', ttl: 0, data: [Buffer.from('old')] }] });
    expect((await client.received(1)).map(textOf)).toEqual(['old']);
    await ended;
  });

  test('answers nobody while there is none', async () => {
    const listener = await open(undefined);
    const socket = udpClient();
    socket.send(queryPacket('a.', { id: 1 }), listener.port, listener.host);
    const client = await TcpClient.connect(listener);
    const closed = once(client.socket, 'end');
    client.socket.write(framed(queryPacket('a.')));
    await closed;
    listener.server = saying('now');
    expect((await askUdp(listener, queryPacket('a.', { id: 2 }), socket)).readUInt16BE(0)).toBe(2);
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some(addresses =>
  addresses?.some(({ family }) => family === 'IPv6'),
);

test.skipIf(!hasIPv6)('all addresses of IPv4 and all of IPv6 can be had on one port', async () => {
  const four = await open(saying('four'), { host: '0.0.0.0' });
  const six = await open(saying('six'), { host: '::', port: four.port });
  expect(six.port).toBe(four.port);
  expect(textOf(await askUdp(four, queryPacket('a.')))).toBe('four');
  const client = createSocket('udp6');
  const answer = once(client, 'message');
  client.send(queryPacket('a.'), six.port, '::1');
  expect(textOf(((await answer) as [Buffer])[0])).toBe('six');
  client.close();
});

describe('Listener.close()', () => {
  test('leaves no handle and no timer, whoever is connected or waits', async () => {
    const before = await openHandles();
    const never = deferred<Reply>();
    const listener = await Listener.open({ port: 0 });
    const subject = server(query => (query.name === 'never.' ? never.promise : EMPTY));
    listener.server = subject;
    const quiet = await TcpClient.connect(listener);
    const waiting = await TcpClient.connect(listener);
    waiting.socket.write(framed(queryPacket('never')));
    const socket = udpClient();
    socket.send(queryPacket('never'), listener.port, listener.host);
    await until(() => subject.inFlight === 2);

    const ended = [quiet, waiting].map(client =>
      once(
        client.socket.resume().on('end', () => client.socket.end()),
        'close',
      ),
    );
    await listener.close();
    await Promise.all(ended);
    expect([listener.server, listener.connections]).toEqual([undefined, 0]);
    never.resolve(EMPTY);
    await new Promise(setImmediate);
    await Promise.all(clients.map(closed));
    clients = [];
    expect(await openHandles()).toEqual(before);
  });

  test('may be called twice, and frees the port', async () => {
    const listener = await open(undefined);
    await Promise.all([listener.close(), listener.close()]);
    await listener.close();
    const again = await open(saying('again'), { port: listener.port });
    expect(textOf(await askUdp(again, queryPacket('a.')))).toBe('again');
  });
});

/** The value once it has stayed the same for 20 ms. */
async function settled(read: () => number): Promise<number> {
  for (let before = -1; before !== read() || before === 0; ) {
    before = read();
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return read();
}
