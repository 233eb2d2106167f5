import { expect, test } from 'vitest';
import { parseTtl } from '../../../harness/engine/zone/ttl.ts';

test.each([
  ['0', 0],
  ['3600', 3600],
  ['1h', 3600],
  ['1H30M', 5400],
  ['1w2d3h4m5s', 788_645],
  ['1d12', 86_412],
  ['2147483647', 2_147_483_647],
  ['3550w', 2_147_040_000],
])('%s is %i seconds', (text, seconds) => {
  expect(parseTtl(text)).toBe(seconds);
});

test.each(['', 'h', '1y', '-1', '1.5h', '2147483648', '3551w', '1hm', '99999999999', '1 h'])(
  '%j is no TTL',
  text => {
    expect(parseTtl(text)).toBeUndefined();
  },
);
