import { describe, expect, test } from 'vitest';
import { lookup } from '../../../harness/engine/zone/lookup.ts';
import type { Records } from '../../../harness/engine/zone/lookup-result.ts';
import type { RrsigData } from '../../../harness/engine/zone/record.ts';
import { Zone } from '../../../harness/engine/zone/zone.ts';
import { contentOf, ORIGIN } from './support.ts';

const NAMES = {
  '@': ['SOA', 'NS', 'NSEC'],
  '*.w': ['TXT', 'NSEC'],
  a: ['A', 'NSEC'],
  alias: ['CNAME', 'NSEC'],
  cut: ['DS', 'NSEC'],
  insecure: ['NSEC'],
  'm.ent': ['A', 'NSEC'],
  mail: ['MX', 'NSEC'],
  tree: ['DNAME', 'NSEC'],
};
const NEXT: { readonly [owner: string]: string } = {
  '@': 'a',
  a: 'alias',
  alias: 'cut',
  cut: 'm.ent',
  'm.ent': 'insecure',
  insecure: 'mail',
  mail: 'tree',
  tree: '*.w',
  '*.w': '@',
};
const DATA = `
@ 900 SOA ns host 7 1 1 1 300
@ NS ns.example.com.
*.w TXT "wild"
a A 192.0.2.1
alias CNAME a
cut NS ns.cut
cut DS 1 8 2 abcd
ns.cut A 192.0.2.2
insecure NS ns.example.com.
m.ent A 192.0.2.3
mail MX 10 a
tree DNAME a.example.com.
`;
const SIGNED = Object.entries(NAMES)
  .flatMap(([owner, types]) => [
    `${owner} NSEC ${NEXT[owner]} ${types.join(' ')} RRSIG`,
    ...types.map(
      type =>
        `${owner} ${type === 'SOA' ? 900 : 60} RRSIG ${type} 8 2 900 20300101000000 20290101000000 1 @ c2ln`,
    ),
  ])
  .join('\n');
const zone = new Zone(ORIGIN, 'db', contentOf(DATA + SIGNED));

function ask(question: string, dnssecOk = true) {
  const [name = '', type = ''] = question.split(' ');
  const client = { address: '127.0.0.1', port: 1 };
  const absolute = name === '@' ? ORIGIN : `${name}.${ORIGIN}`;
  const found = lookup(zone, {
    name: absolute,
    type,
    class: 'IN',
    dnssecOk,
    transport: 'udp',
    client,
    port: 53,
  });
  return {
    result: found.result,
    answers: brief(found.answers),
    authorities: brief(found.authorities),
    additionals: brief(found.additionals),
    found,
  };
}

/** `owner TYPE`, and `owner sig(TYPE)` for signatures. */
function brief(records: Records): string[] {
  return records.map(({ name, type, data }) => {
    const owner = name === ORIGIN ? '@' : name.replace(`.${ORIGIN}`, '');
    return `${owner} ${type === 'RRSIG' ? `sig(${(data as RrsigData).typeCovered})` : type}`;
  });
}

const signed = (...records: string[]) =>
  records.flatMap(record => [record, record.replace(/(\S+)$/, 'sig($1)')]);
const NS = signed('@ NS');

describe('a client that asks for DNSSEC gets', () => {
  test.each([
    ['a A', 'success', signed('a A'), NS],
    ['@ SOA', 'success', signed('@ SOA'), NS],
    ['@ NS', 'success', NS, []],
    ['alias A', 'success', signed('alias CNAME', 'a A'), NS],
    ['cut DS', 'success', signed('cut DS'), NS],
    ['a AAAA', 'nodata', [], signed('@ SOA', 'a NSEC')],
    ['ent A', 'nodata', [], signed('@ SOA', 'cut NSEC')],
    ['b A', 'nxdomain', [], signed('@ SOA', 'alias NSEC', '@ NSEC')],
    ['x.a A', 'nxdomain', [], signed('@ SOA', 'a NSEC')],
    ['x.w TXT', 'success', signed('x.w TXT'), [...NS, ...signed('*.w NSEC')]],
    ['x.w A', 'nodata', [], signed('@ SOA', '*.w NSEC')],
    ['x.cut A', 'delegation', [], ['cut NS', ...signed('cut DS')]],
    ['x.insecure A', 'delegation', [], ['insecure NS', ...signed('insecure NSEC')]],
    ['x.tree CNAME', 'success', [...signed('tree DNAME'), 'x.tree CNAME'], NS],
  ])('%s: %s', (question, result, answers, authorities) => {
    expect(ask(question)).toMatchObject({ result, answers, authorities });
  });

  test('signatures of added addresses', () => {
    expect(ask('mail MX').additionals).toEqual(signed('a A'));
    expect(ask('x.cut A').additionals).toEqual(['ns.cut A']);
  });

  test('the signature of a shortened SOA with the same TTL', () => {
    expect(
      ask('b A')
        .found.authorities.slice(0, 2)
        .map(record => record.ttl),
    ).toEqual([300, 300]);
    expect(ask('@ SOA').found.answers.map(record => record.ttl)).toEqual([900, 900]);
  });
});

test.each(['a A', 'a AAAA', 'b A', 'x.w TXT', 'x.cut A', 'alias A', 'x.tree A'])(
  'nobody else does: %s',
  question => {
    const { answers, authorities, additionals } = ask(question, false);
    expect(
      [...answers, ...authorities, ...additionals].filter(record => /sig|NSEC|DS$/.test(record)),
    ).toEqual([]);
  },
);

test('an unsigned zone answers them without signatures', () => {
  const unsigned = new Zone(ORIGIN, 'db', contentOf('a A 192.0.2.1\n*.w TXT x'));
  const client = { address: '127.0.0.1', port: 1 };
  for (const name of ['a', 'b', 'x.w']) {
    const query = {
      name: `${name}.${ORIGIN}`,
      type: 'A',
      class: 'IN',
      dnssecOk: true,
      transport: 'udp',
      client,
      port: 53,
    } as const;
    const { answers, authorities } = lookup(unsigned, query);
    expect(answers.length + authorities.length).toBe(1);
  }
});
