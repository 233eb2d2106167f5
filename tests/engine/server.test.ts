import { decode } from 'dns-packet';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LogLevel } from '../../harness/engine/log.ts';
import type { Handler, Query, Reply } from '../../harness/engine/plugin.ts';
import { type Route, Server } from '../../harness/engine/server.ts';
import type { Arrival } from '../../harness/engine/wire/query.ts';
import {
  deferred,
  framed,
  optRecord,
  type QueryOptions,
  queryPacket,
  wireName,
  words,
} from './wire/packets.ts';

const UDP: Arrival = { client: { address: '127.0.0.1', port: 5000 }, transport: 'udp', port: 53 };
const TCP: Arrival = { ...UDP, transport: 'tcp' };
const EMPTY: Reply = { rcode: 'NOERROR', authoritative: true, answers: [], authorities: [], additionals: [] };

/** A handler that answers every query with a TXT record of its own name. */
function named(name: string): Handler {
  return {
    name,
    serve: query => ({
      ...EMPTY,
      answers: [{ name: query.name, type: 'TXT', ttl: 0, data: [Buffer.from(name)] }],
    }),
  };
}

function server(
  routes: readonly Route[],
  log: (level: LogLevel, message: string) => void = () => {},
): Server {
  return new Server({ address: 'dns://127.0.0.1:53', routes, log });
}

function answering(serve: (query: Query) => Reply | Promise<Reply>): readonly Route[] {
  return [{ zone: '.', handler: { name: 'test', serve } }];
}

/** The response code, or the name of the handler that answered. */
async function ask(subject: Server, name: string, options: QueryOptions = {}): Promise<string> {
  const message = decode((await subject.serve(queryPacket(name, options), UDP))!);
  const answer = message.answers?.[0];
  return answer?.type === 'TXT' ? String(answer.data) : String(Reflect.get(message, 'rcode'));
}

afterEach(() => {
  vi.useRealTimers();
});

describe('Server: routing', () => {
  const zones = ['.', 'org.', 'example.org.', 'sub.example.org.', 'a\\.example.org.'];
  const subject = server(zones.map(zone => ({ zone, handler: named(zone) })));

  test.each([
    ['example.org', 'example.org.'],
    ['EXAMPLE.org', 'example.org.'],
    ['www.example.org', 'example.org.'],
    ['a.b.c.sub.example.org', 'sub.example.org.'],
    ['subexample.org', 'org.'],
    ['xsub.example.org', 'example.org.'],
    ['example.com', '.'],
    ['', '.'],
  ])('%s goes to the longest zone that holds it: %s', async (name, zone) => {
    expect(await ask(subject, name)).toBe(zone);
  });

  test('a dot inside a label is no border between zones', async () => {
    const label = [Buffer.from('a.example'), Buffer.from('org')];
    const message = decode(await subject.serve(queryPacket(label), UDP)!);
    expect(message.answers).toMatchObject([{ data: [Buffer.from('a\\.example.org.')] }]);
    const other = decode(
      await subject.serve(queryPacket([Buffer.from('b.example'), Buffer.from('org')]), UDP)!,
    );
    expect(other.answers).toMatchObject([{ data: [Buffer.from('org.')] }]);
  });

  test.each([
    ['sub.example.org', 'org.'],
    ['example.org', 'org.'],
    ['org', 'org.'],
    ['example.com', '.'],
    ['', '.'],
  ])('DS of %s goes to the shortest zone but the root: %s', async (name, zone) => {
    expect(await ask(subject, name, { type: 43 })).toBe(zone);
  });

  test('DS goes to the zone itself where its parent is not served', async () => {
    const routes = ['.', 'example.org.'].map(zone => ({ zone, handler: named(zone) }));
    expect(await ask(server(routes), 'example.org', { type: 43 })).toBe('example.org.');
  });

  test('refuses names outside every zone', async () => {
    expect(await ask(server([{ zone: 'example.org.', handler: named('x') }]), 'example.com')).toBe('REFUSED');
    expect(await ask(server([]), '')).toBe('REFUSED');
  });

  test('refuses a zone without a handler, also where a parent has one', async () => {
    const routes = [
      { zone: 'example.org.', handler: undefined },
      { zone: 'org.', handler: named('org') },
    ];
    expect(await ask(server(routes), 'www.example.org')).toBe('REFUSED');
  });

  test.each([2, 3, 4, 254, 255])('refuses class %i', async klass => {
    expect(await ask(subject, 'example.org', { class: klass })).toBe('REFUSED');
  });

  test('hands the query and where it came from to the handler', async () => {
    const seen: Query[] = [];
    const subject = server(
      answering(query => {
        seen.push(query);
        return EMPTY;
      }),
    );
    await subject.serve(queryPacket('Www.Example.org', { type: 28, opt: { flags: 0x8000 } }), TCP);
    expect(seen).toEqual([
      {
        name: 'www.example.org.',
        type: 'AAAA',
        class: 'IN',
        dnssecOk: true,
        transport: 'tcp',
        client: UDP.client,
        port: 53,
      },
    ]);
  });
});

