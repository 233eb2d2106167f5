import { expect, test } from 'vitest';
import { takeAddressLines } from '../../../harness/engine/zone/address-lines.ts';
import { ContentBuilder } from '../../../harness/engine/zone/content-builder.ts';
import { initialContext } from '../../../harness/engine/zone/entry-context.ts';
import { parseMasterFile } from '../../../harness/engine/zone/master-file.ts';
import { HEAD, ORIGIN } from './support.ts';

function taken(text: string, origin = ORIGIN): number {
  return takeAddressLines(text, 0, initialContext(origin), new ContentBuilder(ORIGIN));
}

test.each(['a 60 IN A 192.0.2.1\n', 'host-1\t60  IN A\t10.0.0.255 \r\n', '10 0 IN A 0.0.0.0'])(
  '%j is taken',
  line => {
    expect(taken(line)).toBe(line.length);
  },
);

test.each([
  '',
  ' 60 IN A 192.0.2.1\n',
  'a IN A 192.0.2.1\n',
  'a.b 60 IN A 192.0.2.1\n',
  '* 60 IN A 192.0.2.1\n',
  'a 60 IN A 192.0.2.256\n',
  'a 60 IN AAAA ::1\n',
  'a 60 IN A 192.0.2.1 ; comment\n',
  `${'a'.repeat(63)} 60 IN A 192.0.2.1\n`,
])('%j is left to others', line => {
  expect(taken(line)).toBe(0);
});

test('nothing is taken under another origin than the zone', () => {
  expect(taken('a 60 IN A 192.0.2.1\n', 'sub.example.org.')).toBe(0);
});

test('owner and TTL go on to the lines after it', () => {
  const text = `${HEAD}a 60 IN A 192.0.2.1\n TXT x\n`;
  const content = parseMasterFile({ text, origin: ORIGIN, path: 'db' });
  if (content === 'unchanged') throw new Error('unchanged');
  expect(content.records(`a.${ORIGIN}`, 'TXT')).toMatchObject([{ ttl: 60 }]);
});

test('addresses of one name stay together', () => {
  const text = `${HEAD}a 60 IN A 192.0.2.1\na 60 IN A 192.0.2.2\na 60 IN A 192.0.2.3\n`;
  const content = parseMasterFile({ text, origin: ORIGIN, path: 'db' });
  if (content === 'unchanged') throw new Error('unchanged');
  expect(content.records(`a.${ORIGIN}`, 'A').map(({ data }) => data)).toEqual([
    '192.0.2.1',
    '192.0.2.2',
    '192.0.2.3',
  ]);
});
