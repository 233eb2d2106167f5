import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMasterFile, ZoneFileError } from '../../../harness/engine/zone/master-file.ts';
import { contentOf, failureOf, ORIGIN, recordsOf, show } from './support.ts';

const SOA = 'example.org. 60 IN SOA ns.example.org. hostmaster.example.org. 7 3600 7200 1814400 300';

function parse(text: string, expectSerial?: number) {
  const input = { text, origin: ORIGIN, path: 'db.example.org' };
  return parseMasterFile(expectSerial === undefined ? input : { ...input, expectSerial });
}

describe('owners', () => {
  test('are relative to the origin, absolute, the origin itself, or that of the entry before', () => {
    expect(
      recordsOf(contentOf('www A 1.1.1.1\n  A 1.1.1.2\n\tTXT "x"\nb.example.org. A 1.1.1.3\n@ TXT y')),
    ).toEqual([
      'www.example.org. 60 IN A 1.1.1.1',
      'www.example.org. 60 IN A 1.1.1.2',
      'www.example.org. 60 IN TXT "x"',
      'b.example.org. 60 IN A 1.1.1.3',
      'example.org. 60 IN TXT "y"',
    ]);
  });

  test('are lower-cased, and so are names in data', () => {
    expect(recordsOf(contentOf('WWW CNAME Other.Example.COM.\nSRV SRV 1 1 1 SIP'))).toEqual([
      'www.example.org. 60 IN CNAME other.example.com.',
      'srv.example.org. 60 IN SRV 1 1 1 sip.example.org.',
    ]);
  });

  test('may look like a type, a class or a TTL', () => {
    expect(recordsOf(contentOf('a A 1.1.1.1\nin IN A 1.1.1.2\n300 A 1.1.1.3\nmx MX 1 mx'))).toEqual([
      'a.example.org. 60 IN A 1.1.1.1',
      'in.example.org. 60 IN A 1.1.1.2',
      '300.example.org. 60 IN A 1.1.1.3',
      'mx.example.org. 60 IN MX 1 mx.example.org.',
    ]);
  });

  test('outside the zone are kept without complaint', () => {
    const content = contentOf('www.example.com. A 1.1.1.1\na.b.example.com. TXT x');
    expect(recordsOf(content)).toHaveLength(2);
    expect(content.emptyNonTerminals.size).toBe(0);
  });

  test('of the first entry cannot be left out', () => {
    expect(() => parse(' 60 IN A 1.1.1.1\n')).toThrow('missing owner name with no previous value');
  });
});