describe('Server: what it cannot or must not answer', () => {
  const subject = server(answering(() => EMPTY));

  test('keeps silent to responses and fragments', () => {
    expect(subject.serve(queryPacket('a.', { flags: 0x8000 }), UDP)).toBeUndefined();
    expect(subject.serve(Buffer.alloc(11), UDP)).toBeUndefined();
  });

  test.each<[string, Buffer, number]>([
    ['an opcode it does not know', queryPacket('a.', { flags: 5 << 11 }), 4],
    [
      'two questions',
      Buffer.concat([words(1, 0, 2, 0, 0, 0), wireName('a'), words(1, 1), wireName('b'), words(1, 1)]),
      1,
    ],
    [
      'a compression pointer in the question',
      Buffer.concat([words(1, 0, 1, 0, 0, 0), Buffer.of(0xc0, 12), words(1, 1, 1)]),
      1,
    ],
    [
      'two OPT records',
      Buffer.concat([words(1, 0, 1, 0, 0, 2), wireName('a'), words(1, 1), optRecord({}), optRecord({})]),
      1,
    ],
  ])('answers %s with a header', (_, packet, rcode) => {
    const message = subject.serve(packet, UDP) as Buffer;
    expect(message).toHaveLength(12);
    expect(message.readUInt16BE(2) & 0x800f).toBe(0x8000 | rcode);
    expect(subject.serve(packet, TCP)).toEqual(framed(message));
  });

  test('answers a newer EDNS version with BADVERS, without asking the handler', () => {
    const handler = vi.fn(() => EMPTY);
    const message = server(answering(handler)).serve(
      queryPacket('a.', { opt: { version: 1 } }),
      UDP,
    ) as Buffer;
    expect(decode(message).additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1, ednsVersion: 0 }]);
    expect(handler).not.toHaveBeenCalled();
  });
});

describe('Server: handlers that fail', () => {
  const failures: [string, () => Reply | Promise<Reply>, string][] = [
    [
      'throws',
      () => {
        throw new Error('no zone');
      },
      'no zone',
    ],
    [
      'throws no error',
      () => {
        throw 'odd';
      },
      'odd',
    ],
    ['rejects', () => Promise.reject(new Error('too late')), 'too late'],
    [
      'gives a record that cannot be encoded',
      () => ({ ...EMPTY, answers: [{ name: 'a.', type: 'A', ttl: 0, data: '300.0.0.1' }] }),
      'Cannot encode A record, its data must be an IPv4 address: "300.0.0.1"',
    ],
    [
      'later gives a record that cannot be encoded',
      async () => ({ ...EMPTY, additionals: [{ name: 'a..b.', type: 'A', ttl: 0, data: '192.0.2.1' }] }),
      'Cannot write name, it must be absolute, of labels up to 63 and 255 octets in all: "a..b."',
    ],
  ];

  test.each(failures)('one that %s is logged and answered with SERVFAIL', async (_, serve, reason) => {
    const log = vi.fn();
    const subject = server(answering(serve), log);
    const message = decode((await subject.serve(queryPacket('a.example', { id: 9 }), UDP))!);
    expect([message.id, Reflect.get(message, 'rcode'), message.questions?.length, message.answers]).toEqual([
      9,
      'SERVFAIL',
      1,
      [],
    ]);
    expect(log.mock.calls).toEqual([
      ['error', `Cannot answer a.example. A on dns://127.0.0.1:53: ${reason}`],
    ]);
    expect(subject.inFlight).toBe(0);
  });

  test('answers well again after a failure', async () => {
    let fail = true;
    const subject = server(
      answering(query => {
        if (fail) throw new Error('once');
        return named('fine').serve(query);
      }),
    );
    expect(await ask(subject, 'a.')).toBe('SERVFAIL');
    fail = false;
    expect(await ask(subject, 'a.')).toBe('fine');
  });
});

