import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Writing } from '../../../harness/evidence/heap/adding-patterns.ts';
import { HandedOn } from '../../../harness/evidence/heap/handed-on.ts';
import { addingByOtherNames } from '../../../harness/evidence/heap/other-names.ts';
import { sourceOf } from '../../../harness/evidence/heap/source-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const ROWS: Writing = { name: 'rows', kind: 'field', containers: 1, container: 'Map' };

describe('lines that add to a Map called rows by another name', () => {
  test.each<[what: string, lines: readonly number[], code: string]>([
    ['of a variable that takes it', [3], 'const table = this.rows;\n\ntable.set(n, 1);'],
    ['on the line that takes it', [1], 'add(n) { const t = this.rows; t.set(n, 1); }'],
    ['of a variable with a type', [2], 'const t: Map<string, Row> = state?.rows!;\nt.set(n, 1);'],
    ['of a second variable', [2], 'const n = 1, t = this.rows;\nt.set(n, 1);'],
    ['of one that had another', [3], 'let t;\nt =\n  this.rows; t.set(n, 1);'],
    ['that may take another', [2], 'const t = n >= 2 ? made(n, 1) : this.rows;\nt.set(n, 1);'],
    ['that takes one of three', [5], 'const t = a === b\n  ? this.rows\n  : c || d\n\nt.set(n, 1);'],
    ['that takes it if it is there', [2], 'const t = this.rows ?? new Map();\nt.set(n, 1);'],
    ['that destructuring gives it', [2], 'const { size, rows: t } = this;\nt.set(n, 1);'],
    ['but hand it on', [3], 'function put(t, n) { t.set(n, 1); }\nconst t = this.rows;\nput(t, n);'],
    [
      'not where that has ended',
      [],
      'get size() { const t = this.rows; return t.size; }\nmerge(n) { const t = new Map(); t.set(n, 1); }',
    ],
    ['that may take nothing', [2], 'const t = n && this.rows;\nt.set(n, 1);'],
    ['not of a field of what may not be there', [], 'const t = db.find(n)?.rows;\nt.set(n, 1);'],
    ['not of what is compared with it', [], 'return t === old ? this.rows : t.set(n, 1);'],
    ['not of a function of one parameter', [], 'const of = t => t.old ? this.rows : old;\nt.set(n, 1);'],
    ['not behind a comma', [], 'let t = a, b = n ? this.rows : c;\nt.set(n, 1);'],
    ['behind a text of several lines', [3], `say(\`a\n \${n} b\`);\nconst t = this.rows; t.set(n, 1);`],
    ['not of what is asked of it', [], 'const t = this.rows ? old : young;\nt.set(n, 1);'],
    ['not of the line before', [], 'const t = other\nreturn n ? this.rows : t.set(n, 1)'],
    ['not of a function that takes it', [], 'const t = n => n ? this.rows : other;\nt.set(n, 1);'],
    ['not of what is made from it', [], 'const t = copied(n ? this.rows : other);\nt.set(n, 1);'],
    ['not of what is made of it', [], 'const stale = this.rows\n  .filter(old);\nstale.set(n, 1);'],
    ['not of what becomes a copy', [], 'let all = this.rows;\nall = new Map([...all, [n, 1]]);'],
    ['not of a field of the same name', [], "const { rows: t } = await db.query('');\nt.set(n, 1);"],
  ])('%s', (_, lines, code) => {
    expect(told(code, ROWS)).toEqual(lines);
  });

  const PUT = 'function put(t, n) { t.set(n, 1); }\nconst has = (t, n) => t.has(n)\n';
  test.each<[what: string, lines: readonly number[], code: string]>([
    ['of a function', [3], 'put(this.rows, n);'],
    ['of a function behind one that reads', [3], 'if (!has(this.rows, n)) put(this.rows, n);'],
    ['of one over several lines', [5], 'put(\n  // all\n  this.rows,\n  n,\n);'],
    ['of what it is called there', [3], 'put(this.rows as Map<string, number>, n);'],
    ['of a method that may not be there', [3], 'this.put?.(this.rows!, n);'],
    [
      'of a function of another argument',
      [4],
      'const add = (n, t) => {\n t.set(n, 1); }; add([1, 2], rows);',
    ],
    ['behind a text', [4], "const log = (text, t) => t.set(text, 1);\nlog('a, (b', this.rows);"],
    [
      'of one that has a bracket as a text',
      [4],
      "const p = (t, k) => { if (k === '}') return; t.set(k, 1); };\np(rows, n);",
    ],
    [
      'of a function in an object',
      [4],
      'const lib = { add: (t, n) => t.set(n, 1) };\nlib.add(this.rows, n);',
    ],
    ['of one that is exported', [4], 'exports.add = function (t, n) { t.set(n, 1); };\nadd(rows, n);'],
    ['not of a function that reads', [], 'has(this.rows, n);'],
    [
      'not of one that another follows',
      [],
      'const find = (t, n) => t.get(n);\nconst add = (t, n) => t.set(n, 1);\nfind(rows, n);',
    ],
    [
      'not of one whose bracket is a text',
      [],
      "const get = (t, k) => { if (k === '{') return t.get(k); };\nconst add = (t, n) => t.set(n, 1);\nget(rows, n);",
    ],
    ['not of another argument', [], 'put(n, this.rows);'],
    ['not where a parameter is called so', [], 'class Rows { put(rows, n) { this.all = rows; } }'],
    ['not of a keyword', [], 'if(m.has(n)) { m.set(n, 2); }\nif(this.rows) {\n}'],
    ["not of a class of Node's", [], 'class A { static from(t) { t.set(1, 1); } }\nArray.from(this.rows);'],
    ['not of what is made of it', [], 'put(this.rows\n  .copy(), n);'],
  ])('in a call %s', (_, lines, code) => {
    expect(told(PUT + code, ROWS)).toEqual(lines);
  });
});

