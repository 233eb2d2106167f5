import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addingLines } from '../../../harness/evidence/heap/adding-lines.ts';
import { patternsFor, type Writing } from '../../../harness/evidence/heap/adding-patterns.ts';
import { preferringClass } from '../../../harness/evidence/heap/class-bodies.ts';
import { sourceOf } from '../../../harness/evidence/heap/source-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const ROWS: Writing = { name: 'rows', kind: 'field', containers: 1, container: 'Array' };

describe('of lines that add to the field rows of Table are told', () => {
  const LOG = 'class Log {\n  add(n) { this.rows.push(n); }\n}\n';
  const QUEUE = LOG.replace('Log', 'Queue');
  const PUT = '{\n  put(n) { this.rows.push(n); }\n}\n';
  test.each<[what: string, lines: readonly number[], code: string]>([
    ['none of another class', [5], `${LOG}class Table ${PUT}`],
    ['those of one that it extends', [5, 8], `${LOG}${QUEUE}class Table extends Queue ${PUT}`],
    ['those of a mixin', [5, 8], `${LOG}${QUEUE}class Table extends Keyed(Queue) ${PUT}`],
    [
      'those of a class without a name',
      [5, 8],
      `${LOG}const of = Base => class extends Base ${PUT}class Table ${PUT}`,
    ],
    [
      'those of others that have one',
      [2, 5],
      `class Log {\n  add(n) { this.table.rows.push(n); }\n}\nclass Table ${PUT}`,
    ],
    ['those of a function', [2, 4], `function add(n) {\n this.rows.push(n); }\nclass Table ${PUT}`],
    ['all where none is its own', [2, 5], `${LOG}${QUEUE}class Table {\n}`],
    ['all where it is elsewhere', [2, 5], LOG + QUEUE],
    [
      'none of a class within it',
      [4],
      `class Table {\n  log = new (class Log { add(n) { this.rows.push(n); } })();\n  put(n) {\n    this.rows.push(n);\n  }\n}`,
    ],
    [
      'its own of TypeScript',
      [5],
      `${LOG}export class Table<Row> implements Iterable<Row>, Sized {\n  put(n: Row) { this.rows!.push(n); }\n}`,
    ],
    [
      'its own by ?.',
      [2],
      `class Table {\n  put(n) { this?.rows.push(n); } }\nclass Log { add(n) { this?.rows.push(n); } }`,
    ],
    [
      'its own of a private field',
      [2],
      `class Table {\n  put(n) { this.#rows.push(n); } }\nclass Log { add(n) { this.#rows.push(n); } }`,
    ],
  ])('%s', (_, lines, code) => {
    expect(told(code)).toEqual(lines);
  });
});

let written = 0;

function told(code: string): number[] {
  const file = join(folder, `rows${written++}.ts`);
  writeFileSync(file, code);
  const source = sourceOf([file, file]);
  if (!source) return [];
  return preferringClass(addingLines(source.lines, ROWS, patternsFor), source, 'Table').map(at => at.line);
}
