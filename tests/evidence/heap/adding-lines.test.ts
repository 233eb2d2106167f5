import { describe, expect, test } from 'vitest';
import { addingLines } from '../../../harness/evidence/heap/adding-lines.ts';
import { patternsFor, type Writing } from '../../../harness/evidence/heap/adding-patterns.ts';

const SEEN: Writing = { name: 'seen', containers: 1, container: 'Object', kind: 'field' };
const BY_USER: Writing = { name: 'byUser', containers: 2, container: 'Map', kind: 'field' };

/** Numbers of the lines, from 1. */
function found(code: string, writing: Writing): number[] {
  return addingLines(code.split('\n'), writing, patternsFor).map(({ line }) => line);
}

describe('lines that add to a dictionary', () => {
  test.each([
    'this.seen[key] = {};',
    'this.seen[keys[0]] ??= {};',
    'const { seen } = this; seen[a + b] = 1;',
    'this.seen[user][key] = {};',
    'this.seen[ids[map[at]]] = 1;',
  ])('are those that set an entry: %s', code => {
    expect(found(code, SEEN)).toEqual([1]);
  });

  test.each([
    'if (this.seen[key]) this.hits[key] = 1;',
    'const old = this.seen[id]; other[id] = old;',
    'this.seen[key] = undefined;',
    'if (this.seen[key] === other) return;',
  ])('are none that read or clear one: %s', code => {
    expect(found(code, SEEN)).toEqual([]);
  });
});

describe('lines that add to a container within another', () => {
  test('come first where they say how it is reached, whatever it is called there', () => {
    const code = `const { byUser } = this;
byUser.get(user).push(entry);
const queue = this.byUser.get(user);
queue.push(entry);`;
    expect(found(code, BY_USER)).toEqual([2]);
  });

  test('are found by its name as far as the block goes', () => {
    const code = `  acquire(user) {
    const queue = this.byUser.get(user);
    if (queue === undefined) {
      this.byUser.set(user, []);
      return () => this.release(user);
    }
    let timer;
    const tooLate = late(timer);
    const turn = new Promise(resolve => {
      queue.push({ resolve });
    });
    return Promise.race([turn, tooLate]);
  }
  other(queue) {
    queue.push(1);
  }`;
    expect(found(code, BY_USER)).toEqual([10]);
  });

  test('are no farther away than nearby where there is no block', () => {
    const code = ['const queue = byUser.get(row);', ...Array<string>(20).fill('step();'), 'queue.push(1);'];
    expect(found(code.join('\n'), { ...BY_USER, kind: 'variable' })).toEqual([]);
  });

  test('are else those that add by the name that it was given', () => {
    const code = `this.byUser.set(user, []);
const queue = this.byUser.get(user);
queue.push(entry);`;
    expect(found(code, BY_USER)).toEqual([3]);
  });
});
