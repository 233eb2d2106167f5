import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { withoutOtherClasses } from '../../../harness/evidence/heap/class-bodies.ts';
import { matching, sourceOf } from '../../../harness/evidence/heap/source-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('lines that add to the field rows of a class', () => {
  const OTHER = 'class Log {\n  add(n) { this.rows.push(n); }\n}\n';
  test.each<[what: string, lines: readonly number[], code: string]>([
    ['not those of another', [5], `${OTHER}class Table {\n  add(n) { this.rows.push(n); }\n}`],
    [
      'those of one that it extends',
      [2, 5],
      `${OTHER}class Table extends Log {\n  put(n) { this.rows.push(n); }\n}`,
    ],
    [
      'those of a mixin',
      [2, 5],
      `${OTHER}class Table extends Keyed(Log) {\n  put(n) { this.rows.push(n); }\n}`,
    ],
    [
      'those of a class without a name',
      [2, 4],
      'const Rows = Base => class extends Base {\n  add(n) { this.rows.push(n); }\n};\nclass Table extends Rows(Object) { put(n) { this.rows.push(n); } }',
    ],
    [
      'those of others that have it',
      [2, 4],
      'class Log {\n  add(n) { this.table.rows.push(n); }\n}\nclass Table { put(n) { this.rows.push(n); } }',
    ],
    [
      'those of a function',
      [4, 5],
      `${OTHER}function put(table, n) { table.rows.push(n); }\nclass Table { put(n) { this.rows.push(n); } }`,
    ],
    ['none but of others', [], `${OTHER}class Table {\n}`],
    ['all where the class is elsewhere', [2], OTHER],
    [
      'not those of a class within it',
      [4],
      'class Table {\n  log = new (class Log { add(n) { this.rows.push(n); } })();\n\n  put(n) { this.rows.push(n); }\n}',
    ],
    [
      'those of a class of TypeScript',
      [5],
      `${OTHER}export class Table<Row> implements Iterable<Row>, Sized {\n  put(n: Row) { this.rows!.push(n); }\n}`,
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
  const places = matching(source.lines, /[.#]rows!?\.push\(/);
  return withoutOtherClasses(places, source, 'Table').map(at => at.line);
}
