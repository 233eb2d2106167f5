import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSnapshot } from '../../harness/snapshot/read-snapshot.ts';
import { ropeSizes } from '../../harness/snapshot/rope-sizes.ts';
import { temporaryFolder } from '../support/cli.ts';
import { SnapshotBuilder } from '../support/snapshot-builder.ts';

const ROPE = 32;
const LEAF = 100;
let folder: ReturnType<typeof temporaryFolder>;
let builder: SnapshotBuilder;
beforeEach(() => {
  folder = temporaryFolder();
  builder = new SnapshotBuilder();
});
afterEach(() => folder.remove());

const leaf = () => builder.node('string', '', { size: LEAF });

function rope(first: number, second: number): number {
  const node = builder.node('concatenated string', '', { size: ROPE });
  builder.edge(node, 'internal', 'first', first).edge(node, 'internal', 'second', second);
  return node;
}

function sizes(): (rope: number) => number {
  const path = join(folder.path, 'made.heapsnapshot');
  writeFileSync(path, builder.text());
  return ropeSizes(readSnapshot(path), node => node > 0);
}

test('a text takes its pieces and what holds these together', () => {
  const text = rope(rope(leaf(), leaf()), leaf());
  expect(sizes()(text)).toBe(2 * ROPE + 3 * LEAF);
});

test('a text that is doubled again and again has each piece once', () => {
  let text = leaf();
  for (let time = 0; time < 60; time++) text = rope(text, text);
  expect(sizes()(text)).toBe(60 * ROPE + LEAF);
});

test('so has one between whose pieces there is always the same one', () => {
  const comma = leaf();
  let text = leaf();
  for (let time = 0; time < 60; time++) text = rope(rope(text, comma), text);
  expect(sizes()(text)).toBe(120 * ROPE + 2 * LEAF);
});

test('two texts that begin alike both have the beginning', () => {
  const beginning = rope(leaf(), leaf());
  const [one, other] = [rope(beginning, leaf()), rope(beginning, leaf())];
  const sizeOf = sizes();
  expect([sizeOf(one), sizeOf(other)]).toEqual([2 * ROPE + 3 * LEAF, 2 * ROPE + 3 * LEAF]);
});

test.each([true, false])(
  'each of a long chain of texts is sized in time, the longest first: %s',
  longestFirst => {
    const texts = [rope(leaf(), leaf())];
    while (texts.length < 20_000) texts.push(rope(texts.at(-1)!, leaf()));
    const sizeOf = sizes();
    const found = (longestFirst ? texts.toReversed() : texts).map(sizeOf);
    expect(Math.max(...found)).toBe(20_000 * ROPE + 20_001 * LEAF);
    expect(Math.min(...found)).toBe(ROPE + 2 * LEAF);
  },
);

test('a chain whose texts share more than can be looked at is sized in time, the first one in full', () => {
  const comma = leaf();
  const texts = [rope(leaf(), comma)];
  while (texts.length < 20_000) texts.push(rope(rope(texts.at(-1)!, leaf()), comma));
  const [longest = 0, ...others] = texts.toReversed().map(sizes());
  expect(longest).toBe(39_999 * ROPE + 20_001 * LEAF);
  expect(Math.max(...others)).toBeLessThan(longest);
});
