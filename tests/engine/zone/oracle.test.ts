import { parseZone } from 'dnsz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { absoluteName } from '../../../harness/engine/zone/name.ts';
import { contentOf, ORIGIN, recordsOf } from './support.ts';

const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const target = fc.array(label, { minLength: 2, maxLength: 3 }).map(labels => `${labels.join('.')}.`);
const octet = fc.integer({ min: 0, max: 255 });
const data = fc.oneof(
  fc.tuple(octet, octet, octet, octet).map(address => ['A', address.join('.')]),
  target.map(name => ['CNAME', name]),
  target.map(name => ['NS', name]),
  fc.tuple(octet, target).map(([preference, name]) => ['MX', `${preference} ${name}`]),
  fc.stringMatching(/^[a-z0-9 ]{1,30}$/).map(text => ['TXT', `"${text}"`]),
);
const record = fc.record({ owner: label, ttl: fc.integer({ min: 1, max: 99_999 }), data });

// What dnsz is known to misread is left out: class before TTL, relative origins and targets, parentheses in text.
test('plain zones are read as dnsz reads them', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), records => {
      const lines = records
        .map(({ owner, ttl, data: [type, value] }) => `${owner}\t${ttl}\tIN\t${type}\t${value}`)
        .join('\n');
      const theirs = parseZone(`$ORIGIN ${ORIGIN}\n${lines}\n`).records.map(
        ({ name, ttl, type, content }) => `${absoluteName(`${name}.`, '.')} ${ttl} IN ${type} ${content}`,
      );
      expect(recordsOf(contentOf(lines)).sort()).toEqual(theirs.sort());
    }),
    { seed: 7, numRuns: 300 },
  );
});
