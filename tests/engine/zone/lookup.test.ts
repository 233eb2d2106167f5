import { describe, expect, test } from 'vitest';
import { type LookupResult, lookup, toReply } from '../../../harness/engine/zone/lookup.ts';
import { Zone } from '../../../harness/engine/zone/zone.ts';
import { contentOf, ORIGIN, show } from './support.ts';

const LINES = `
@ NS ns
@ NS ns.example.com.
@ MX 10 mail
@ MX 20 mail
ns A 192.0.2.53
ns AAAA 2001:db8::53
mail A 192.0.2.25
www A 192.0.2.1
www A 192.0.2.2
www TXT "two addresses"
_sip._tcp SRV 0 0 5060 www
_sip._tcp SRV 0 0 5060 out.example.com.
svc HTTPS 1 . alpn=h2
svc A 192.0.2.80
svc2 SVCB 1 www
a.b.c TXT "deep"
alias CNAME www
alias2 CNAME alias
out CNAME www.example.com.
lost CNAME nothere
empty CNAME b.c
tocut CNAME host.sub
loop1 CNAME loop2
loop2 CNAME loop1
self CNAME self
l1 CNAME l2
l2 CNAME l3
l3 CNAME l4
l4 CNAME l5
l5 CNAME l6
l6 CNAME l7
l7 CNAME l8
l8 CNAME l9
l9 CNAME l10
l10 A 192.0.2.10
both CNAME www
both TXT "hidden by the alias"
sub NS ns.sub
sub NS ns
sub NS ns.example.net.
sub DS 1 8 2 abcd
ns.sub A 192.0.2.99
ns.sub AAAA 2001:db8::99
hidden.sub TXT "below the cut"
nods NS ns.nods
tree DNAME target
tree TXT "of the owner"
x.target A 192.0.2.7
*.target TXT "wild under the target"
away DNAME example.net.
twist DNAME twist2
twist2 DNAME twist
same DNAME same
long DNAME ${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}.example.net.
*.wild TXT "any"
*.wild MX 10 www
host.wild A 192.0.2.8
*.deep.wild2 A 192.0.2.9
*.walias CNAME www
`;
const zone = new Zone(ORIGIN, 'db', contentOf(LINES));

function ask(question: string, target = zone, dnssecOk = false): LookupResult {
  const [name = '', type = ''] = question.split(' ');
  const absolute = name === '@' ? ORIGIN : `${name}.${ORIGIN}`;
  const client = { address: '127.0.0.1', port: 1 };
  return lookup(target, { name: absolute, type, class: 'IN', dnssecOk, transport: 'udp', client, port: 53 });
}

/** `owner type data`, the origin left out. */
function brief(records: LookupResult['answers']): string[] {
  return records.map(record =>
    show(record)
      .replace(/ (\d+) IN/, '')
      .replaceAll(`.${ORIGIN}`, '')
      .replaceAll(ORIGIN, '@'),
  );
}

/** The aliases from `l(first)` to the one after `l(last)`. */
function links(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, index) => `l${first + index} CNAME l${first + index + 1}`,
  );
}

const NS = ['@ NS ns', '@ NS ns.example.com.'];
const SOA = ['@ SOA ns hostmaster 7 3600 7200 1814400 300'];

