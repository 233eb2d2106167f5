import { describe, expect, test } from 'vitest';
import type { Address } from '../../../harness/engine/corefile/address.ts';
import { CorefileError } from '../../../harness/engine/corefile/error.ts';
import { checkOverlaps, inspectKeys } from '../../../harness/engine/corefile/keys.ts';
import { parseCorefile } from '../../../harness/engine/corefile/parser.ts';

describe('inspectKeys()', () => {
  test.each([
    ['.', 'dns://.:53'],
    ['.:1053', 'dns://.:1053'],
    ['.:0', 'dns://.:0'],
    ['.:00053', 'dns://.:53'],
    ['.:99999', 'dns://.:99999'],
    ['Example.ORG', 'dns://example.org.:53'],
    ['example.org.', 'dns://example.org.:53'],
    ['dns://example.org:5353', 'dns://example.org.:5353'],
    ['example.org:dns', 'dns://example.org:dns.:53'],
    ['example.org:-1', 'dns://example.org:-1.:53'],
    ['foo://x', 'dns://foo://x.:53'],
    ['DNS://x', 'dns://dns://x.:53'],
    ['*.a_b.c', 'dns://*.a_b.c.:53'],
    ['"a,b"', 'dns://a,b.:53'],
    ['10.0.0.1', 'dns://10.0.0.1.:53'],
    ['10.0.0.0/24', 'dns://0.0.10.in-addr.arpa.:53'],
    ['10.0.0.0/24:1053', 'dns://0.0.10.in-addr.arpa.:1053'],
    ['2001:db8::/32', 'dns://8.b.d.0.1.0.0.2.ip6.arpa.:53'],
    ['2001:db8::/32:1053', 'dns://8.b.d.0.1.0.0.2.ip6.arpa.:1053'],
    ['0.0.0.0/0', 'dns://in-addr.arpa.:53'],
    ['@', 'dns://\\064.:53'],
    ['"a b"', 'dns://a\\032b.:53'],
    ['}', 'dns://}.:53'],
  ])('rewrites %s as %s', (key, rewritten) => {
    expect(inspect(key)[0]?.keys).toEqual([rewritten]);
  });

  test('keeps keys, zones and addresses in step', () => {
    const [block] = inspect('b.org a.org:5300 {\nlog\n}');
    expect(block?.keys).toEqual(['dns://b.org.:53', 'dns://a.org.:5300']);
    expect(block?.zones).toEqual(['b.org.', 'a.org.']);
    expect(block?.addresses).toEqual([
      { scheme: 'dns', zone: 'b.org.', port: '53' },
      { scheme: 'dns', zone: 'a.org.', port: '5300' },
    ]);
    expect([...(block?.directives.keys() ?? [])]).toEqual(['log']);
  });

  test('puts the further zones of a network at the end of the block', () => {
    const zones = inspect('10.0.0.0/15:99 example.org 10.4.0.0/15')[0]?.keys;
    expect(zones).toEqual([
      'dns://0.10.in-addr.arpa.:99',
      'dns://example.org.:53',
      'dns://4.10.in-addr.arpa.:53',
      'dns://1.10.in-addr.arpa.:99',
      'dns://5.10.in-addr.arpa.:53',
    ]);
  });

  test('takes the default port as a number or as text', () => {
    const blocks = parseCorefile({ text: 'a', path: 'f' });
    expect(inspectKeys(blocks, { defaultPort: 0 })).toEqual(inspectKeys(blocks, { defaultPort: '0' }));
    expect(inspectKeys(blocks, { defaultPort: 0 })[0]?.keys).toEqual(['dns://a.:0']);
  });

  test.each([
    ['x:', 'expecting data after last colon: "x:"'],
    ['a , b', 'expecting data after last colon: ""'],
    ['dns://', 'expecting data after last colon: ""'],
    [':53', 'zone is not a valid domain name: '],
    ['a..b', 'zone is not a valid domain name: a..b'],
    ['.a', 'zone is not a valid domain name: .a'],
    [`${'a'.repeat(64)}.org`, `zone is not a valid domain name: ${'a'.repeat(64)}.org`],
    [`${'a.'.repeat(127)}bc`, 'specified zone is too long: 256 > 255'],
    [`${'a.'.repeat(127)}b`, `zone is not a valid domain name: ${'a.'.repeat(127)}b`],
    [`${'é.'.repeat(86)}`, 'specified zone is too long: 258 > 255'],
    ['::/0', 'invalid CIDR ::/0'],
    ['::1/128', 'invalid CIDR ::1/128'],
    ['0064:ff9b::/96', 'invalid CIDR 0064:ff9b::/96'],
    ['tls://example.org', 'this engine serves the scheme dns only: tls://example.org'],
    ['quic://.', 'this engine serves the scheme dns only: quic://.'],
    ['grpc://.', 'this engine serves the scheme dns only: grpc://.'],
    ['https://.', 'this engine serves the scheme dns only: https://.'],
    ['https3://.', 'this engine serves the scheme dns only: https3://.'],
    ['unix:///run/dns', 'this engine serves the scheme dns only: unix:///run/dns'],
  ])('refuses %s', (keys, message) => {
    expect(() => inspect(keys)).toThrow(CorefileError);
    expect(() => inspect(keys)).toThrow(
      expect.objectContaining({ message: `error inspecting server blocks: ${message}` }),
    );
  });

  test('says in which file and line the block of a refused key begins', () => {
    expect(() => inspect('a {\n}\nb c: {\n}')).toThrow(
      expect.objectContaining({ file: 'Corefile', line: 3 }),
    );
  });
});

describe('checkOverlaps()', () => {
  test.each([
    ['two zones', [['a.'], ['b.']]],
    ['one zone on two ports', [['a.'], ['a.', [], '54']]],
    [
      'one zone on two addresses',
      [
        ['a.', ['127.0.0.1', '127.0.0.2']],
        ['a.', ['::1']],
      ],
    ],
  ] satisfies [string, ClaimText[]][])('lets %s pass', (_what, claims) => {
    expect(() => check(claims)).not.toThrow();
  });

  test.each([
    ['dns://a.:53 - it is already defined', [['a.'], ['a.']]],
    [
      'dns://a.:53 on ::1 - it is already defined',
      [
        ['a.', ['127.0.0.1', '::1']],
        ['a.', ['::1']],
      ],
    ],
    ['dns://a.:53 on ::1 - it is already defined', [['a.', ['::1', '::1']]]],
    [
      'dns://a.:53 on ::1 - zone overlap listener capacity with dns://a.:53',
      [['a.'], ['b.'], ['a.', ['::1']]],
    ],
    ['dns://a.:53 - zone overlap listener capacity with dns://a.:53 on ::1', [['a.', ['::1']], ['a.']]],
  ] satisfies [string, ClaimText[]][])('cannot serve %s', (message, claims) => {
    expect(() => check(claims)).toThrow(new Error(`cannot serve ${message}`));
  });
});

type ClaimText = [zone: string, hosts?: string[], port?: string];

function check(claims: readonly ClaimText[]): void {
  const address = (zone: string, port: string): Address => ({ scheme: 'dns', zone, port });
  checkOverlaps(
    claims.map(([zone, hosts = [], port = '53']) => ({ address: address(zone, port), listenHosts: hosts })),
  );
}

function inspect(text: string) {
  return inspectKeys(parseCorefile({ text, path: 'Corefile' }), { defaultPort: 53 });
}