describe('Server: replies now and later', () => {
  test('makes no promise of a reply that is there', () => {
    expect(server(answering(() => EMPTY)).serve(queryPacket('a.'), UDP)).toBeInstanceOf(Buffer);
  });

  test('a late reply repeats the question even if the receive buffer was used again', async () => {
    const { promise, resolve } = deferred<Reply>();
    const packet = queryPacket('wWw.example.org', { id: 77 });
    const pending = server(answering(() => promise)).serve(packet, UDP);
    packet.fill(0xff);
    resolve(EMPTY);
    const message = (await pending)!;
    expect(message.readUInt16BE(0)).toBe(77);
    expect(message.subarray(12)).toEqual(queryPacket('wWw.example.org').subarray(12));
  });

  test('replies composed in between do not disturb each other', async () => {
    const late = deferred<Reply>();
    const subject = server(
      answering(query => (query.name === 'late.' ? late.promise : named('now').serve(query))),
    );
    const pending = subject.serve(queryPacket('late'), UDP);
    const first = subject.serve(queryPacket('now'), UDP) as Buffer;
    late.resolve({ ...EMPTY, rcode: 'NXDOMAIN' });
    expect(decode((await pending)!).questions).toMatchObject([{ name: 'late' }]);
    expect(decode(first).answers).toMatchObject([{ name: 'now', data: [Buffer.from('now')] }]);
  });
});

