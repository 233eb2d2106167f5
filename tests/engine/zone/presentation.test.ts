import { record as wireOf } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsToName } from '../../../harness/engine/zone/name.ts';
import { formatData, formatRecord } from '../../../harness/engine/zone/presentation.ts';
import { decodeData } from '../../../harness/engine/zone/rdata/read.ts';
import type { RecordData } from '../../../harness/engine/zone/record.ts';
import { contentOf, dataOf } from './support.ts';

const uint8 = fc.integer({ min: 0, max: 255 });
const uint16 = fc.integer({ min: 0, max: 65_535 });
const uint31 = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const octets = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength, size: 'max' }).map(array => Buffer.from(array));
const anyName = fc.array(octets(1, 10), { maxLength: 5 }).map(labelsToName);
const plainName = fc
  .array(fc.stringMatching(/^[a-z0-9-]{1,10}$/), { minLength: 1, maxLength: 4 })
  .map(labels => `${labels.join('.')}.`);
const text = fc.string({ maxLength: 60, unit: 'grapheme' });
const types = fc
  .subarray(['A', 'NS', 'MX', 'TXT', 'AAAA', 'RRSIG', 'NSEC', 'CAA', 'TYPE65280'])
  .map(all => [...all]);

/** Data of every type with a notation; `name` is what names are made of. */
function dataArbitraries(name: fc.Arbitrary<string>): { readonly [type: string]: fc.Arbitrary<RecordData> } {
  return {
    A: fc.ipV4(),
    AAAA: octets(16, 16).map(address => decodeData('AAAA', address) as string),
    NS: name,
    CNAME: name,
    PTR: name,
    DNAME: name,
    SOA: fc.record({
      mname: name,
      rname: name,
      serial: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      refresh: uint31,
      retry: uint31,
      expire: uint31,
      minimum: uint31,
    }),
    MX: fc.record({ preference: uint16, exchange: name }),
    TXT: fc.array(octets(0, 255), { minLength: 1, maxLength: 4 }),
    SRV: fc.record({ priority: uint16, weight: uint16, port: uint16, target: name }),
    CAA: fc.record({ flags: uint8, tag: fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/), value: text }),
    NAPTR: fc.record({
      order: uint16,
      preference: uint16,
      flags: text,
      services: text,
      regexp: text,
      replacement: name,
    }),
    TLSA: fc.record({ usage: uint8, selector: uint8, matchingType: uint8, certificate: octets(1, 40) }),
    SSHFP: fc.constantFrom({ hash: 1, length: 20 }, { hash: 2, length: 32 }).chain(({ hash, length }) =>
      fc.record({
        algorithm: uint8,
        hash: fc.constant(hash),
        fingerprint: octets(length, length).map(print => print.toString('hex')),
      }),
    ),
    DS: fc.record({ keyTag: uint16, algorithm: uint8, digestType: uint8, digest: octets(1, 40) }),
    DNSKEY: fc.record({ flags: uint16, algorithm: uint8, key: octets(1, 80) }),
    RRSIG: fc.record({
      typeCovered: fc.constantFrom('A', 'SOA', 'TYPE65280'),
      algorithm: uint8,
      labels: uint8,
      originalTTL: uint31,
      expiration: uint32,
      inception: uint32,
      keyTag: uint16,
      signersName: name,
      signature: octets(1, 80),
    }),
    NSEC: fc.record({ nextDomain: name, rrtypes: types }),
  };
}

describe('data in presentation form is read back the same', () => {
  const withOctets = { TYPE65280: octets(0, 40), HINFO: octets(0, 40) };
  test.each(Object.entries({ ...dataArbitraries(anyName), ...withOctets }))('%s', (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, data => {
        const line = `x ${type} ${formatData({ type, data })}`;
        expect(type === 'SOA' ? contentOf(line.replace('x', '@')).soa.data : dataOf(line)).toEqual(data);
      }),
      { seed: 5, numRuns: 100 },
    );
  });
});

describe('data that dns-packet encoded is decoded the same', () => {
  test.each(Object.entries(dataArbitraries(plainName)))('%s', (type, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, data => {
        const encoded = wireOf(type as 'A')
          .encode(forDnsPacket(data))
          .subarray(2);
        expect(decodeData(type, encoded)).toEqual(data);
        expect(decodeData(type, encoded.subarray(0, -1))).not.toEqual(data);
      }),
      { seed: 6, numRuns: 100 },
    );
  });

  /** Its own spellings: NSEC and RRSIG take `UNKNOWN_n`. */
  function forDnsPacket(data: RecordData): never {
    return JSON.parse(JSON.stringify(data).replaceAll('"TYPE65280"', '"UNKNOWN_65280"'), (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data) : value,
    ) as never;
  }
});

test('octets without a notation of their own are written by length', () => {
  expect(formatData({ type: 'TYPE65280', data: Buffer.from('abcd', 'hex') })).toBe('\\# 2 abcd');
  expect(formatData({ type: 'TYPE65280', data: Buffer.alloc(0) })).toBe('\\# 0');
  expect(() => formatData({ type: 'TYPE65280', data: 'text' })).toThrow(TypeError);
});

test('a record is written on one line', () => {
  const record = { name: 'a.', type: 'TXT', ttl: 5, data: [Buffer.from('x\ny"')] };
  expect(formatRecord(record)).toBe('a.\t5\tIN\tTXT\t"x\\010y\\""');
});
