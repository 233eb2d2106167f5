import { describe, expect, test } from 'vitest';
import { checkPacket } from '../../../harness/engine/wire/guard.ts';
import { optRecord, queryPacket, wireName, words } from './packets.ts';

const RECORD = Buffer.concat([wireName(''), words(16, 1, 0, 0, 0)]);

function packet(flags: number, counts: readonly [number, number, number, number], body: Buffer): Buffer {
  return Buffer.concat([words(1, flags, ...counts), body]);
}

const QUESTION = Buffer.concat([wireName('a.example.org'), words(1, 1)]);

describe('checkPacket()', () => {
  test.each<[string, Buffer, string]>([
    ['a plain query', queryPacket('a.example.org'), 'ok'],
    ['a query with OPT', queryPacket('a.example.org', { opt: {} }), 'ok'],
    ['a query for the root', queryPacket(''), 'ok'],
    ['OPT and TSIG', packet(0, [1, 0, 0, 2], Buffer.concat([QUESTION, optRecord({}), RECORD])), 'ok'],
    ['the SOA of an IXFR', packet(0, [1, 0, 1, 0], Buffer.concat([QUESTION, RECORD])), 'ok'],
    ['an empty packet', Buffer.alloc(0), 'drop'],
    ['a header cut short', queryPacket('a.example.org').subarray(0, 11), 'drop'],
    ['a response', queryPacket('a.example.org', { flags: 0x8180 }), 'drop'],
    ['a response with an unknown opcode', queryPacket('a.example.org', { flags: 0xf800 }), 'drop'],
    ['a response cut short behind its header', queryPacket('a', { flags: 0x8000 }).subarray(0, 12), 'drop'],
    ['NOTIFY', queryPacket('example.org', { flags: 4 << 11 }), 'notimp'],
    ['UPDATE', queryPacket('example.org', { flags: 5 << 11 }), 'notimp'],
    ['an unassigned opcode behind a bare header', packet(15 << 11, [0, 0, 0, 0], Buffer.alloc(0)), 'notimp'],
    ['no question', packet(0, [0, 0, 0, 0], QUESTION), 'formerr'],
    ['two questions', packet(0, [2, 0, 0, 0], Buffer.concat([QUESTION, QUESTION])), 'formerr'],
    ['a header alone', packet(0, [1, 0, 0, 0], Buffer.alloc(0)), 'formerr'],
    ['a question shorter than any', packet(0, [1, 0, 0, 0], Buffer.alloc(4)), 'formerr'],
    [
      'counts of 65,535 in a bare header',
      packet(0, [65535, 65535, 65535, 65535], Buffer.alloc(0)),
      'formerr',
    ],
    ['one question, 65,535 answers', packet(0, [1, 65535, 0, 0], QUESTION), 'formerr'],
    ['two answers', packet(0, [1, 2, 0, 0], Buffer.concat([QUESTION, RECORD, RECORD])), 'formerr'],
    ['two authorities', packet(0, [1, 0, 2, 0], Buffer.concat([QUESTION, RECORD, RECORD])), 'formerr'],
    [
      'three additionals',
      packet(0, [1, 0, 0, 3], Buffer.concat([QUESTION, RECORD, RECORD, RECORD])),
      'formerr',
    ],
    [
      'a record announced but missing',
      packet(0, [1, 0, 0, 1], Buffer.concat([wireName(''), words(1, 1)])),
      'formerr',
    ],
    ['4,096 octets', Buffer.concat([questionHeader(), Buffer.alloc(4096 - 12)]), 'ok'],
    ['4,097 octets', Buffer.concat([questionHeader(), Buffer.alloc(4097 - 12)]), 'formerr'],
  ])('answers %s with the right admission', (_, octets, expected) => {
    expect(checkPacket(octets)).toBe(expected);
  });

  test('refuses the 23 octets that dns-packet takes for 65,535 answers', () => {
    // An HINFO record cut short sends its decoder back to offset 0.
    const trap = packet(0, [0, 65535, 0, 0], Buffer.concat([wireName(''), words(13, 1, 0, 0, 0)]));
    expect(trap.length).toBe(23);
    expect(checkPacket(trap)).toBe('formerr');
  });
});

function questionHeader(): Buffer {
  return words(1, 0, 1, 0, 0, 0);
}