describe('TTL and class', () => {
  test('come in either order, or not at all', () => {
    expect(
      recordsOf(contentOf('a 5 IN A 1.1.1.1\nb IN 1h TXT x\nc IN A 1.1.1.2\nd 1m MX 1 d\ne class1 TXT x')),
    ).toEqual([
      'a.example.org. 5 IN A 1.1.1.1',
      'b.example.org. 3600 IN TXT "x"',
      'c.example.org. 60 IN A 1.1.1.2',
      'd.example.org. 60 IN MX 1 d.example.org.',
      'e.example.org. 60 IN TXT "x"',
    ]);
  });

  test('without $TTL, the last explicit TTL holds on', () => {
    const content = parse(`${SOA}\na A 1.1.1.1\nb 5 A 1.1.1.2\nc A 1.1.1.3\nd TXT x`);
    expect(content !== 'unchanged' && recordsOf(content).map(line => line.split(' ')[1])).toEqual([
      '60',
      '5',
      '5',
      '5',
    ]);
  });

  test('$TTL holds on after explicit TTLs, until the next $TTL', () => {
    const ttls = recordsOf(contentOf('a 5 A 1.1.1.1\nb A 1.1.1.2\n$TTL 1h30m ; from here\nc A 1.1.1.3'));
    expect(ttls.map(line => line.split(' ')[1])).toEqual(['5', '60', '5400']);
  });

  test('with no TTL known, a written class means 0, and so does an entry without an owner', () => {
    const content = parse('@ IN SOA ns host 7 1 1 1 1\n\tNS ns\na IN A 1.1.1.1\nb IN TXT x\n');
    if (content === 'unchanged') throw new Error(content);
    expect([content.soa, ...content.nameServers].map(record => record.ttl)).toEqual([0, 0]);
    expect(recordsOf(content)).toEqual(['a.example.org. 0 IN A 1.1.1.1', 'b.example.org. 0 IN TXT "x"']);
  });

  test.each(['a A 1.1.1.1', 'a SOA ns host 7 1 1 1 1'])('with no TTL known, %s is an error', line => {
    expect(() => parse(`${line}\n`)).toThrow('missing TTL with no previous value');
  });

  test('records of another class are checked, and not part of the zone', () => {
    expect(recordsOf(contentOf('a CH TXT x\nb HS A 1.1.1.1\nc CLASS3 TXT x\nd A 1.1.1.1'))).toEqual([
      'd.example.org. 60 IN A 1.1.1.1',
    ]);
    expect(failureOf('a CH A x').message).toContain('bad A A: "x"');
  });

  test.each([
    ['@ IN CH TXT x', 'expecting RR type or TTL, not this...: "CH" at line: 3:6'],
    ['a foo 1.1.1.1', 'not a TTL: "foo" at line: 3:3'],
    ['a IN foo 1.1.1.1', 'not a TTL: "foo" at line: 3:6'],
    ['a 2147483648 A 1.1.1.1', 'not a TTL: "2147483648" at line: 3:3'],
    ['a 60 foo 1.1.1.1', 'expecting RR type or class, not this...: "foo" at line: 3:6'],
    ['a 60 60 A 1.1.1.1', 'expecting RR type or class, not this...: "60" at line: 3:6'],
    ['a 60 IN foo 1.1.1.1', 'unknown RR type: "foo" at line: 3:9'],
    ['a', 'expecting RR type, TTL or class, not this...: "" at line: 3:2'],
    ['a IN', 'expecting RR type or TTL, not this...: "" at line: 3:5'],
    ['a "60" A 1.1.1.1', 'expecting RR type, TTL or class, not this...: "60" at line: 3:3'],
    ['a..b A 1.1.1.1', 'bad owner name: "a..b" at line: 3:1'],
    ['"a" A 1.1.1.1', 'bad owner name: "a" at line: 3:1'],
    ['\n; comment\na (\n A\n 1.1.1.x )', 'bad A A: "1.1.1.x" at line: 7:2'],
  ])('%s fails', (line, problem) => {
    expect(failureOf(line).message).toBe(`db.example.org: dns: ${problem}`);
  });
});

describe('the apex', () => {
  test('keeps SOA and NS apart from the other records', () => {
    const content = contentOf(
      '@ NS ns\n@ NS ns.example.com.\nExample.ORG. NS ns2\n@ A 1.1.1.1\nsub NS ns.sub',
    );
    expect(show(content.soa)).toBe(SOA);
    expect(content.nameServers.map(show)).toEqual([
      'example.org. 60 IN NS ns.example.org.',
      'example.org. 60 IN NS ns.example.com.',
      'example.org. 60 IN NS ns2.example.org.',
    ]);
    expect(recordsOf(content)).toEqual([
      'example.org. 60 IN A 1.1.1.1',
      'sub.example.org. 60 IN NS ns.sub.example.org.',
    ]);
  });

  test('takes any SOA, the last one met', () => {
    const content = contentOf('www SOA ns2 host 9 1 1 1 1\n');
    expect(content.serial).toBe(9);
    expect(content.soa.name).toBe('www.example.org.');
  });

  test('gives negative answers a SOA whose TTL is at most its minimum', () => {
    expect(contentOf('').negativeSoa.ttl).toBe(60);
    const { soa, negativeSoa } = contentOf('@ 900 SOA ns host 8 1 1 1 300');
    expect([soa.ttl, negativeSoa.ttl]).toEqual([900, 300]);
  });

  test('is missing in a file without SOA', () => {
    const failure = expect.objectContaining({
      message: 'file "db.example.org" has no SOA record for origin example.org.',
      file: 'db.example.org',
    });
    expect(() => parse('a 60 IN A 1.1.1.1\n')).toThrow(failure);
    expect(() => parse('')).toThrow(failure);
  });
});