describe('a name that exists', () => {
  test.each([
    ['www A', ['www A 192.0.2.1', 'www A 192.0.2.2'], []],
    ['www TXT', ['www TXT "two addresses"'], []],
    ['a.b.c TXT', ['a.b.c TXT "deep"'], []],
    ['@ MX', ['@ MX 10 mail', '@ MX 20 mail'], ['mail A 192.0.2.25']],
    [
      '_sip._tcp SRV',
      ['_sip._tcp SRV 0 0 5060 www', '_sip._tcp SRV 0 0 5060 out.example.com.'],
      ['www A 192.0.2.1', 'www A 192.0.2.2'],
    ],
    ['svc HTTPS', ['svc HTTPS 1 . alpn="h2"'], ['svc A 192.0.2.80']],
    ['svc2 SVCB', ['svc2 SVCB 1 www'], ['www A 192.0.2.1', 'www A 192.0.2.2']],
    ['alias CNAME', ['alias CNAME www'], []],
    ['tree TXT', ['tree TXT "of the owner"'], []],
    ['tree DNAME', ['tree DNAME target'], []],
    ['*.wild TXT', ['*.wild TXT "any"'], []],
  ])('%s', (question, answers, additionals) => {
    const found = ask(question);
    expect(found).toMatchObject({ result: 'success', authoritative: true, emptyNonTerminal: false });
    expect([brief(found.answers), brief(found.authorities), brief(found.additionals)]).toEqual([
      answers,
      NS,
      additionals,
    ]);
  });

  test('the apex answers for its SOA and its name servers', () => {
    const soa = ask('@ SOA');
    expect([brief(soa.answers), brief(soa.authorities)]).toEqual([SOA, NS]);
    const ns = ask('@ NS');
    expect([brief(ns.answers), brief(ns.authorities)]).toEqual([NS, []]);
    expect(brief(ns.additionals)).toEqual(['ns A 192.0.2.53', 'ns AAAA 2001:db8::53']);
  });
});

describe('a type that is missing is NODATA with the SOA', () => {
  test.each([
    ['www AAAA', false],
    ['@ TXT', false],
    ['@ DS', false],
    ['www ANY', false],
    ['b.c A', true],
    ['c TXT', true],
    ['_tcp A', true],
    ['deep.wild2 A', true],
    ['anything.wild A', false],
  ])('%s', (question, emptyNonTerminal) => {
    const found = ask(question);
    expect(found).toMatchObject({ result: 'nodata', authoritative: true, emptyNonTerminal, answers: [] });
    expect(brief(found.authorities)).toEqual(SOA);
  });

  test('a zone of nothing but its apex has names for it', () => {
    const bare = new Zone(ORIGIN, 'db', contentOf(''));
    expect(ask('@ A', bare)).toMatchObject({ result: 'nodata', emptyNonTerminal: false });
  });
});

test.each([
  'nothere A',
  'x.www A',
  'x.a.b.c A',
  'y.b.c A',
  'x.host.wild TXT',
  'x.y.host.wild A',
  'wild3 A',
  'zz.alias A',
])('%s does not exist', question => {
  const found = ask(question);
  expect(found).toMatchObject({
    result: 'nxdomain',
    authoritative: true,
    emptyNonTerminal: false,
    answers: [],
  });
  expect(brief(found.authorities)).toEqual(SOA);
});

describe('negative answers', () => {
  test('carry the SOA for no longer than its minimum (RFC 2308 section 3)', () => {
    const content = contentOf('@ 900 SOA ns host 8 1 1 1 300');
    expect(ask('x A', new Zone(ORIGIN, 'db', content)).authorities[0]?.ttl).toBe(300);
    expect(ask('@ SOA', new Zone(ORIGIN, 'db', content)).answers[0]?.ttl).toBe(900);
  });
});

