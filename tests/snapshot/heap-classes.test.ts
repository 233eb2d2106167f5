import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HeapContents, heapClasses } from '../../harness/snapshot/heap-classes.ts';
import { readSnapshot } from '../../harness/snapshot/read-snapshot.ts';
import { changingClasses } from '../../harness/spawn/heap-table.ts';

/** What is kept between the two snapshots: all that `v8.queryObjects` cannot count, and an object that it can. */
const KEEP_A_HUNDRED = `
  const kept = { bare: [], strings: [], functions: [], numbers: [], proxies: [], hashes: [], dictionary: {} };
  const snapshot = name => require('node:v8').writeHeapSnapshot(name);
  class Entry { constructor(n) { this.key = 'k' + n; } }
  const memo = () => {};
  const keep = (n) => {
    memo['key ' + n] = n;
    const bare = Object.create(null); bare.owner = kept; kept.bare.push(bare);
    kept.strings.push(Buffer.from('a string of its own ' + n).toString('latin1'));
    kept.functions.push(() => n);
    kept.numbers.push(n + 0.5);
    kept.proxies.push(new Proxy(kept, kept));
    kept.hashes.push(require('node:crypto').createHash('sha256'));
    kept.dictionary['key ' + n] = { path: kept, body: kept };
    kept['entry' + n] = new Entry(n);
  };
  keep(-1); snapshot(process.argv[1]);
  for (let n = 0; n < 100; n++) keep(n);
  snapshot(process.argv[2]);
`;

const KEEP_THREE_HANDLES = `
  const { open } = require('node:fs/promises');
  const { Worker } = require('node:worker_threads');
  const { once } = require('node:events');
  const snapshot = name => require('node:v8').writeHeapSnapshot(name);
  const kept = [];
  const keep = async () => {
    kept.push(await open(process.execPath));
    const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true });
    kept.push(worker);
    await once(worker, 'online');
  };
  (async () => {
    await keep(); snapshot(process.argv[1]);
    for (let n = 0; n < 3; n++) await keep();
    snapshot(process.argv[2]);
    process.exit();
  })();
`;

describe('the classes of a heap snapshot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  let before: HeapContents['classes'] = {};
  let after: HeapContents['classes'] = {};
  let newest = 0;
  let seen = { count: 0, bytes: 0 };
  let all = 0;

  beforeAll(() => {
    const paths = [join(folder, 'a.heapsnapshot'), join(folder, 'b.heapsnapshot')] as const;
    execFileSync(process.execPath, ['-e', KEEP_A_HUNDRED, '--', ...paths]);
    ({ classes: before, newest } = contentsOf(paths[0]));
    ({ classes: after, seen } = contentsOf(paths[1], newest));
    all = Object.values(after).reduce((sum, { count }) => sum + count, 0);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['Entry', 'Object {owner}', 'Object {path, body}', 'Proxy', 'Hash', 'closure context'])(
    'count 100 more of %s',
    name => {
      expect(grown(name)).toBeGreaterThanOrEqual(100);
      expect(grown(name)).toBeLessThan(110);
    },
  );

  test('count strings and functions that are kept', () => {
    expect(grown('string')).toBeGreaterThanOrEqual(100);
    expect(
      Object.keys(after)
        .filter(name => name.startsWith('function'))
        .reduce((sum, name) => sum + grown(name), 0),
    ).toBeGreaterThanOrEqual(100);
  });

  test('measure the stores behind arrays and dictionaries', () => {
    expect(after['array store']!.bytes - before['array store']!.bytes).toBeGreaterThan(100 * 8);
    expect(after['property store']!.bytes - before['property store']!.bytes).toBeGreaterThan(100 * 8);
  });

  test.each(['array store', 'property store'])(
    'take the %s for as old as its container, an object or a function, which has got a larger one since',
    store => {
      expect(after[store]!.seenBytes! - before[store]!.bytes).toBeGreaterThan(100 * 8);
      expect(before[store]!.seenBytes).toBe(0);
    },
  );

  test('tell of stores alone how large those of old containers are', () => {
    expect(after.Entry).not.toHaveProperty('seenBytes');
  });

  test('tell what was there at the snapshot before from what was made since', () => {
    expect(after.Entry).toMatchObject({ count: 101, seen: 1 });
    expect(seen.count).toBeGreaterThan(all / 2);
    expect(seen.count).toBeLessThan(all - 100);
    expect(seen.bytes).toBeGreaterThan(seen.count);
  });

  test('leave out code and what V8 keeps for itself', () => {
    expect(
      Object.keys(after).filter(name => /^(system|\(code\)|code)/.test(name) && !/JS/.test(name)),
    ).toEqual([]);
  });

  function grown(name: string): number {
    return (after[name]?.count ?? 0) - (before[name]?.count ?? 0);
  }
});

test('things of which Node keeps an inner half of the same class count once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
  const paths = [join(folder, 'a.heapsnapshot'), join(folder, 'b.heapsnapshot')] as const;
  execFileSync(process.execPath, ['-e', KEEP_THREE_HANDLES, '--', ...paths]);
  const [before, after] = paths.map(path => contentsOf(path).classes);
  rmSync(folder, { recursive: true });
  for (const name of ['FileHandle', 'Worker'])
    expect((after?.[name]?.count ?? 0) - (before?.[name]?.count ?? 0)).toBe(3);
}, 60_000);

test('of several tables only the classes that changed are kept, with 0 where one is missing', () => {
  const one = { count: 3, bytes: 96, seen: 3 };
  const two = { count: 4, bytes: 128, seen: 3 };
  const rest = { newest: 1, seen: { count: 3, bytes: 96 } };
  expect(
    changingClasses([
      { iteration: 0, ...rest, classes: { Still: one, Grown: one } },
      { iteration: 9, ...rest, classes: { Still: one, Grown: two, New: one } },
    ]),
  ).toEqual([
    { iteration: 0, ...rest, classes: { Grown: one, New: { count: 0, bytes: 0, seen: 0 } } },
    { iteration: 9, ...rest, classes: { Grown: two, New: one } },
  ]);
});

function contentsOf(path: string, before = 0): HeapContents {
  return heapClasses(readSnapshot(path), before);
}