describe('Server.drain()', () => {
  test('resolves at once when nothing is in flight', async () => {
    const subject = server(answering(() => EMPTY));
    await subject.serve(queryPacket('a.'), UDP);
    await subject.drain(5000);
    expect(subject.inFlight).toBe(0);
  });

  test('waits for every query in flight', async () => {
    const replies = [deferred<Reply>(), deferred<Reply>()];
    let next = 0;
    const subject = server(answering(() => replies[next++]!.promise));
    const pending = [subject.serve(queryPacket('a.'), UDP), subject.serve(queryPacket('b.'), UDP)];
    const order: string[] = [];
    const stopped = subject.drain(5000).then(() => order.push('stopped'));
    expect(subject.inFlight).toBe(2);
    replies[0]!.resolve(EMPTY);
    await pending[0];
    order.push('first');
    replies[1]!.reject(new Error('gone'));
    await pending[1];
    order.push('second');
    await stopped;
    expect(order).toEqual(['first', 'second', 'stopped']);
  });

  test('leaves no timer once the last query is answered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reply = deferred<Reply>();
    const subject = server(answering(() => reply.promise));
    const pending = subject.serve(queryPacket('a.'), UDP);
    const stopped = subject.drain(5000);
    expect(vi.getTimerCount()).toBe(1);
    reply.resolve(EMPTY);
    await Promise.all([pending, stopped]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('gives up after the grace, and what comes later is still a reply', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reply = deferred<Reply>();
    const subject = server(answering(() => reply.promise));
    const pending = subject.serve(queryPacket('a.'), UDP);
    let stopped = false;
    const stopping = subject.drain(20).then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(19);
    expect(stopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await stopping;
    expect(subject.inFlight).toBe(1);
    reply.resolve(EMPTY);
    expect(decode((await pending)!).flag_qr).toBe(true);
    expect(subject.inFlight).toBe(0);
  });
});

describe('Server: anything the network may send', () => {
  const txt = { type: 'TXT', ttl: 0, data: [Buffer.alloc(200, 'x')] };
  const subject = server(
    answering(query => ({
      ...EMPTY,
      answers: Array.from({ length: query.name.length % 12 }, () => ({ ...txt, name: query.name })),
      authorities: [
        {
          name: query.name,
          type: 'NS',
          ttl: 0,
          data: `ns.${query.name === '.' ? '' : query.name}`.slice(-60),
        },
      ],
      additionals: [{ ...txt, name: 'other.' }],
    })),
  );
  const seeds = [
    queryPacket('www.example.org'),
    queryPacket('www.example.org', { opt: { size: 4096, flags: 0x8000 } }),
    queryPacket('example.org', {
      opt: {
        size: 600,
        options: Buffer.concat([words(8, 7, 1), Buffer.of(24, 0, 192, 0, 2), words(14, 3, 1)]),
      },
    }),
    queryPacket([Buffer.from('a.b'), Buffer.of(0xff), Buffer.from('org')], { type: 65 }),
    Buffer.concat([
      words(1, 0, 1, 1, 1, 2),
      wireName('a'),
      words(1, 1),
      wireName('b'),
      words(13, 1, 0, 0, 4),
      Buffer.from('\x01a\x01b'),
      wireName(''),
      words(6, 1, 0, 0, 0),
      optRecord({}),
      wireName('k'),
      words(250, 255, 0, 0, 2, 0),
    ]),
  ];

  test('20,000 mutated packets: no throw, no reply longer than allowed, every reply well-formed', () => {
    const random = generator(1);
    const outcomes = { silent: 0, header: 0, full: 0 };
    const faults: string[] = [];
    for (let round = 0; round < 20_000; round++) {
      const packet = mutated(seeds[random(seeds.length)]!, random);
      const arrival = round % 2 === 0 ? UDP : TCP;
      const message = subject.serve(packet, arrival) as Buffer | undefined;
      if (message === undefined) outcomes.silent++;
      else if (message.length <= 14) outcomes.header++;
      else outcomes.full++;
      const fault = message && faultOf(packet, message, arrival);
      if (fault !== undefined) faults.push(`${fault}: ${packet.toString('hex')}`);
    }
    expect(faults).toEqual([]);
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(500);
  });

  test('packets of random octets behind a plausible header', () => {
    const random = generator(2);
    for (let round = 0; round < 5_000; round++) {
      const body = Buffer.from(Array.from({ length: random(80) }, () => random(256)));
      const packet = Buffer.concat([words(round, 0, 1, random(2), random(2), random(3)), body]);
      const message = subject.serve(packet, UDP) as Buffer;
      decode(message);
      expect(decode.bytes).toBe(message.length);
    }
  });

  test('packets full of options or names are bounded by their size', () => {
    const options = Buffer.concat(
      Array.from({ length: 500 }, () => Buffer.concat([words(8, 4, 1), Buffer.of(0, 0)])),
    );
    expect(subject.serve(queryPacket('a.', { opt: { options } }), UDP)).toBeInstanceOf(Buffer);
    const many = Buffer.concat(
      Array.from({ length: 6000 }, () => Buffer.concat([words(8, 4, 1), Buffer.of(0, 0)])),
    );
    expect(subject.serve(queryPacket('a.', { opt: { options: many } }), TCP)).toHaveLength(14);
  });
});

/** What is wrong with a reply, if anything. */
function faultOf(packet: Buffer, message: Buffer, { transport }: Arrival): string | undefined {
  const bare = transport === 'tcp' ? message.subarray(2) : message;
  const limit = transport === 'tcp' ? 65535 : packet.readUInt16BE(10) > 0 ? 1232 : 512;
  if (transport === 'tcp' && message.readUInt16BE(0) !== bare.length) return 'wrong length in front';
  if (bare.length > limit) return 'too long';
  if (bare.readUInt16BE(0) !== packet.readUInt16BE(0)) return 'wrong id';
  if (bare.readUInt16BE(2) < 0x8000) return 'no response';
  decode(bare);
  return decode.bytes === bare.length ? undefined : 'octets left over';
}

/** Integers below a bound, the same for the same seed (xorshift). */
function generator(seed: number): (bound: number) => number {
  let state = seed * 0x9e3779b9;
  return bound => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** Up to 4 changes: an octet, a bit, a cut, or octets more. */
function mutated(packet: Buffer, random: (bound: number) => number): Buffer {
  let copy = Buffer.from(packet);
  for (let changes = random(5); changes > 0 && copy.length > 0; changes--) {
    const at = random(copy.length);
    switch (random(5)) {
      case 0:
        copy[at] = random(256);
        break;
      case 1:
        copy[at] = copy[at]! ^ (1 << random(8));
        break;
      case 2:
        copy = copy.subarray(0, at);
        break;
      case 3:
        copy = Buffer.concat([copy, Buffer.from([random(256), random(256), random(256)])]);
        break;
      default:
        copy = Buffer.concat([copy.subarray(0, at), Buffer.of(random(256)), copy.subarray(at)]);
    }
  }
  return copy;
}
