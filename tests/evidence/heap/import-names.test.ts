import { expect, test } from 'vitest';
import {
  exportedAgain,
  exportedAs,
  importedAs,
  namespacesIn,
} from '../../../harness/evidence/heap/import-names.ts';

const lines = (text: string) => text.split('\n');

test('what is imported has the name that the module gives it', () => {
  const text = lines(`import { cache } from './a.mjs';
    import pages, { rows as all, type Row } from "./b.ts";
    import {
      list,
      queue as waiting,
    } from './c.mjs';`);
  expect(importedAs(text, ['cache'])).toEqual(['cache']);
  expect(importedAs(text, ['rows'])).toEqual(['all']);
  expect(importedAs(text, ['queue', 'list'])).toEqual(['list', 'waiting']);
  expect(importedAs(text, ['default'])).toEqual(['pages']);
  expect(importedAs(text, ['elsewhere'])).toEqual([]);
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
  const text = lines(
    "import * as store from '../src/store.js?v=2';\nimport fs, * as all from './all.mjs';\nimport{a as b}from'./x.js'",
  );
  expect(namespacesIn(text, ['/app/src/store.ts', '/app/dist/store.js'])).toEqual(['store']);
  expect(namespacesIn(text, ['all.mjs'])).toEqual(['all']);
  expect(namespacesIn(text, ['other.mjs'])).toEqual([]);
  expect(importedAs(text, ['a'])).toEqual(['b']);
});

test('comments are no code, wherever they stand', () => {
  const text = lines(`// First we import the list that all parts share
    import list from './store.mjs'; // import it
    import {
      first, // not used
      second, // it's the list
      /* third, */ fourth as last,
    } from './more.mjs';
    export default list; // the same`);
  expect(importedAs(text, ['default'])).toEqual(['list']);
  expect(importedAs(text, ['second', 'fourth', 'third'])).toEqual(['second', 'last']);
  expect(exportedAs(text, ['default'])).toEqual(['list']);
});

test('long texts that begin like an import are read to their end', () => {
  const text = lines(`import ${' '.repeat(5000)}\n${'import prose without an end '.repeat(2000)}`);
  expect(importedAs(text, ['prose'])).toEqual([]);
});

test('what is exported again has the names that the module in between gives it', () => {
  const barrel = lines(`export { cache as pages, cache, other } from './store.mjs';
    export { default as queue } from "../lib/queue.js?v=2";
    import jobs, { waiting as held } from './jobs.ts';
    import { cache as stranger } from './strange.mjs';
    export { held, jobs as default, stranger };`);
  expect(exportedAgain(barrel, ['cache'], ['/app/store.mjs'])).toEqual(['pages', 'cache']);
  expect(exportedAgain(barrel, ['default'], ['/app/lib/queue.js'])).toEqual(['queue']);
  expect(exportedAgain(barrel, ['waiting'], ['/app/dist/jobs.js', '/app/jobs.ts'])).toEqual(['held']);
  expect(exportedAgain(barrel, ['default'], ['/app/jobs.ts'])).toEqual(['default']);
  expect(exportedAgain(barrel, ['cache'], ['/app/elsewhere.mjs'])).toEqual([]);
  const all = lines(`export * from './store.mjs';
    export * as store from './store.mjs';`);
  expect(exportedAgain(all, ['cache', 'pages'], ['store.mjs'])).toEqual(['cache', 'pages']);
  expect(exportedAgain(all, ['cache'], ['stores.mjs'])).toEqual([]);
});
