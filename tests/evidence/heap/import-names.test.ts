import { expect, test } from 'vitest';
import { codeAlone } from '../../../harness/evidence/heap/code-alone.ts';
import {
  exportedAgain,
  exportedAs,
  importedAs,
  namespacesIn,
} from '../../../harness/evidence/heap/import-names.ts';

const lines = (text: string) => codeAlone(text, 'main.ts').split('\n');
/** In a folder beside lib. */
const module = (text: string) => ({ files: ['/app/src/main.ts', '/app/dist/main.js'], lines: lines(text) });
const of = (files: readonly string[], ...names: string[]) => ({ files, names });

test('what is imported has the name that the module gives it', () => {
  const text = module(`import { cache } from './a.mjs';
    import pages, { rows as all, type Row } from "./b.ts";
    import {
      list,
      queue as waiting,
    } from './c.mjs';
    import { take } from '@app/queue';`);
  expect(importedAs(text, of(['/app/src/a.mjs'], 'cache'))).toEqual(['cache']);
  expect(importedAs(text, of(['/app/dist/b.js'], 'rows'))).toEqual(['all']);
  expect(importedAs(text, of(['/app/src/c.mts'], 'queue', 'list'))).toEqual(['list', 'waiting']);
  expect(importedAs(text, of(['/app/src/b.ts'], 'default'))).toEqual(['pages']);
  expect(importedAs(text, of(['/app/src/a.mjs'], 'elsewhere'))).toEqual([]);
  expect(importedAs(text, of(['/app/src/b.ts', '/app/a.mjs'], 'cache'))).toEqual([]);
  expect(importedAs(text, of(['/app/packages/queue/index.js'], 'take'))).toEqual(['take']);
});

test('what is exported has the name under which the module declares it', () => {
  const text = lines(`const all = new Set(); export const sessions = new Map();
    export { all as opened, all as seen };
    export { rows as lines } from './rows.mjs';
    export default sessions;`);
  expect(exportedAs(text, ['opened', 'seen'])).toEqual(['all']);
  expect(exportedAs(text, ['sessions'])).toEqual(['sessions']);
  expect(exportedAs(text, ['default'])).toEqual(['sessions']);
});

test('what is exported without a name has none', () => {
  expect(exportedAs(lines('export default new Map();'), ['default'])).toEqual([]);
});

test('names for all that a module exports, by the name of its file', () => {
  const text = module(
    "import * as store from '../src/store/index.js?v=2';\nimport fs, * as all from './all.mjs';\nimport{a as b}from'./x.js'",
  );
  expect(namespacesIn(text, of(['/app/src/store/index.ts', '/app/dist/store/index.js']))).toEqual(['store']);
  expect(namespacesIn(text, of(['/app/src/all.mjs']))).toEqual(['all']);
  expect(namespacesIn(text, of(['/app/all.mjs']))).toEqual([]);
  expect(importedAs(text, of(['/app/src/x.ts'], 'a'))).toEqual(['b']);
});

test('comments are no code, wherever they stand', () => {
  const text = module(`// First we import the list that all parts share
    import list from './store.mjs'; // import it
    import {
      first, // not used
      second, // it's the list
      /* third, */ fourth as last,
    } from './more.mjs';
    export default list; // the same`);
  expect(importedAs(text, of(['/app/src/store.mjs'], 'default'))).toEqual(['list']);
  expect(importedAs(text, of(['/app/src/more.mjs'], 'second', 'fourth', 'third'))).toEqual([
    'second',
    'last',
  ]);
  expect(exportedAs(text.lines, ['default'])).toEqual(['list']);
});

test('long texts that begin like an import are read to their end', () => {
  const text = module(`import ${' '.repeat(5000)}\n${'import prose without an end '.repeat(2000)}`);
  expect(importedAs(text, of([], 'prose'))).toEqual([]);
});

test('what is exported again has the names that the module in between gives it', () => {
  const barrel = module(`export { cache as pages, cache, other } from './store.mjs';
    export { default as queue } from "../lib/queue.js?v=2";
    import jobs, { waiting as held } from './jobs.ts';
    import { cache as stranger } from './strange.mjs';
    export { held, jobs as default, stranger };`);
  expect(exportedAgain(barrel, of(['/app/src/store.mjs'], 'cache'))).toEqual(['pages', 'cache']);
  expect(exportedAgain(barrel, of(['/app/lib/queue.js'], 'default'))).toEqual(['queue']);
  expect(exportedAgain(barrel, of(['/app/dist/jobs.js', '/app/src/jobs.ts'], 'waiting'))).toEqual(['held']);
  expect(exportedAgain(barrel, of(['/app/src/jobs.ts'], 'default'))).toEqual(['default']);
  expect(exportedAgain(barrel, of(['/app/src/lib/store.mjs'], 'cache'))).toEqual([]);
  const all = module(`export * from './store.mjs';
    export * as store from './store.mjs';`);
  expect(exportedAgain(all, of(['/app/src/store.mjs'], 'cache', 'pages', 'default'))).toEqual([
    'cache',
    'pages',
  ]);
  expect(exportedAgain(all, of(['/app/src/stores.mjs'], 'cache'))).toEqual([]);
});

test('what is imported and exported as the default has that name', () => {
  const text = module("import { cache } from './store.mjs';\nexport default cache;");
  expect(exportedAgain(text, of(['/app/src/store.mjs'], 'cache'))).toEqual(['default']);
  expect(exportedAgain(text, of(['/app/src/store.mjs'], 'other'))).toEqual([]);
});

test('only what is named may have a query, and an alias may begin with a hash', () => {
  const text = module("export { cache } from './other.mjs';\nexport { rows } from '#lib/store.js';");
  const own = (files: string) => [`/me/c#/app/${files}`];
  const there = { ...text, files: own('main.mjs') };
  expect(exportedAgain(there, of(own('store.mjs'), 'cache'))).toEqual([]);
  expect(exportedAgain(there, of(own('other.mjs'), 'cache'))).toEqual(['cache']);
  expect(exportedAgain(text, of(['/app/lib/store.ts'], 'rows'))).toEqual(['rows']);
});

test('files called index are told apart by their folders', () => {
  const text = module("export { cache } from './pages/index.js';\nexport { rows } from './';");
  expect(exportedAgain(text, of(['/app/src/pages/index.ts'], 'cache'))).toEqual(['cache']);
  expect(exportedAgain(text, of(['/app/src/jobs/index.ts'], 'cache'))).toEqual([]);
  expect(exportedAgain(text, of(['/app/src/index.ts'], 'rows'))).toEqual(['rows']);
});