describe('aliases', () => {
  test.each([
    ['alias A', ['alias CNAME www', 'www A 192.0.2.1', 'www A 192.0.2.2']],
    ['alias2 TXT', ['alias2 CNAME alias', 'alias CNAME www', 'www TXT "two addresses"']],
    ['both TXT', ['both CNAME www', 'www TXT "two addresses"']],
    ['x.walias A', ['x.walias CNAME www', 'www A 192.0.2.1', 'www A 192.0.2.2']],
  ])('%s is followed', (question, answers) => {
    const found = ask(question);
    expect(found).toMatchObject({ result: 'success', authoritative: true });
    expect(found).not.toHaveProperty('chase');
    expect([brief(found.answers), brief(found.authorities)]).toEqual([answers, NS]);
  });

  test('out of the zone are left to the caller', () => {
    const found = ask('out A');
    expect(found).toMatchObject({ result: 'success', chase: 'www.example.com.' });
    expect(brief(found.answers)).toEqual(['out CNAME www.example.com.']);
  });

  test('to a name that does not exist, or has no such type, end in that negative answer', () => {
    const missing = ask('lost A');
    expect([missing.result, brief(missing.answers), brief(missing.authorities)]).toEqual([
      'nxdomain',
      ['lost CNAME nothere'],
      SOA,
    ]);
    const noData = ask('empty A');
    expect([noData.result, brief(noData.answers), brief(noData.authorities)]).toEqual([
      'nodata',
      ['empty CNAME b.c'],
      SOA,
    ]);
    expect(ask('alias AAAA').result).toBe('nodata');
  });

  test('into a delegation end in the referral, with authority for the alias', () => {
    const found = ask('tocut A');
    expect(found).toMatchObject({ result: 'delegation', authoritative: true });
    expect(brief(found.answers)).toEqual(['tocut CNAME host.sub']);
    expect(brief(found.authorities)).toContain('sub NS ns.sub');
  });

  test.each([
    ['loop1 A', ['loop1 CNAME loop2', 'loop2 CNAME loop1']],
    ['self A', ['self CNAME self']],
    ['l1 A', links(1, 9)],
    ['l2 A', [...links(2, 9), 'l10 A 192.0.2.10']],
  ])('%s: chains end after eight further links or where they began', (question, answers) => {
    const found = ask(question);
    expect([found.result, brief(found.answers)]).toEqual(['success', answers]);
    expect(found).not.toHaveProperty('chase');
  });
});

describe('DNAME (RFC 6672)', () => {
  test('redirects names below its owner', () => {
    const found = ask('x.tree A');
    expect([found.result, brief(found.answers)]).toEqual([
      'success',
      ['tree DNAME target', 'x.tree CNAME x.target', 'x.target A 192.0.2.7'],
    ]);
    expect(found.answers[1]).toMatchObject({ ttl: 60 });
  });

  test('does so however deep the name is, also to a wildcard', () => {
    expect(brief(ask('a.b.tree TXT').answers)).toEqual([
      'tree DNAME target',
      'a.b.tree CNAME a.b.target',
      'a.b.target TXT "wild under the target"',
    ]);
  });

  test('gives the CNAME itself when asked for it', () => {
    expect(brief(ask('x.tree CNAME').answers)).toEqual(['tree DNAME target', 'x.tree CNAME x.target']);
  });

  test('leads out of the zone', () => {
    const found = ask('x.y.away A');
    expect(brief(found.answers)).toEqual(['away DNAME example.net.', 'x.y.away CNAME x.y.example.net.']);
    expect(found.chase).toBe('x.y.example.net.');
  });

  test('to itself, or to a name too long, fails', () => {
    expect(ask('x.same A')).toMatchObject({ result: 'servfail' });
    expect(ask(`${'w'.repeat(50)}.long A`)).toMatchObject({ result: 'servfail' });
  });

  test('that lead to each other end', () => {
    const found = ask('x.twist A');
    expect(found.result).toBe('success');
    expect(brief(found.answers)).toEqual([
      'twist DNAME twist2',
      'x.twist CNAME x.twist2',
      'twist2 DNAME twist',
      'x.twist2 CNAME x.twist',
    ]);
  });
});

describe('delegations', () => {
  test.each(['sub A', 'host.sub A', 'hidden.sub TXT', 'ns.sub A', 'a.b.sub DS', 'sub NS', 'sub SOA'])(
    '%s is referred',
    question => {
      const found = ask(question);
      expect(found).toMatchObject({ result: 'delegation', authoritative: false, answers: [] });
      expect(brief(found.authorities)).toEqual(['sub NS ns.sub', 'sub NS ns', 'sub NS ns.example.net.']);
      expect(brief(found.additionals)).toEqual(['ns.sub A 192.0.2.99', 'ns.sub AAAA 2001:db8::99']);
    },
  );

  test('DS at the cut is answered by the parent', () => {
    expect(brief(ask('sub DS').answers)).toEqual(['sub DS 1 8 2 abcd']);
    expect(ask('nods DS')).toMatchObject({ result: 'nodata', authoritative: true });
  });
});