test('duplicates are kept', () => {
  expect(recordsOf(contentOf('a A 1.1.1.1\na A 1.1.1.1\na TXT x\na TXT x\n'))).toHaveLength(4);
});

test('names without records of their own are known when there are names below them', () => {
  const content = contentOf('a.b.c A 1.1.1.1\nx.c A 1.1.1.1\nc TXT x\n*.d.e TXT x\nf.*.g TXT x');
  expect([...content.emptyNonTerminals].sort()).toEqual([
    '*.g.example.org.',
    'b.c.example.org.',
    'd.e.example.org.',
    'e.example.org.',
    'g.example.org.',
  ]);
  expect(content.hasWildcards).toBe(true);
  expect(contentOf('a A 1.1.1.1').hasWildcards).toBe(false);
});

describe('the serial', () => {
  test('of the zone in service ends the reading at the SOA', () => {
    expect(parse(`${SOA}\na A this is never read\n`, 7)).toBe('unchanged');
  });

  test('that differs makes a new zone, lower or higher', () => {
    expect([parse(`${SOA}\n`, 6), parse(`${SOA}\n`, 8), parse(`${SOA}\n`)]).not.toContain('unchanged');
  });

  test('is looked at in the first SOA only', () => {
    expect(parse(`${SOA}\n@ SOA ns host 8 1 1 1 1\n`, 8)).not.toBe('unchanged');
    expect(parse(`${SOA}\n@ SOA ns host 8 1 1 1 1\n`, 7)).toBe('unchanged');
  });

  test('0 is never loaded', () => {
    const message =
      'no change in SOA serial for origin example.org. in file db.example.org, with 0 SOA serial';
    expect(() => parse('\n@ 60 SOA ns host 0 1 1 1 1\n')).toThrow(
      expect.objectContaining({ message, line: 2 }),
    );
  });
});

describe('$ORIGIN', () => {
  test('changes what relative names are relative to, itself relative', () => {
    expect(
      recordsOf(
        contentOf(
          '$ORIGIN sub\na CNAME b\n@ TXT x\n$ORIGIN deep ; of sub\na A 1.1.1.1\n$origin example.com.\nc A 1.1.1.2',
        ),
      ),
    ).toEqual([
      'a.sub.example.org. 60 IN CNAME b.sub.example.org.',
      'sub.example.org. 60 IN TXT "x"',
      'a.deep.sub.example.org. 60 IN A 1.1.1.1',
      'c.example.com. 60 IN A 1.1.1.2',
    ]);
  });

  test('may be the root', () => {
    expect(recordsOf(contentOf('$ORIGIN .\na A 1.1.1.1\nb TXT x'))).toEqual([
      'a. 60 IN A 1.1.1.1',
      'b. 60 IN TXT "x"',
    ]);
  });
});

test.each([
  ['$ORIGIN', 'expecting $ORIGIN value, not this...: "" at line: 3:8'],
  ['$ORIGIN a..b', 'bad origin name: "a..b" at line: 3:9'],
  ['$ORIGIN a b', 'garbage after directive: "b" at line: 3:11'],
  ['$TTL', 'expecting $TTL value, not this...: "" at line: 3:5'],
  ['$TTL x', 'expecting $TTL value, not this...: "x" at line: 3:6'],
  ['$TTL 1 2', 'garbage after directive: "2" at line: 3:8'],
  ['$TLL 1', 'unknown directive: "$TLL" at line: 3:1'],
])('%s fails', (line, problem) => {
  expect(failureOf(line).message).toBe(`db.example.org: dns: ${problem}`);
});

