import { expect, test } from 'vitest';
import { findType, isMetaType, typeName, typeNumber } from '../../../harness/engine/zone/types.ts';

test.each([
  ['A', 1],
  ['NS', 2],
  ['CNAME', 5],
  ['SOA', 6],
  ['PTR', 12],
  ['MX', 15],
  ['TXT', 16],
  ['AAAA', 28],
  ['SRV', 33],
  ['NAPTR', 35],
  ['DNAME', 39],
  ['OPT', 41],
  ['DS', 43],
  ['SSHFP', 44],
  ['RRSIG', 46],
  ['NSEC', 47],
  ['DNSKEY', 48],
  ['NSEC3', 50],
  ['NSEC3PARAM', 51],
  ['TLSA', 52],
  ['SVCB', 64],
  ['HTTPS', 65],
  ['IXFR', 251],
  ['AXFR', 252],
  ['ANY', 255],
  ['CAA', 257],
])('%s is %i', (name, number) => {
  expect(typeNumber(name)).toBe(number);
  expect(typeName(number)).toBe(name);
});

test('every number has a name that leads back to it', () => {
  for (let number = 0; number <= 0xffff; number += 1) {
    if (typeNumber(typeName(number)) !== number) expect.fail(`${number} became ${typeName(number)}`);
  }
});

test('a number in place of a mnemonic is known for what it is', () => {
  expect(findType('type1')).toBe(1);
  expect(typeName(typeNumber('TYPE65'))).toBe('HTTPS');
  expect(typeName(65_280)).toBe('TYPE65280');
});

test('what names no type is refused', () => {
  for (const text of ['', 'FOO', 'TYPE', 'TYPE65536', 'TYPE-1', 'TYPE1x']) {
    expect(findType(text)).toBeUndefined();
    expect(() => typeNumber(text)).toThrow(RangeError);
  }
});

test('types of queries and of the transport are no data', () => {
  expect(['OPT', 'ANY', 'AXFR', 'IXFR', 'TSIG', 'TYPE0'].map(typeNumber).every(isMetaType)).toBe(true);
  expect(['A', 'CAA', 'HTTPS', 'TYPE256', 'TYPE65280'].map(typeNumber).some(isMetaType)).toBe(false);
});
