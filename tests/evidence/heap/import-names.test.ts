import { expect, test } from 'vitest';
import { exportedAs, importedAs, namespacesIn } from '../../../harness/evidence/heap/import-names.ts';

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

test('names for all that other modules export', () => {
  expect(namespacesIn(lines("import * as store from './store.mjs';\nimport fs, * as all from 'x';"))).toEqual(
    ['store', 'all'],
  );
});