test('a field that any object may have is not taken from an object of the class that has another', () => {
  const others: Writing = { ...ROWS, kind: 'field of others' };
  const code = 'const { rows: mine } = this;\nmine.set(n, 1);\nconst { rows: t } = state;\nt.set(n, 1);';
  expect(told(code, others)).toEqual([4]);
  expect(told(code, { ...others, owner: 'state' })).toEqual([4]);
  expect(told(code, { ...others, owner: 'store' })).toEqual([]);
});

test('a private field has no name in destructuring', () => {
  expect(told('const { rows: t } = this;\nt.set(n, 1);', { ...ROWS, name: '#rows' })).toEqual([]);
  expect(told('const t = this.#rows;\nt.set(n, 1);', { ...ROWS, name: '#rows' })).toEqual([2]);
});

test('a long comparison takes no time', () => {
  const parts = Array.from({ length: 60 }, (_, n) => `a.f${n} !== b.f${n}`);
  expect(told(`const same = ${parts.join(' || ')};`, ROWS)).toEqual([]);
});

test('a promise is waited for by another name', () => {
  const gone: Writing = { name: 'gone', kind: 'field', containers: 1, container: 'Promise' };
  const code = 'const end = n > 2 ? lease(n) : this.gone;\nconst won = await Promise.race([push(n), end]);';
  expect(told(code, gone)).toEqual([2]);
  expect(told('const end = this.gone; await closed(n); log(end);', gone)).toEqual([]);
});

let written = 0;

function told(code: string, writing: Writing): number[] {
  const file = join(folder, `rows${written++}.ts`);
  writeFileSync(file, code);
  const source = sourceOf([file, file]);
  expect(source?.lines.join('\n')).toHaveLength(code.length);
  return source
    ? addingByOtherNames(source, writing, new HandedOn(() => [[file, file]])).map(at => at.line)
    : [];
}
