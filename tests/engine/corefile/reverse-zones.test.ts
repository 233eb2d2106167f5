import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reverseZones } from '../../../harness/engine/corefile/reverse-zones.ts';

describe('reverseZones()', () => {
  test.each([
    ['10.0.0.0/24', ['0.0.10.in-addr.arpa.']],
    ['10.0.0.0/8', ['10.in-addr.arpa.']],
    ['10.9.8.7/8', ['10.in-addr.arpa.']],
    ['10.0.0.0/15', ['0.10.in-addr.arpa.', '1.10.in-addr.arpa.']],
    ['10.3.0.0/15', ['2.10.in-addr.arpa.', '3.10.in-addr.arpa.']],
    ['192.168.1.7/32', ['7.1.168.192.in-addr.arpa.']],
    ['0.0.0.0/0', ['in-addr.arpa.']],
    ['2001:db8::/32', ['8.b.d.0.1.0.0.2.ip6.arpa.']],
    ['2001:DB8::/32', ['8.b.d.0.1.0.0.2.ip6.arpa.']],
    ['fe80::/10', ['8', '9', 'a', 'b'].map(nibble => `${nibble}.e.f.ip6.arpa.`)],
    ['::/0', ['ip6.arpa.']],
    ['64:ff9b::192.0.2.0/120', [`2.0.0.0.0.c${'.0'.repeat(16)}.b.9.f.f.4.6.0.0.ip6.arpa.`]],
  ])('%s', (network, zones) => {
    expect(reverseZones(network)).toEqual(zones);
  });

  test('splits up to the next whole digit of the reverse name', () => {
    const quarter = reverseZones('192.168.1.0/25');
    expect(quarter).toHaveLength(128);
    expect(quarter?.[0]).toBe('0.1.168.192.in-addr.arpa.');
    expect(quarter?.[127]).toBe('127.1.168.192.in-addr.arpa.');
    const nibbles = reverseZones('fd00::/61');
    expect(nibbles).toHaveLength(8);
    expect(nibbles?.[7]).toBe('7.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.');
  });

  test.each([
    '10.0.0.1',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    'fd00::/129',
    'fe80::1%eth0/64',
    'a/8',
    '10.0.0.0/',
    '1.1.1.1/8/8',
  ])('takes %s for no network', text => {
    expect(reverseZones(text)).toBeUndefined();
  });

  test('gives zones that hold the reverse name of every address of an IPv4 network, and of no other', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.nat(32), fc.nat(2 ** 32 - 1), (network, length, other) => {
        const zones = reverseZones(`${dotted(network)}/${length}`) ?? [];
        const size = 2 ** (32 - length);
        const inside = Math.floor(network / size) === Math.floor(other / size);
        const name = `${dotted(other).split('.').reverse().join('.')}.in-addr.arpa.`;
        expect(zones.some(zone => name.endsWith(`.${zone}`) || name === zone)).toBe(inside);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

function dotted(address: number): string {
  return [24, 16, 8, 0].map(shift => (address >>> shift) & 255).join('.');
}
