import { decode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../harness/engine/plugin.ts';
import { parseQuery, type Request } from '../../../harness/engine/wire/query.ts';
import { composeHeader, composeReply, composeStatus } from '../../../harness/engine/wire/reply.ts';
import type { ResourceRecord } from '../../../harness/engine/zone/record.ts';
import { type QueryOptions, queryPacket, wireName, words } from './packets.ts';

const CLIENT = { address: '127.0.0.1', port: 5000 };

function request(
  name: string | readonly Buffer[],
  options: QueryOptions = {},
  transport: 'udp' | 'tcp' = 'udp',
): Request {
  return parseQuery(queryPacket(name, options), { client: CLIENT, transport, port: 53 })!;
}

function reply(parts: Partial<Reply> = {}): Reply {
  return { rcode: 'NOERROR', authoritative: true, answers: [], authorities: [], additionals: [], ...parts };
}

function a(name: string, data = '192.0.2.1', ttl = 3600): ResourceRecord {
  return { name, type: 'A', ttl, data };
}

function ns(name: string, data: string): ResourceRecord {
  return { name, type: 'NS', ttl: 3600, data };
}

/** What follows the question of a reply. */
function afterQuestion(asked: Request, message: Buffer): string {
  return message.subarray(asked.questionEnd).toString('hex');
}

describe('composeReply(): header and question', () => {
  test('repeats id, RD and CD, and sets QR and AA', () => {
    const message = composeReply(request('a.', { id: 0xbeef, flags: 0x0110 }), reply());
    expect(message.subarray(0, 4).toString('hex')).toBe('beef8510');
  });

  test('clears what a query must not set: AA, TC, RA, Z, AD, RCODE', () => {
    const message = composeReply(request('a.', { flags: 0x06ef & ~0x0100 }), reply({ authoritative: false }));
    expect(message.readUInt16BE(2)).toBe(0x8000);
  });

  test.each([
    ['NOERROR', 0],
    ['FORMERR', 1],
    ['SERVFAIL', 2],
    ['NXDOMAIN', 3],
    ['NOTIMP', 4],
    ['REFUSED', 5],
  ] as const)('writes %s as %i', (rcode, number) => {
    expect(composeReply(request('a.'), reply({ rcode })).readUInt16BE(2) & 0xf).toBe(number);
    expect(composeStatus(request('a.'), rcode).readUInt16BE(2) & 0xf).toBe(number);
    expect(composeHeader(queryPacket('a.'), rcode, 'udp').readUInt16BE(2) & 0xf).toBe(number);
  });

  test('repeats the question in the case and with the octets it came in', () => {
    const labels = [Buffer.from('wWw'), Buffer.of(0x00, 0x2e, 0xff, 0x5c), Buffer.from('ORG')];
    const asked = request(labels, { type: 65280, class: 3 });
    const message = composeReply(asked, reply());
    expect(message.subarray(12)).toEqual(Buffer.concat([wireName(labels), words(65280, 3)]));
    expect(message.subarray(4, 12)).toEqual(words(1, 0, 0, 0));
  });

  test('counts only what it writes, whatever the query counted', () => {
    const packet = Buffer.concat([words(1, 0, 1, 1, 1, 1), wireName('a'), words(1, 1), Buffer.alloc(33)]);
    const asked = parseQuery(packet, { client: CLIENT, transport: 'udp', port: 53 })!;
    expect(composeReply(asked, reply({ answers: [a('a.')] })).subarray(4, 12)).toEqual(words(1, 1, 0, 0));
  });
});

describe('composeHeader()', () => {
  test('answers with id, opcode and RD of the query and nothing else', () => {
    const message = composeHeader(queryPacket('a.', { id: 7, flags: 0x2ff0 }), 'NOTIMP', 'udp');
    expect(message).toEqual(words(7, 0xa904, 0, 0, 0, 0));
  });

  test('puts the length in front for TCP', () => {
    const message = composeHeader(queryPacket('a.', { id: 7 }), 'FORMERR', 'tcp');
    expect(message).toEqual(words(12, 7, 0x8101, 0, 0, 0, 0));
  });
});

describe('composeReply(): names', () => {
  test('points to the question for the name that was asked for', () => {
    const asked = request('Host1.Example.Org');
    const message = composeReply(asked, reply({ answers: [a('host1.example.org.', '192.0.2.7', 300)] }));
    expect(afterQuestion(asked, message)).toBe('c00c000100010000012c0004c0000207');
  });

  test('points to suffixes of the question and of names written before, in owners and in data', () => {
    const asked = request('www.example.org');
    const message = composeReply(
      asked,
      reply({
        authorities: [ns('example.org.', 'ns1.example.org.'), ns('example.org.', 'ns2.ns1.example.org.')],
        additionals: [a('ns1.example.org.')],
      }),
    );
    const head = '0002000100000e10';
    expect(afterQuestion(asked, message)).toBe(
      `c010${head}0006036e7331c010c010${head}0006036e7332c02dc02d0001000100000e100004c0000201`,
    );
  });

  test.each<[string, string, ResourceRecord]>([
    ['CNAME', 'c010', { name: 'a.', type: 'CNAME', ttl: 0, data: 'example.org.' }],
    ['PTR', 'c010', { name: 'a.', type: 'PTR', ttl: 0, data: 'example.org.' }],
    ['MX', '0005c010', { name: 'a.', type: 'MX', ttl: 0, data: { preference: 5, exchange: 'example.org.' } }],
  ])('compresses the data of %s', (_, expected, record) => {
    const asked = request('www.example.org');
    const message = composeReply(asked, reply({ answers: [record] }));
    expect(message.subarray(asked.questionEnd + 3 + 10).toString('hex')).toBe(expected);
  });

  test.each<[string, ResourceRecord]>([
    ['DNAME', { name: 'a.', type: 'DNAME', ttl: 0, data: 'example.org.' }],
    [
      'SRV',
      { name: 'a.', type: 'SRV', ttl: 0, data: { priority: 1, weight: 2, port: 3, target: 'example.org.' } },
    ],
    ['NSEC', { name: 'a.', type: 'NSEC', ttl: 0, data: { nextDomain: 'example.org.', rrtypes: ['A'] } }],
  ])('does not compress the data of %s', (_, record) => {
    const message = composeReply(request('www.example.org'), reply({ answers: [record] }));
    expect(message.indexOf(wireName('example.org'), 12 + 17 + 4)).toBeGreaterThan(0);
  });

  test('does not take the end of a label with a dot in it for a parent', () => {
    const asked = request([Buffer.from('a.example'), Buffer.from('org')]);
    const message = composeReply(asked, reply({ authorities: [ns('example.org.', 'ns.example.org.')] }));
    expect(message.subarray(asked.questionEnd, asked.questionEnd + 13)).toEqual(wireName('example.org'));
  });

  test('does not take the end of a longer label for a parent', () => {
    const asked = request('myexample.org');
    const message = composeReply(asked, reply({ authorities: [ns('example.org.', 'ns.example.org.')] }));
    expect(afterQuestion(asked, message).slice(0, 20)).toBe('076578616d706c65c016');
  });

  test('writes escapes as the octets they stand for, and finds the whole name again', () => {
    const asked = request('a.');
    const name = 'a\\.b\\\\\\000\\255.org.';
    const message = composeReply(asked, reply({ answers: [a(name), a(name)] }));
    const labels = wireName([Buffer.from([0x61, 0x2e, 0x62, 0x5c, 0, 0xff]), Buffer.from('org')]);
    const record = '0001000100000e100004c0000201';
    const pointer = words(0xc000 | asked.questionEnd).toString('hex');
    expect(afterQuestion(asked, message)).toBe(`${labels.toString('hex')}${record}${pointer}${record}`);
  });

  test('writes the root as one octet, and answers questions for it', () => {
    const asked = request('', { type: 2 });
    const message = composeReply(asked, reply({ answers: [ns('.', 'a.root.')] }));
    expect(afterQuestion(asked, message)).toBe('000002000100000e1000080161' + '04726f6f7400');
  });

  test('says the same as was put in, for any plain names', () => {
    const label = fc.constantFrom('a', 'b', 'www', 'example', 'org', 'x'.repeat(63));
    const name = fc.array(label, { minLength: 1, maxLength: 3 }).map(labels => `${labels.join('.')}.`);
    const records = fc.array(fc.tuple(name, name), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(name, records, (question, pairs) => {
        const answers = pairs.map(([owner, target]) => ns(owner, target));
        const message = composeReply(request(question, {}, 'tcp'), reply({ answers })).subarray(2);
        const decoded = decode(message).answers!.map(
          answer => answer.type === 'NS' && [`${answer.name}.`, `${answer.data}.`],
        );
        expect(decoded).toEqual(pairs);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('points to nothing beyond the reach of 14 bits', () => {
    const targets = Array.from({ length: 400 }, (_, index) => `${String(index).padStart(60, 'x')}.org.`);
    const answers = [...targets, ...targets].map(target => ns('a.', target));
    const message = composeReply(request('a.', {}, 'tcp'), reply({ answers })).subarray(2);
    expect(message.length).toBeGreaterThan(0x4000 * 2);
    const decoded = decode(message).answers!.map(answer => answer.type === 'NS' && `${answer.data}.`);
    expect(decoded).toEqual([...targets, ...targets]);
  });
});

describe('composeReply(): size', () => {
  const owner = 'www.example.org.';
  const answers = (count: number) =>
    Array.from({ length: count }, (_, index) => a(owner, `192.0.2.${index}`));
  const txt = (name: string, octets: number): ResourceRecord => ({
    name,
    type: 'TXT',
    ttl: 0,
    data: Array.from({ length: Math.ceil(octets / 250) }, () => Buffer.alloc(250, 't')),
  });

  test('fills a plain UDP reply up to 512 octets', () => {
    // 12 + 21 for header and question, 16 for each address: 29 fit (497 octets), 30 do not (513).
    const full = composeReply(request('www.example.org'), reply({ answers: answers(29) }));
    expect([full.length, decode(full).flag_tc, decode(full).answers?.length]).toEqual([497, false, 29]);
    const over = composeReply(request('www.example.org'), reply({ answers: answers(30) }));
    expect([over.length, decode(over).flag_tc, decode(over).answers?.length]).toEqual([33, true, 0]);
  });

  test.each([
    [0, 512],
    [100, 512],
    [700, 700],
    [1232, 1232],
    [4096, 1232],
    [65535, 1232],
  ])('with an offer of %i octets uses at most %i', (size, limit) => {
    const asked = request('www.example.org', { opt: { size } });
    const fitting = Math.floor((limit - 33 - 11) / 16);
    const full = composeReply(asked, reply({ answers: answers(fitting) }));
    expect([decode(full).flag_tc, full.length <= limit]).toEqual([false, true]);
    const over = composeReply(asked, reply({ answers: answers(fitting + 1) }));
    expect([decode(over).flag_tc, over.length]).toEqual([true, 44]);
    expect(decode(over).additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
  });

  test('keeps the RRsets before the one that does not fit', () => {
    const message = composeReply(
      request('www.example.org'),
      reply({
        answers: [{ name: owner, type: 'CNAME', ttl: 0, data: 'b.' }, txt('b.', 600)],
        authorities: [ns('org.', 'b.')],
      }),
    );
    const decoded = decode(message);
    expect([decoded.flag_tc, decoded.answers?.map(record => record.type), decoded.authorities]).toEqual([
      true,
      ['CNAME'],
      [],
    ]);
  });

  test('says TC when an authority does not fit', () => {
    const decoded = decode(
      composeReply(request('www.example.org'), reply({ answers: answers(1), authorities: [txt('b.', 600)] })),
    );
    expect([decoded.flag_tc, decoded.answers?.length, decoded.authorities]).toEqual([true, 1, []]);
  });

  test('leaves additional RRsets out silently', () => {
    const additionals = [a('b.'), txt('c.', 600)];
    const decoded = decode(
      composeReply(request('www.example.org'), reply({ answers: answers(1), additionals })),
    );
    expect([decoded.flag_tc, decoded.answers?.length, decoded.additionals?.length]).toEqual([false, 1, 1]);
  });

  test('says TC when the glue of a referral does not fit', () => {
    const message = composeReply(
      request('www.example.org'),
      reply({
        authoritative: false,
        authorities: [ns(owner, 'ns.www.example.org.')],
        additionals: [txt('ns.www.example.org.', 600)],
      }),
    );
    const decoded = decode(message);
    expect([decoded.flag_tc, decoded.authorities?.length, decoded.additionals]).toEqual([true, 1, []]);
  });

  test('fills a TCP reply up to 65,535 octets', () => {
    const fitting = Math.floor((65535 - 33) / 16);
    const full = composeReply(
      request('www.example.org', {}, 'tcp'),
      reply({ answers: answers(fitting).map(r => ({ ...r, data: '192.0.2.1' })) }),
    );
    expect(full.readUInt16BE(0)).toBe(full.length - 2);
    expect(full.readUInt16BE(2 + 6)).toBe(fitting);
    const over = composeReply(
      request('www.example.org', {}, 'tcp'),
      reply({ answers: answers(fitting + 1).map(r => ({ ...r, data: '192.0.2.1' })) }),
    );
    expect([over.length, over.readUInt16BE(2 + 2) & 0x0200]).toEqual([35, 0x0200]);
  });

  test('leaves out a record that alone is longer than any message', () => {
    const answers = [{ name: owner, type: 'TYPE65280', ttl: 0, data: Buffer.alloc(65535) }];
    const message = composeReply(request('www.example.org', {}, 'tcp'), reply({ answers }));
    expect([message.length, message.readUInt16BE(2 + 2) & 0x0200]).toEqual([35, 0x0200]);
  });

  test('gives every reply memory of its own', () => {
    const asked = request('www.example.org');
    const first = composeReply(asked, reply({ answers: [a(owner, '192.0.2.1')] }));
    const before = first.toString('hex');
    composeReply(asked, reply({ answers: [a(owner, '192.0.2.2')] }));
    expect(first.toString('hex')).toBe(before);
  });
});

describe('composeReply(): EDNS', () => {
  test('adds no OPT record unasked', () => {
    expect(decode(composeReply(request('a.'), reply())).additionals).toEqual([]);
  });

  test('repeats DO, ignores options and offers 1,232 octets', () => {
    const asked = request('a.', { opt: { size: 4096, flags: 0xffff, options: words(10, 2, 7) } });
    const message = composeReply(asked, reply({ additionals: [a('b.')] }));
    expect(decode(message).additionals).toHaveLength(2);
    expect(message.subarray(-11).toString('hex')).toBe('00002904d0000080000000');
  });

  test('tells BADVERS in both halves of the extended code', () => {
    const asked = request('a.', { opt: { version: 1 } });
    const message = composeStatus(asked, 'BADVERS');
    expect(message.readUInt16BE(2) & 0xf).toBe(0);
    expect(message.subarray(-11).toString('hex')).toBe('00002904d0010000000000');
  });
});