// RFC 4592 section 2.2.1
describe('the wildcard example of RFC 4592', () => {
  const content = contentOf(`@ NS ns.example.com.
* TXT "this is a wildcard"
* MX 10 host1
sub.* TXT "this is not a wildcard"
host1 A 192.0.2.1
_ssh._tcp.host1 SRV 0 0 22 host1
_ssh._tcp.host2 SRV 0 0 22 host1
subdel NS ns.example.com.
subdel NS ns.example.net.
`);
  const example = new Zone(ORIGIN, 'db', content);

  test.each([
    ['host3 MX', 'success', ['host3 MX 10 host1']],
    ['host3 A', 'nodata', []],
    ['foo.bar TXT', 'success', ['foo.bar TXT "this is a wildcard"']],
    ['host1 MX', 'nodata', []],
    ['sub.* MX', 'nodata', []],
    ['sub.* TXT', 'success', ['sub.* TXT "this is not a wildcard"']],
    ['_telnet._tcp.host1 SRV', 'nxdomain', []],
    ['host.subdel A', 'delegation', []],
    ['ghost.* MX', 'nxdomain', []],
    ['host2 A', 'nodata', []],
    ['_tcp.host2 TXT', 'nodata', []],
  ])('%s: %s', (question, result, answers) => {
    const found = ask(question, example);
    expect([found.result, brief(found.answers)]).toEqual([result, answers]);
  });

  test('addresses of what a wildcard names are added', () => {
    expect(brief(ask('host3 MX', example).additionals)).toEqual(['host1 A 192.0.2.1']);
  });
});

describe('wildcards', () => {
  test('stand for names of any depth below the closest encloser', () => {
    expect(brief(ask('x.wild TXT').answers)).toEqual(['x.wild TXT "any"']);
    expect(brief(ask('x.y.z.wild TXT').answers)).toEqual(['x.y.z.wild TXT "any"']);
    expect(brief(ask('x.y.deep.wild2 A').answers)).toEqual(['x.y.deep.wild2 A 192.0.2.9']);
  });

  test('that own nothing but names below them answer with NODATA', () => {
    const content = contentOf('a.*.x TXT "y"');
    expect(ask('b.x TXT', new Zone(ORIGIN, 'db', content))).toMatchObject({
      result: 'nodata',
      emptyNonTerminal: false,
    });
  });

  test('at the root of everything', () => {
    const content = contentOf('*. TXT "x"\n. SOA ns host 7 1 1 1 1', { origin: '.' });
    const client = { address: '::1', port: 1 };
    const query = {
      name: 'a.b.',
      type: 'TXT',
      class: 'IN',
      dnssecOk: false,
      transport: 'udp',
      client,
      port: 53,
    } as const;
    expect(lookup(new Zone('.', 'db', content), query).answers.map(show)).toEqual(['a.b. 60 IN TXT "x"']);
  });
});

test('a zone that was never loaded fails', () => {
  expect(toReply(ask('www A', new Zone(ORIGIN, 'db')))).toMatchObject({ rcode: 'SERVFAIL', answers: [] });
});

test.each([
  ['www A', 'NOERROR', true],
  ['www AAAA', 'NOERROR', true],
  ['nothere A', 'NXDOMAIN', true],
  ['b.c A', 'NOERROR', true],
  ['sub A', 'NOERROR', false],
  ['x.same A', 'SERVFAIL', true],
])('%s is answered with %s', (question, rcode, authoritative) => {
  const found = ask(question);
  const { answers, authorities, additionals } = found;
  expect(toReply(found)).toEqual({ rcode, authoritative, answers, authorities, additionals });
});
