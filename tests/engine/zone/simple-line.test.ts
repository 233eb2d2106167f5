import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContentBuilder } from '../../../harness/engine/zone/content-builder.ts';
import { initialContext } from '../../../harness/engine/zone/entry-context.ts';
import { parseMasterFile, ZoneFileError } from '../../../harness/engine/zone/master-file.ts';
import { takeSimpleLines } from '../../../harness/engine/zone/simple-line.ts';
import { HEAD, ORIGIN } from './support.ts';

function taken(text: string): number {
  return takeSimpleLines(
    text,
    0,
    { ...initialContext(ORIGIN), ttl: 60, owner: 'before.' },
    new ContentBuilder(ORIGIN),
  );
}

test.each([
  'a A 192.0.2.1\n',
  'a.b.example.org. IN A 192.0.2.1',
  '* 60 A 192.0.2.1\r\n',
  '@ IN 60 AAAA 2001:DB8::1\n',
  '\t60 IN NS ns1.Example.COM.\n',
  '_x._tcp \t CNAME\tb \n',
  '10 PTR host\n',
])('%j is taken as a whole', line => {
  expect(taken(line)).toBe(line.length);
  expect(taken(line.repeat(3))).toBe(line.length * (/\n/.test(line) ? 3 : 0));
});

test.each([
  '',
  '; comment\n',
  'A A 192.0.2.1\n',
  'a A 192.0.2.1 ; comment\n',
  'a A 192.0.2.256\n',
  'a A 192.0.2.1 x\n',
  'a CH A 192.0.2.1\n',
  'a in A 192.0.2.1\n',
  'a 1h A 192.0.2.1\n',
  'a..b A 192.0.2.1\n',
  'a NS b..c\n',
  'a AAAA 1::2::3\n',
  'a MX 10 b\n',
  'a CNAME (b)\n',
  'a CNAME\nb A 192.0.2.1\n',
  '$ORIGIN a\n',
  'a\\.b A 192.0.2.1\n',
  `${'a'.repeat(64)} A 192.0.2.1\n`,
])('%j is left to the scanner', line => {
  expect(taken(line)).toBe(0);
});

test('lines are taken up to the first that is not simple', () => {
  const simple = 'a A 192.0.2.1\nb CNAME a\n';
  expect(taken(`${simple}c TXT x\n${simple}`)).toBe(simple.length);
});

const owner = fc.constantFrom(
  '',
  '@',
  'a',
  'www',
  '*',
  'a.b',
  'x-1._tcp',
  'a.example.org.',
  'b.example.com.',
  'Up',
  '60',
  'in',
  'a..b',
  'é',
  'x'.repeat(63),
  'x'.repeat(64),
  '.',
  'a\\.b',
  `${'y'.repeat(50)}.${'z'.repeat(50)}`,
);
const ttl = fc.constantFrom('', '', '0', '60', '999999999', '2147483648', '1h');
const rrClass = fc.constantFrom('', 'IN', 'in', 'CH');
const type = fc.constantFrom('A', 'AAAA', 'NS', 'CNAME', 'PTR', 'TXT', 'DNAME', 'a');
const value = fc.constantFrom(
  '192.0.2.1',
  '192.0.2.256',
  '01.2.3.4',
  '1.2.3.4.5',
  '2001:DB8::1',
  '1::2::3',
  '::ffff:1.2.3.4',
  'host',
  'Host.Example.COM.',
  '@',
  '.',
  'a..b',
  'a:b',
  'x'.repeat(64),
  '"x"',
  'a b',
  '',
);
const blank = fc.constantFrom(' ', '\t', '  ');
const line = fc
  .tuple(owner, ttl, rrClass, fc.boolean(), type, value, blank)
  .map(([name, seconds, cls, swap, kind, data, gap]) => {
    const middle = (swap ? [cls, seconds] : [seconds, cls]).filter(word => word !== '');
    return [name, ...middle, kind, data].join(gap);
  });

function outcomeOf(text: string) {
  try {
    return parseMasterFile({ text, origin: ORIGIN, path: 'db' });
  } catch (error) {
    if (error instanceof ZoneFileError) return error.message;
    throw error;
  }
}

test('simple lines and the scanner read every line alike', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(HEAD, '@ 60 SOA ns host 7 1 1 1 1\n', '@ IN SOA ns host 7 1 1 1 1\n'),
      fc.array(line, { maxLength: 4 }),
      (head, lines) => {
        const viaScanner = lines.map(text => `${text} ; a comment keeps it from being simple`);
        expect(outcomeOf(head + viaScanner.join('\n'))).toEqual(outcomeOf(head + lines.join('\n')));
      },
    ),
    { seed: 4, numRuns: 3000 },
  );
});