test('an owner may begin with an escaped dollar sign', () => {
  expect(recordsOf(contentOf('\\$ttl A 1.1.1.1'))).toEqual(['\\036ttl.example.org. 60 IN A 1.1.1.1']);
});

test('files with CRLF, without a last line break, and with comments everywhere are read', () => {
  const lines =
    '; top\r\n@ NS ns ; one\r\n\r\na A 1.1.1.1;tight\r\nb A 1.1.1.2\r\n  ; indented\r\nc TXT "x;y" ;z\r\nd A 1.1.1.3';
  expect(recordsOf(contentOf(lines))).toEqual([
    'a.example.org. 60 IN A 1.1.1.1',
    'b.example.org. 60 IN A 1.1.1.2',
    'c.example.org. 60 IN TXT "x;y"',
    'd.example.org. 60 IN A 1.1.1.3',
  ]);
});

const SEED_ZONES = [
  `$TTL 1h\n@ IN SOA ns host ( 7 ; serial\n 1h 2h 3w 5m )\n NS ns\nns A 192.0.2.1\nwww 60 IN AAAA 2001:db8::1\n* TXT "a b" c\\"d\n`,
  `${SOA}\n$ORIGIN sub\na.b CNAME c\n@ MX 10 mail\n_s._tcp SRV 0 0 53 ns\nd DNAME example.com.\n$GENERATE 1-9/2 h\${1,3,x} A 10.0.0.$\n`,
  `${SOA}\ns SVCB 1 . alpn="h2,h3" port=53 ipv4hint=192.0.2.1\nx TYPE65280 \\# 2 abcd\nt TLSA 3 1 1 abcd\nk DNSKEY 257 3 13 AwEAAQ==\n`,
  `${SOA}\n$INCLUDE other sub\nn NSEC o A RRSIG TYPE65280\nr RRSIG A 13 2 60 20300101000000 20290101000000 1 @ c2ln\nc CAA 0 issue "x"\n`,
];
const SPLINTERS = [
  '(',
  ')',
  '"',
  '\\',
  '$',
  ';',
  '\n',
  ' ',
  '\t',
  '@',
  '.',
  '*',
  '0',
  '65536',
  '-1',
  'IN',
  'CH',
  'A',
  'SOA',
  'NSEC3',
  '$INCLUDE ',
  '$GENERATE 0-99 ',
  '\\#',
  '\u0000',
  'é',
  '\\256',
];

test('10,000 damaged zone files give a zone or a ZoneFileError, and always end', () => {
  const edit = fc.record({
    at: fc.nat({ max: 400 }),
    cut: fc.nat({ max: 6 }),
    put: fc.constantFrom('', ...SPLINTERS),
  });
  const damaged = fc.tuple(fc.constantFrom(...SEED_ZONES), fc.array(edit, { minLength: 1, maxLength: 3 }));
  let loaded = 0;
  let failed = 0;
  fc.assert(
    fc.property(damaged, ([zone, edits]) => {
      const text = edits.reduce((before, { at, cut, put }) => {
        const index = at % (before.length + 1);
        return before.slice(0, index) + put + before.slice(index + cut);
      }, zone);
      try {
        parseMasterFile({
          text,
          origin: ORIGIN,
          path: 'db',
          readFile: path => (path === 'other' ? 'i A 1.1.1.1\n' : text),
        });
        loaded += 1;
      } catch (error) {
        if (!(error instanceof ZoneFileError)) throw error;
        expect(error.line).toBeGreaterThan(0);
        failed += 1;
      }
    }),
    { seed: 3, numRuns: 10_000 },
  );
  expect(Math.min(loaded, failed)).toBeGreaterThan(500);
});
