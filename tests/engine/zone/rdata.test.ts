import { describe, expect, test } from 'vitest';
import { typeNumber } from '../../../harness/engine/zone/types.ts';
import { contentOf, dataOf, failureOf, recordsOf } from './support.ts';

const DIGEST = '2BB183AF5F22588179A53B0A98631FAD1A292118';

describe('data', () => {
  test.each([
    ['A 192.0.2.1', '192.0.2.1'],
    ['AAAA 2001:DB8:0:0:1::', '2001:db8:0:0:1::'],
    ['AAAA 2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['AAAA 2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['AAAA 1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['AAAA 1:0:0:2:3:0:0:4', '1::2:3:0:0:4'],
    ['AAAA ::', '::'],
    ['AAAA ::1', '::1'],
    ['AAAA ::FFFF:192.0.2.1', '::ffff:192.0.2.1'],
    ['AAAA 64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['AAAA 1:20:0:0:0:0:0:0', '1:20::'],
    ['NS NS1', 'ns1.example.org.'],
    ['CNAME @', 'example.org.'],
    ['PTR host.example.com.', 'host.example.com.'],
    ['DNAME .', '.'],
  ])('%s is %s', (data, expected) => {
    expect(dataOf(`a ${data}`)).toBe(expected);
  });

  test.each([
    ['MX 10 Mail', { preference: 10, exchange: 'mail.example.org.' }],
    ['SRV 0 5 5060 sip', { priority: 0, weight: 5, port: 5060, target: 'sip.example.org.' }],
    ['TXT a "b c" ""', [Buffer.from('a'), Buffer.from('b c'), Buffer.alloc(0)]],
    ['TXT \\"\\065\\; "é;\\200"', [Buffer.from('"A;'), Buffer.concat([Buffer.from('é;'), Buffer.of(200)])]],
    ['CAA 128 issueWild "ca.example; x=1"', { flags: 128, tag: 'issueWild', value: 'ca.example; x=1' }],
    [
      'NAPTR 100 50 "s" "SIP+D2U" "!^.*$!sip:\\\\1@example.org!" _sip._udp',
      {
        order: 100,
        preference: 50,
        flags: 's',
        services: 'SIP+D2U',
        regexp: '!^.*$!sip:\\1@example.org!',
        replacement: '_sip._udp.example.org.',
      },
    ],
    [
      'TLSA 3 1 1 (AB cd\n EF)',
      { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from('abcdef', 'hex') },
    ],
    ['SSHFP 4 2 ABcd', { algorithm: 4, hash: 2, fingerprint: 'abcd' }],
    [
      `DS 60485 RSASHA1 1 ${DIGEST}`,
      { keyTag: 60_485, algorithm: 5, digestType: 1, digest: Buffer.from(DIGEST, 'hex') },
    ],
    ['DNSKEY 257 3 13 AwEA AQ==', { flags: 257, algorithm: 13, key: Buffer.from('AwEAAQ==', 'base64') }],
    [
      'RRSIG AAAA 8 2 1h 20300101000000 1893456000 12345 @ c2ln',
      {
        typeCovered: 'AAAA',
        algorithm: 8,
        labels: 2,
        originalTTL: 3600,
        expiration: 1_893_456_000,
        inception: 1_893_456_000,
        keyTag: 12_345,
        signersName: 'example.org.',
        signature: Buffer.from('sig'),
      },
    ],
    [
      'NSEC b NSEC TYPE1 TYPE65280 mx A',
      { nextDomain: 'b.example.org.', rrtypes: ['A', 'MX', 'NSEC', 'TYPE65280'] },
    ],
    ['NSEC b', { nextDomain: 'b.example.org.', rrtypes: [] }],
    ['TYPE65280 \\# 4 0A00 0001', Buffer.from('0a000001', 'hex')],
    ['TYPE65280 \\# 0', Buffer.alloc(0)],
    ['HINFO \\# 4 01610162', Buffer.from('01610162', 'hex')],
  ])('%s', (data, expected) => {
    expect(dataOf(`a ${data}`)).toEqual(expected);
  });

  test('a text above 255 octets becomes several strings', () => {
    expect(dataOf(`a TXT "${'x'.repeat(600)}"`)).toEqual(
      [255, 255, 90].map(length => Buffer.from('x'.repeat(length))),
    );
  });

  test('a SOA has times with units', () => {
    expect(contentOf('@ 5 SOA NS1 host\\.master 4294967295 1h 2h 3w 5m').soa).toEqual({
      name: 'example.org.',
      type: 'SOA',
      ttl: 5,
      data: {
        mname: 'ns1.example.org.',
        rname: 'host\\.master.example.org.',
        serial: 4_294_967_295,
        refresh: 3600,
        retry: 7200,
        expire: 1_814_400,
        minimum: 300,
      },
    });
  });
});

describe('malformed data is blamed on what is wrong', () => {
  test.each([
    ['A 1.2.3', 'bad A A: "1.2.3"'],
    ['A 1.2.3.256', 'bad A A: "1.2.3.256"'],
    ['A 01.2.3.4', 'bad A A: "01.2.3.4"'],
    ['A "1.2.3.4"', 'bad A A: "1.2.3.4"'],
    ['A', 'bad A A: ""'],
    ['A 1.2.3.4 5', 'garbage after rdata: "5"'],
    ['AAAA 1.2.3.4', 'bad AAAA AAAA: "1.2.3.4"'],
    ['AAAA fe80::1%lo', 'bad AAAA AAAA: "fe80::1%lo"'],
    ['AAAA 1::2::3', 'bad AAAA AAAA: "1::2::3"'],
    ['NS a..b', 'bad NS Ns: "a..b"'],
    ['CNAME', 'bad CNAME Target: ""'],
    ['PTR "a"', 'bad PTR Ptr: "a"'],
    ['DNAME a\\999', 'bad DNAME Target: "a\\\\999"'],
    ['MX mail', 'bad MX preference: "mail"'],
    ['MX 65536 mail', 'bad MX preference: "65536"'],
    ['MX 10', 'bad MX exchange: ""'],
    ['SRV 0 0 70000 a', 'bad SRV port: "70000"'],
    ['SRV 0 0 -1 a', 'bad SRV port: "-1"'],
    ['TXT', 'bad TXT Txt: ""'],
    ['TXT a\\25', 'bad TXT Txt: "a\\\\25"'],
    ['CAA 256 issue x', 'bad CAA flags: "256"'],
    ['CAA 0 is-sue x', 'bad CAA tag: "is-sue"'],
    ['CAA 0 issue \\200', 'bad CAA value: "\\\\200"'],
    [`NAPTR 1 1 s "" "${'x'.repeat(256)}" .`, `bad NAPTR regexp: "${'x'.repeat(64)}..."`],
    ['TLSA 3 1 1 abc', 'bad TLSA certificate: "abc"'],
    ['TLSA 3 1 1', 'bad TLSA certificate: ""'],
    ['SSHFP 1 1 zz', 'bad SSHFP fingerprint: "zz"'],
    ['DS 1 NOSUCH 1 ab', 'bad DS algorithm: "NOSUCH"'],
    ['DS 1 8 1 "ab"', 'bad DS digest: "ab"'],
    ['DNSKEY 256 2 8 AwEAAQ==', 'bad DNSKEY algorithm: "2"'],
    ['DNSKEY 256 3 8 AwEAAQ', 'bad DNSKEY key: "AwEAAQ"'],
    ['RRSIG ANY 8 2 1 1 1 1 @ c2ln', 'bad RRSIG typeCovered: "ANY"'],
    ['RRSIG A 8 2 1 20301301000000 1 1 @ c2ln', 'bad RRSIG expiration: "20301301000000"'],
    ['RRSIG A 8 2 1 21070101000000 1 1 @ c2ln', 'bad RRSIG expiration: "21070101000000"'],
    ['NSEC b A FOO', 'bad NSEC rrtypes: "A"'],
    ['SOA ns host 1 2 3 4', 'bad SOA zone parameter: ""'],
    ['SOA ns host 4294967296 2 3 4 5', 'bad SOA zone parameter: "4294967296"'],
    ['SOA ns host 1h 2 3 4 5', 'bad SOA zone parameter: "1h"'],
    ['HINFO a b', 'bad HINFO data, the form "\\# length hex" is required: "a"'],
    ['TYPE65280 \\# 2 ab', 'bad RFC3597 Rdata: "ab"'],
    ['TYPE65280 \\# 1 a', 'bad RFC3597 Rdata: "a"'],
    ['TYPE65280 \\# x ab', 'bad RFC3597 length: "x"'],
    ['TYPE65280 \\#', 'bad RFC3597 length: ""'],
    ['A \\# 3 010203', 'bad A data in RFC3597 form: "3"'],
    ['A \\# 5 0102030405', 'bad A data in RFC3597 form: "5"'],
  ])('%s', (data, problem) => {
    const failure = failureOf(`a 60 IN ${data}`);
    expect(failure.message).toMatch(/^db\.example\.org: dns: /);
    expect(failure.message).toContain(`${problem} at line: 3:`);
    expect(failure.line).toBe(3);
  });
});

describe('types that cannot be in a zone', () => {
  test.each(['OPT', 'AXFR', 'TSIG', 'TYPE255'])('%s', type => {
    expect(failureOf(`a 60 IN ${type} \\# 0`).message).toContain('type is not allowed in a zone');
  });

  test.each(['NSEC3 1 0 0 - aaaa A', 'NSEC3PARAM 1 0 0 -', 'TYPE50 \\# 0'])('%s', data => {
    expect(failureOf(`a ${data}`).message).toContain('NSEC3 zone is not supported: "');
  });
});

test('the generic form of a known type is that type, and gives what its own notation gives', () => {
  const generic = [
    ['A', '01020304'],
    ['AAAA', '20010db8000000000000000000000001'],
    ['NS', '026E7300'],
    ['MX', '000a046d61696c00'],
    ['TXT', '0161026263'],
    ['SRV', '00010002000300'],
    ['CAA', '0005697373756563612e'],
    ['NAPTR', '00010002017301780000'],
    ['TLSA', '030101ab'],
    ['SSHFP', '0402ab'],
    ['DS', '00010801ab'],
    ['DNSKEY', '01010308ab'],
    ['RRSIG', '0001080200000e1070dbd8807001ab00000100ab'],
    ['NSEC', '0161000006400000000003'],
    ['SVCB', '000100000300020035'],
  ] as const;
  for (const [type, hex] of generic) {
    const length = hex.length / 2;
    const named = contentOf(`a ${type} \\# ${length} ${hex}\na TYPE${typeNumber(type)} \\# ${length} ${hex}`);
    const [first = '', second] = recordsOf(named);
    expect(second).toBe(first);
    expect(recordsOf(contentOf(first))).toEqual([first]);
  }
  const soa = contentOf('@ TYPE6 \\# 22 0000000000010000000200000003000000040000 0005').soa;
  expect(soa.data).toEqual({
    mname: '.',
    rname: '.',
    serial: 1,
    refresh: 2,
    retry: 3,
    expire: 4,
    minimum: 5,
  });
});

test.each([
  ['NS', '02616202', 'a label beyond the end'],
  ['NS', 'c000', 'a compression pointer'],
  ['NS', '0161', 'a name without an end'],
  ['MX', '00', 'half a number'],
  ['TXT', '', 'no string'],
  ['TXT', '0361', 'a string beyond the end'],
  ['CAA', '000069', 'an empty tag'],
  ['DNSKEY', '010102081234', 'another protocol'],
  ['NSEC', '000000', 'an empty window'],
  ['NSEC', '0001012000010120', 'windows out of order'],
  ['NSEC', `00${'0021'}${'00'.repeat(33)}`, 'a window above 32 octets'],
  ['NSEC', '00002000000000000000000000000000000000000000000000000000000000000000ff', 'types of queries'],
  ['SOA', '00000000000100000002800000000000000400000005', 'a time above 31 bits'],
])('%s data %s is refused: %s', (type, hex) => {
  expect(failureOf(`a ${type} \\# ${hex.length / 2} ${hex}`).line).toBe(3);
});
