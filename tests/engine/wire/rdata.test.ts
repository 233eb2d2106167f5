import { decode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../harness/engine/wire/query.ts';
import { composeReply } from '../../../harness/engine/wire/reply.ts';
import type { RecordData } from '../../../harness/engine/zone/record.ts';
import { queryPacket, wireName, words } from './packets.ts';

const ARRIVAL = { client: { address: '127.0.0.1', port: 1 }, transport: 'tcp', port: 53 } as const;

/** The reply, without TCP's length, to a query that this record answers. */
function compose(type: string, data: RecordData, ttl = 60): Buffer {
  const request = parseQuery(queryPacket('a.'), ARRIVAL)!;
  const answers = [{ name: 'a.', type, ttl, data }];
  return composeReply(request, {
    rcode: 'NOERROR',
    authoritative: true,
    answers,
    authorities: [],
    additionals: [],
  }).subarray(2);
}

/** The data octets of the only record, its stated length checked. */
function octetsOf(type: string, data: RecordData): Buffer {
  const message = compose(type, data);
  const start = 12 + 7 + 2 + 8;
  expect(message.readUInt16BE(start)).toBe(message.length - start - 2);
  return message.subarray(start + 2);
}

describe('writeData()', () => {
  test.each<[string, RecordData, unknown]>([
    ['A', '192.0.2.255', '192.0.2.255'],
    ['AAAA', '2001:db8::1', '2001:db8::1'],
    ['NS', 'ns.example.org.', 'ns.example.org'],
    ['CNAME', 'www.a.', 'www.a'],
    ['PTR', '.', '.'],
    ['DNAME', 'example.org.', 'example.org'],
    [
      'SOA',
      { mname: 'ns.a.', rname: 'admin.a.', serial: 4294967295, refresh: 1, retry: 2, expire: 3, minimum: 4 },
      { mname: 'ns.a', rname: 'admin.a', serial: 4294967295, refresh: 1, retry: 2, expire: 3, minimum: 4 },
    ],
    ['MX', { preference: 65535, exchange: 'mx.a.' }, { preference: 65535, exchange: 'mx.a' }],
    [
      'SRV',
      { priority: 1, weight: 2, port: 443, target: 'b.a.' },
      { priority: 1, weight: 2, port: 443, target: 'b.a' },
    ],
    [
      'TXT',
      [Buffer.from('one'), Buffer.alloc(0), Buffer.of(0xff)],
      [Buffer.from('one'), Buffer.alloc(0), Buffer.of(0xff)],
    ],
    [
      'CAA',
      { flags: 128, tag: 'issue', value: 'ca.example' },
      { flags: 128, tag: 'issue', value: 'ca.example', issuerCritical: true },
    ],
    [
      'NAPTR',
      {
        order: 1,
        preference: 2,
        flags: 'u',
        services: 'E2U+sip',
        regexp: '!^.*$!sip:a@b!',
        replacement: 'b.a.',
      },
      {
        order: 1,
        preference: 2,
        flags: 'u',
        services: 'E2U+sip',
        regexp: '!^.*$!sip:a@b!',
        replacement: 'b.a',
      },
    ],
    [
      'TLSA',
      { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.alloc(32, 7) },
      { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.alloc(32, 7) },
    ],
    [
      'SSHFP',
      { algorithm: 4, hash: 2, fingerprint: 'ab'.repeat(32) },
      { algorithm: 4, hash: 2, fingerprint: 'AB'.repeat(32) },
    ],
    [
      'DS',
      { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32, 9) },
      { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32, 9) },
    ],
    [
      'DNSKEY',
      { flags: 257, algorithm: 13, key: Buffer.alloc(64, 5) },
      { flags: 257, algorithm: 13, key: Buffer.alloc(64, 5) },
    ],
    [
      'RRSIG',
      {
        typeCovered: 'A',
        algorithm: 13,
        labels: 2,
        originalTTL: 60,
        expiration: 4294967295,
        inception: 1,
        keyTag: 7,
        signersName: 'a.',
        signature: Buffer.alloc(64, 3),
      },
      {
        typeCovered: 'A',
        algorithm: 13,
        labels: 2,
        originalTTL: 60,
        expiration: 4294967295,
        inception: 1,
        keyTag: 7,
        signersName: 'a',
        signature: Buffer.alloc(64, 3),
      },
    ],
    [
      'NSEC',
      { nextDomain: 'b.a.', rrtypes: ['A', 'RRSIG', 'NSEC', 'HTTPS', 'CAA', 'TYPE65280'] },
      { nextDomain: 'b.a', rrtypes: ['A', 'RRSIG', 'NSEC', 'UNKNOWN_65', 'CAA', 'UNKNOWN_65280'] },
    ],
  ])('writes %s as dns-packet reads it', (type, data, expected) => {
    expect(decode(compose(type, data)).answers).toMatchObject([
      { name: 'a', type, ttl: 60, class: 'IN', data: expected },
    ]);
    octetsOf(type, data);
  });

  test.each<[string, number, Buffer]>([
    ['HTTPS', 65, Buffer.concat([words(1), wireName('svc.example.org')])],
    ['SVCB', 64, words(0)],
    ['TYPE65280', 65280, Buffer.of(1, 2, 3)],
    ['TYPE65281', 65281, Buffer.alloc(0)],
    ['HINFO', 13, Buffer.from('\x01a\x01b')],
    ['A', 1, Buffer.of(192, 0, 2, 1)],
  ])('writes %s with opaque data as it is', (type, number, data) => {
    expect(octetsOf(type, data)).toEqual(data);
    expect(compose(type, data).readUInt16BE(12 + 7 + 2)).toBe(number);
  });

  test('writes escapes in names inside data', () => {
    const data = {
      mname: 'n\\.s.org.',
      rname: 'first\\.last.org.',
      serial: 1,
      refresh: 1,
      retry: 1,
      expire: 1,
      minimum: 1,
    };
    const names = [
      wireName([Buffer.from('n.s'), Buffer.from('org')]),
      wireName([Buffer.from('first.last'), Buffer.from('org')]),
    ];
    expect(octetsOf('SOA', data).subarray(0, -20)).toEqual(Buffer.concat(names));
    expect(octetsOf('NS', '\\255\\000.')).toEqual(Buffer.of(2, 255, 0, 0));
  });

  test('writes any address', () => {
    fc.assert(
      fc.property(fc.ipV4(), address => {
        expect([...octetsOf('A', address)].join('.')).toBe(address);
      }),
      { seed: 1 },
    );
    fc.assert(
      fc.property(fc.ipV6(), address => {
        const written = octetsOf('AAAA', address);
        expect(written).toHaveLength(16);
        expect(textOf(written)).toBe(new URL(`http://[${address}]`).hostname.slice(1, -1));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('leaves the data it is given as it was', () => {
    const strings = Object.freeze([Buffer.from('a')]);
    const caa = Object.freeze({ flags: 0, tag: 'issue', value: ';' });
    octetsOf('TXT', strings);
    octetsOf('CAA', caa);
    expect([strings, caa]).toEqual([[Buffer.from('a')], { flags: 0, tag: 'issue', value: ';' }]);
  });

  test.each<[string, RecordData]>([
    ['A', '300.1.1.1'],
    ['A', '1.2.3'],
    ['A', '::1'],
    ['A', ''],
    ['AAAA', '192.0.2.1'],
    ['AAAA', 'fe80::1%eth0'],
    ['AAAA', '1::2::3'],
    ['NS', 'relative'],
    ['NS', ''],
    ['NS', 'a..b.'],
    ['NS', `${'a'.repeat(64)}.`],
    ['NS', `${'a.'.repeat(127)}a.`],
    ['NS', 'bad\\99.'],
    ['NS', `${'\\255'.repeat(64)}.`],
    ['DNAME', 'a..b.'],
    ['DNAME', 'relative'],
    ['SRV', { priority: 1, weight: 1, port: 1, target: `${'a'.repeat(256)}.` }],
    ['MX', { preference: 65536, exchange: 'a.' }],
    ['MX', { preference: -1, exchange: 'a.' }],
    ['SOA', { mname: 'a.', rname: 'a.', serial: 4294967296, refresh: 1, retry: 1, expire: 1, minimum: 1 }],
    ['TXT', []],
    ['TXT', [Buffer.alloc(256)]],
    ['TXT', Array.from({ length: 300 }, () => Buffer.alloc(255))],
    ['CAA', { flags: 256, tag: 'issue', value: '' }],
    ['CAA', { flags: 0, tag: 'x'.repeat(256), value: '' }],
    ['CAA', { flags: 0, tag: 'issue', value: 'x'.repeat(65535) }],
    [
      'NAPTR',
      { order: 1, preference: 1, flags: '', services: '', regexp: 'x'.repeat(256), replacement: '.' },
    ],
    ['SSHFP', { algorithm: 1, hash: 1, fingerprint: 'xyz' }],
    ['SSHFP', { algorithm: 256, hash: 1, fingerprint: 'ab' }],
    ['TLSA', { usage: 256, selector: 0, matchingType: 0, certificate: Buffer.alloc(1) }],
    ['DS', { keyTag: 65536, algorithm: 1, digestType: 1, digest: Buffer.alloc(1) }],
    ['DNSKEY', { flags: 257, algorithm: 13, key: Buffer.alloc(65535) }],
    [
      'RRSIG',
      {
        typeCovered: 'NOPE',
        algorithm: 1,
        labels: 1,
        originalTTL: 1,
        expiration: 1,
        inception: 1,
        keyTag: 1,
        signersName: 'a.',
        signature: Buffer.alloc(1),
      },
    ],
    ['NSEC', { nextDomain: 'a.', rrtypes: ['NOPE'] }],
    ['HTTPS', '1 . alpn=h2'],
    ['TYPE65280', Buffer.alloc(65536)],
    ['NOPE', Buffer.alloc(1)],
  ])('refuses %s with data that cannot be encoded: %#', (type, data) => {
    expect(() => compose(type, data)).toThrow();
  });

  test('refuses a TTL and an owner that cannot be encoded', () => {
    expect(() => compose('A', '192.0.2.1', 2 ** 32)).toThrow(RangeError);
    expect(() => compose('A', '192.0.2.1', -1)).toThrow(RangeError);
  });
});

/** An IPv6 address as the URL standard writes it. */
function textOf(octets: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => octets.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
