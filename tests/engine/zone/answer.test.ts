import { describe, expect, test } from 'vitest';
import { emptyReply, type Query, type Reply } from '../../../harness/engine/plugin.ts';
import { answer } from '../../../harness/engine/zone/answer.ts';
import type { LookupResult } from '../../../harness/engine/zone/lookup.ts';
import type { ResourceRecord } from '../../../harness/engine/zone/record.ts';
import { query, summary } from '../support.ts';

const cname: ResourceRecord = { name: 'a.org.', type: 'CNAME', ttl: 1, data: 'b.net.' };
const found: LookupResult = {
  result: 'success',
  emptyNonTerminal: false,
  authoritative: true,
  answers: [cname],
  authorities: [],
  additionals: [],
  chase: 'b.net.',
};
const target: Reply = {
  ...emptyReply('NOERROR'),
  answers: [{ name: 'b.net.', type: 'A', ttl: 1, data: '192.0.2.1' }],
};
const ALIAS = 'a.org. CNAME b.net.';
const soa: ResourceRecord = {
  name: 'net.',
  type: 'SOA',
  ttl: 1,
  data: { mname: 'ns.net.', rname: 'a.net.', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};
const onwards: ResourceRecord = { name: 'b.net.', type: 'CNAME', ttl: 1, data: 'c.net.' };

describe('a CNAME out of the zone', () => {
  test.each<[string, Reply, string]>([
    ['that is served', target, `NOERROR; ${ALIAS}; b.net. A 192.0.2.1; +0+0`],
    ['that is not served', emptyReply('REFUSED'), `NOERROR; ${ALIAS}; +0+0`],
    ['that does not exist', emptyReply('NXDOMAIN'), `NXDOMAIN; ${ALIAS}; +0+0`],
    [
      'that is an alias of what does not exist',
      { ...emptyReply('NXDOMAIN'), answers: [onwards], authorities: [soa] },
      `NXDOMAIN; ${ALIAS}; b.net. CNAME c.net.; +1+0`,
    ],
    [
      'that is an alias of what lacks the type',
      { ...emptyReply('NOERROR'), answers: [onwards], authorities: [soa] },
      `NOERROR; ${ALIAS}; b.net. CNAME c.net.; +1+0`,
    ],
    ['that cannot be looked up', emptyReply('SERVFAIL'), `SERVFAIL; ${ALIAS}; +0+0`],
  ])('to a target %s, at once or later', async (_, reply, expected) => {
    const asked: Query[] = [];
    const now = answer(found, query('a.org.'), next => {
      asked.push(next);
      return reply;
    });
    expect(now).not.toBeInstanceOf(Promise);
    expect(summary(await now)).toBe(expected);
    expect(summary(await answer(found, query('a.org.'), () => Promise.resolve(reply)))).toBe(expected);
    expect(asked).toEqual([{ ...query('b.net.'), hops: 1 }]);
  });

  test('to a target whose lookup fails, at once or later', async () => {
    const failing = () => {
      throw new Error('no');
    };
    expect(summary(await answer(found, query('a.org.'), failing))).toBe(`SERVFAIL; ${ALIAS}; +0+0`);
    const later = () => Promise.reject(new Error('no'));
    expect(summary(await answer(found, query('a.org.'), later))).toBe(`SERVFAIL; ${ALIAS}; +0+0`);
  });

  test('is followed 8 times and not more', async () => {
    const resolve = () => target;
    expect((await answer(found, query('a.org.', 'A', { hops: 7 }), resolve)).rcode).toBe('NOERROR');
    expect((await answer(found, query('a.org.', 'A', { hops: 8 }), resolve)).rcode).toBe('SERVFAIL');
  });
});

test('an answer that is complete is given as it is, without asking anybody', () => {
  const { chase: _, ...complete } = found;
  const resolve = () => {
    throw new Error('asked');
  };
  expect(answer(complete, query('a.org.'), resolve)).toMatchObject({ rcode: 'NOERROR', answers: [cname] });
});
