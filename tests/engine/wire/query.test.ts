import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrival, detach, parseQuery } from '../../../harness/engine/wire/query.ts';
import { labelsToName, nameToWire } from '../../../harness/engine/zone/name.ts';
import { optRecord, queryPacket, wireName, words } from './packets.ts';

const ARRIVAL: Arrival = { client: { address: '127.0.0.1', port: 5000 }, transport: 'udp', port: 53 };

function parsedName(name: string | readonly Buffer[]): string | undefined {
  return parseQuery(queryPacket(name), ARRIVAL)?.query.name;
}

describe('parseQuery()', () => {
  test('gives the question and where it came from', () => {
    const request = parseQuery(queryPacket('WWW.Example.ORG', { type: 28, class: 3 }), ARRIVAL);
    expect(request?.query).toEqual({
      name: 'www.example.org.',
      type: 'AAAA',
      class: 'CH',
      dnssecOk: false,
      transport: 'udp',
      client: { address: '127.0.0.1', port: 5000 },
      port: 53,
    });
    expect(request?.questionEnd).toBe(12 + 17 + 4);
    expect(request?.edns).toBeUndefined();
  });

  test.each([
    [65, 'HTTPS'],
    [255, 'ANY'],
    [65280, 'TYPE65280'],
    [0, 'TYPE0'],
  ])('names type %i %s', (type, name) => {
    expect(parseQuery(queryPacket('a.', { type }), ARRIVAL)?.query.type).toBe(name);
  });

  test.each([
    [1, 'IN'],
    [4, 'HS'],
    [255, 'ANY'],
    [2, 'CLASS2'],
    [0x8001, 'CLASS32769'],
  ])('names class %i %s', (number, name) => {
    expect(parseQuery(queryPacket('a.', { class: number }), ARRIVAL)?.query.class).toBe(name);
  });

  test.each<[string, readonly Buffer[], string]>([
    ['the root', [], '.'],
    ['a dot inside a label', [Buffer.from('a.b'), Buffer.from('org')], 'a\\.b.org.'],
    ['a backslash', [Buffer.from('a\\b'), Buffer.from('org')], 'a\\\\b.org.'],
    ['a space', [Buffer.from('a b')], 'a\\032b.'],
    ['a zero octet', [Buffer.of(0), Buffer.from('org')], '\\000.org.'],
    ['octets that are no UTF-8', [Buffer.of(0xff, 0x80), Buffer.from('org')], '\\255\\128.org.'],
    ['octets that are UTF-8', [Buffer.from('é')], '\\195\\169.'],
    [
      'octets that look like lengths',
      [Buffer.of(3, 1, 2, 3), Buffer.from('org')],
      '\\003\\001\\002\\003.org.',
    ],
    [
      'a label of 46 octets, the length being a dot',
      [Buffer.alloc(46, 'x'), Buffer.from('ORG')],
      `${'x'.repeat(46)}.org.`,
    ],
    ['a label of 48 octets, the length being a digit', [Buffer.alloc(48, 'x')], `${'x'.repeat(48)}.`],
    ['a label of 63 octets', [Buffer.alloc(63, 'X')], `${'x'.repeat(63)}.`],
    ['a wildcard', [Buffer.from('*'), Buffer.from('Org')], '*.org.'],
  ])('reads %s', (_, labels, expected) => {
    expect(parsedName(labels)).toBe(expected);
  });

  test('reads any labels as the zone files do, and back to the same octets', () => {
    const label = fc
      .uint8Array({ minLength: 1, maxLength: 63, size: 'max' })
      .map(octets => Buffer.from(octets));
    const labels = fc.array(label, { maxLength: 3 });
    fc.assert(
      fc.property(labels, octets => {
        const name = parsedName(octets);
        expect(name).toBe(labelsToName(octets));
        expect(nameToWire(name!).toString('latin1')).toBe(lowerCase(wireName(octets)));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('reads plain labels of any length in any case', () => {
    const character = fc.constantFrom('a', 'b', 'X', 'Z', '0', '9', '-', '_', '*', '/', '+', '=');
    const label = fc.string({ unit: character, minLength: 1, maxLength: 63, size: 'max' });
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), labels => {
        expect(parsedName(labels.map(text => Buffer.from(text)))).toBe(`${labels.join('.').toLowerCase()}.`);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test.each<[string, Buffer]>([
    ['a compression pointer', Buffer.concat([header(0), Buffer.of(0xc0, 0x0c), words(1, 1, 0)])],
    ['a pointer into the header', Buffer.concat([header(0), Buffer.of(1, 0x61, 0xc0, 0x02), words(1, 1)])],
    ['a reserved label type', Buffer.concat([header(0), Buffer.of(0x41, 0x61, 0), words(1, 1)])],
    ['a name that never ends', Buffer.concat([header(0), Buffer.of(5, 0x61, 0x62, 0x63, 0x64)])],
    ['a name of 256 octets', queryPacket([63, 63, 63, 62].map(size => Buffer.alloc(size, 'a')))],
    ['no type', Buffer.concat([header(0), wireName('example.org')])],
    ['half a class', Buffer.concat([header(0), wireName('example.org'), Buffer.of(0, 1, 0)])],
    ['two OPT records', withAdditionals(optRecord({}), optRecord({}))],
    [
      'an OPT record that is not at the root',
      withAdditionals(Buffer.concat([wireName('a'), optRecord({}).subarray(1)])),
    ],
    [
      'OPT data that ends outside the packet',
      withAdditionals(optRecord({ options: words(10, 8, 0, 0, 0, 0) }).subarray(0, -4)),
    ],
    [
      'an additional record that is cut short',
      withAdditionals(Buffer.concat([wireName(''), words(13, 1, 0, 0, 0)])),
    ],
    [
      'unknown data that ends outside the packet',
      withAdditionals(Buffer.concat([wireName(''), words(65280, 1, 0, 0, 9, 1)])),
    ],
  ])('refuses %s', (_, packet) => {
    expect(parseQuery(packet, ARRIVAL)).toBeUndefined();
  });

  test('accepts a name of 255 octets', () => {
    expect(parsedName([63, 63, 63, 61].map(size => Buffer.alloc(size, 'a')))).toHaveLength(254);
  });
});

describe('parseQuery() and EDNS', () => {
  test('reads size, version and the DO bit', () => {
    const request = parseQuery(
      queryPacket('a.', { opt: { size: 1400, version: 3, flags: 0x8000 } }),
      ARRIVAL,
    );
    expect(request?.edns).toEqual({ version: 3, udpSize: 1400, dnssecOk: true });
    expect(request?.query.dnssecOk).toBe(true);
  });

  test('finds OPT behind another record', () => {
    const other = Buffer.concat([wireName('key'), words(65280, 255, 0, 0, 2, 7)]);
    expect(parseQuery(withAdditionals(other, optRecord({ size: 700 })), ARRIVAL)?.edns?.udpSize).toBe(700);
  });

  test.each<[string, Buffer]>([
    ['cookie', words(10, 8, 1, 2, 3, 4)],
    ['client subnet', Buffer.concat([words(8, 7, 1), Buffer.of(24, 0, 192, 0, 2)])],
    ['keepalive', words(11, 0)],
    ['padding', Buffer.concat([words(12, 300), Buffer.alloc(300)])],
    ['an unknown option', words(65001, 2, 9)],
    ['several', Buffer.concat([words(3, 0), words(10, 8, 1, 2, 3, 4), words(65001, 2, 9)])],
  ])('ignores options: %s', (_, options) => {
    expect(parseQuery(queryPacket('a.', { opt: { options } }), ARRIVAL)?.edns?.udpSize).toBe(4096);
  });
});

describe('detach()', () => {
  test('keeps the header and question but not the buffer they came in', () => {
    const received = Buffer.alloc(65536);
    const length = queryPacket('a.example.org', { opt: {} }).copy(received);
    const request = parseQuery(received.subarray(0, length), ARRIVAL)!;
    const detached = detach(request);
    received.fill(0xff);
    expect(detached.packet.buffer).not.toBe(received.buffer);
    expect(detached.packet).toEqual(
      queryPacket('a.example.org', { opt: {} }).subarray(0, request.questionEnd),
    );
    expect(detached.query).toBe(request.query);
  });
});

function header(additionals: number): Buffer {
  return words(1, 0x0100, 1, 0, 0, additionals);
}

function withAdditionals(...records: Buffer[]): Buffer {
  return Buffer.concat([header(records.length), wireName('example.org'), words(1, 1), ...records]);
}

function lowerCase(octets: Buffer): string {
  return octets.toString('latin1').replace(/[A-Z]/g, letter => letter.toLowerCase());
}
