import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readSnapshot, type Snapshot } from '../../harness/snapshot/read-snapshot.ts';
import { SnapshotBuilder } from '../support/snapshot-builder.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading a heap snapshot', () => {
  test.each([
    { extra: ['trace_node_id', 'detachedness'], separator: '\n,' },
    { extra: ['detachedness'], separator: ',' },
    { extra: [], separator: ', ' },
  ])('finds nodes and edges by the fields that meta names: $extra', ({ extra, separator }) => {
    const snapshot = read(example(extra).text({ separator }));
    expect(snapshot).toMatchObject({ nodeCount: 4, edgeCount: 3 });
    expect([...snapshot.ids]).toEqual([1, 3, 5, 4_294_967_295]);
    expect([...snapshot.sizes]).toEqual([0, 16, 48, 6e9]);
    expect([...snapshot.firstEdges]).toEqual([0, 2, 3, 3, 3]);
    expect([...snapshot.targets]).toEqual([1, 3, 2]);
    expect(snapshot.edgeTypes[snapshot.edgeTypeOf[1]!]).toBe('weak');
    expect(snapshot.edgeNames[1]).toBe(7);
    expect(nameOf(snapshot, 2)).toBe('Zone');
  });

  test('decodes the strings that are asked for, escapes and other alphabets too', () => {
    const builder = new SnapshotBuilder();
    const texts = ['say "hi"\n\\', 'größe', '日本語 🙂', '', 'last'];
    for (const text of texts) builder.node('string', text);
    const snapshot = read(builder.text());
    expect(texts.map((_, index) => nameOf(snapshot, index + 1))).toEqual(texts);
    expect(snapshot.strings.at(999)).toBe('');
  });

  test('reads strings and numbers that lie across the chunks it reads', () => {
    const builder = new SnapshotBuilder();
    const long = 'x"\\'.repeat(900_000);
    const node = builder.node('string', long);
    for (let index = 0; index < 200_000; index++)
      builder.node('object', 'Zone', { id: 1_000_001 + index * 2 });
    const snapshot = read(builder.text());
    expect(nameOf(snapshot, node)).toBe(long);
    expect(snapshot.ids.at(-1)).toBe(1_399_999);
  });

  test('knows where functions stand and by which stack objects were allocated', () => {
    const builder = new SnapshotBuilder();
    const [load, main, file] = ['load', 'main', '/srv/app.js'].map(text => builder.node('string', text));
    const closure = builder.node('closure', 'load');
    builder.locate(closure, 12, 3, 9);
    void [load, main, file];
    const text = builder.text({
      traces: {
        functions: [1, 2, 3, 12, 4, 5, 2, 1, 3, 12, 7, 8],
        tree: [1, 0, 0, 0, [2, 1, 5, 80, [3, 0, 5, 80, []]]],
      },
    });
    const { locations, traces } = read(text);
    expect(locations).toMatchObject({ count: 1 });
    expect([locations.nodes[0], locations.scripts[0], locations.lines[0], locations.columns[0]]).toEqual([
      closure,
      12,
      3,
      9,
    ]);
    expect([...traces!.tree]).toEqual([
      [1, { parent: 0, function: 0 }],
      [2, { parent: 1, function: 1 }],
      [3, { parent: 2, function: 0 }],
    ]);
    expect(traces!.functions).toEqual([
      { name: 'main', script: '/srv/app.js', line: 4, column: 5 },
      { name: 'load', script: '/srv/app.js', line: 7, column: 8 },
    ]);
  });

  test.each([
    ['cut short', (text: string) => text.slice(0, text.length * 0.7)],
    ['cut short in its strings', (text: string) => text.slice(0, -4)],
    ['of another kind', () => '{"version":3}'],
    ['of fewer nodes than it says', (text: string) => text.replace('"node_count":4', '"node_count":5')],
    ['without a field', (text: string) => text.replace('self_size', 'size')],
    ['empty', () => ''],
  ])('says in one line why it cannot read a file that is %s', (_, change) => {
    expect(() => read(change(example().text()))).toThrow(/^expected .*: .+$/);
  });
});

function example(extra?: readonly string[]): SnapshotBuilder {
  const builder = new SnapshotBuilder(extra);
  const list = builder.node('object', 'Array');
  const zone = builder.node('object', 'Zone', { size: 48 });
  const data = builder.node('native', 'data', { id: 4_294_967_295, size: 6e9 });
  return builder.edge(0, 'property', 'zones', list).edge(0, 'weak', 7, data).edge(list, 'element', 0, zone);
}

function read(text: string): Snapshot {
  const path = join(folder, 'made.heapsnapshot');
  writeFileSync(path, text);
  return readSnapshot(path);
}

function nameOf(snapshot: Snapshot, node: number): string {
  return snapshot.strings.at(snapshot.names[node]!);
}
