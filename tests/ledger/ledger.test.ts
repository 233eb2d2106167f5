import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Inventory, ResourceGroup } from '../../harness/worker/protocol.ts';

/** The books are kept by changing Node itself, so each program runs in a process of its own. */
async function outputOf(program: string): Promise<string> {
  const path = resolve('tests/ledger/programs', program);
  const flags = ['--expose-gc', '--expose-internals', '--no-warnings'];
  return (await promisify(execFile)(process.execPath, [...flags, path])).stdout;
}

const PROGRAM = resolve('tests/ledger/programs/one-of-each.mjs');
const lines = readFileSync(PROGRAM, 'utf8').split('\n');

describe('the books of a program that leaves one of each open', () => {
  let groups: readonly ResourceGroup[] = [];
  beforeAll(async () => {
    groups = (JSON.parse(await outputOf('one-of-each.mjs')) as Inventory).groups;
  }, 60_000);

  /** What was created on the line that carries the mark: `noun`, how many. */
  function createdAt(mark: string): string[] {
    const line = lines.findIndex(text => text.endsWith(`// mark: ${mark}`)) + 1;
    if (line === 0) throw new Error(`Cannot find the line marked ${mark}`);
    return groups
      .filter(({ frames: [first] }) => first?.line === line && fileURLToPath(first.file) === PROGRAM)
      .map(({ noun, count, details }) => [count, noun, ...details.filter(Number)].join(' '));
  }

  test.each([
    ['timeout', '1 timeout 3600000'],
    ['interval', '1 interval 1234'],
    ['promised timeout', '1 timeout 7200000'],
    ['signal timeout', '1 timeout 5400000'],
    ['raw file', '1 file'],
    ['file handle', '1 file'],
    ['stream', '1 file'],
    ['udp', '1 udp socket'],
    ['watcher', '1 file watcher'],
    ['emitter', '1 listener of "change" on EventEmitter'],
    ['borrowed', '1 listener of "call" on Object'],
    ['once', '1 listener of "end" on EventEmitter'],
    ['shared', '1 listener of "shared" on EventEmitter'],
    ['target', '1 listener of "abort" on AbortSignal'],
    ['process', '1 listener of "exit" on process'],
  ])('lead the %s to its line', (mark, expected) => {
    expect(createdAt(mark)).toContain(expected);
  });

  test('lead both ends of a connection to a line of the program', () => {
    expect(createdAt('server')).toEqual(expect.arrayContaining(['1 tcp server', '1 accepted tcp socket']));
    expect(createdAt('client')).toContain('1 tcp socket');
  });

  test('lead a child process, a thread and a channel to their lines, pipes and ports among them', () => {
    expect(createdAt('child')).toEqual(expect.arrayContaining(['1 child process', '3 pipe']));
    expect(createdAt('worker')).toContain('1 worker thread');
    expect(createdAt('channel')).toContain('2 message port');
  });

  test('have one place for what a module creates however often it is loaded', () => {
    const ofReloaded = groups.filter(({ frames: [first] }) => first?.file.endsWith('/reloaded.mjs'));
    expect(ofReloaded.map(({ noun, count }) => [noun, count])).toEqual([['timeout', 2]]);
  });

  test('hold nothing that was closed or cleared', () => {
    expect(groups.flatMap(({ details }) => details)).not.toContain(999_999);
    expect(groups.filter(({ noun }) => noun === 'file')).toHaveLength(3);
    expect(groups.filter(({ noun }) => noun === 'udp socket')).toHaveLength(1);
  });

  test('leave Node and leakgate out of every stack', () => {
    const files = groups.flatMap(({ frames }) => frames.map(({ file }) => file));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(file => file.startsWith('node:') || file.includes('/dist/harness/'))).toEqual([]);
  });
});

test('a million timers and emitters that came and went leave nothing in the books', async () => {
  const { growth, groups } = JSON.parse(await outputOf('many-timers.mjs')) as Inventory & { growth: number };
  // An entry of the books for each of the two million would take ten times as much.
  expect(growth).toBeLessThan(4 * 2 ** 20);
  expect(groups.filter(({ kind }) => kind === 'timer')).toEqual([]);
}, 240_000);

test('promises have nothing of the books, and what a program keeps for them is theirs still', async () => {
  expect(JSON.parse(await outputOf('promises.mjs'))).toEqual({ symbols: 0, seen: 'ann' });
});
