import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCertification } from '../../reports/certification-json.ts';
import { finished, leakgate, start, temporaryFolder } from '../support/cli.ts';

const STEADY = resolve('tests/e2e/scenarios/keeps-nothing.mjs');
const LEAKY = resolve('tests/e2e/scenarios/keeps-everything.mjs');
/** As short as a run can be, and never prolonged. */
const SHORT = ['--iterations', '100', '--budget', '0', '--repetitions', '1', '--option', 'warmupLimit=50'];

describe('leakgate certify', () => {
  const folder = temporaryFolder();
  let run: Awaited<ReturnType<typeof leakgate>>;

  beforeAll(async () => {
    run = await leakgate(
      ['certify', STEADY, ...SHORT, '--kinds', 'timer,off-heap', '--out', 'certified'],
      folder.path,
    );
  }, 120_000);

  afterAll(folder.remove);

  test('says which planted leaks the gate catches, beside what a steady run states', () => {
    expect(run.stdout).toContain('smallest leak caught in its one run');
    expect(run.stdout).toMatch(/off-heap +[\d.,]+ k?B\/iteration +1 of 1 +[\d.,]+ B\/iteration +(yes|no), /);
    expect(run.stdout).toMatch(/timer +1 timer per \d+ iterations +1 of 1 +1 timer per \d+ iterations/);
    expect([0, 1]).toContain(run.exitCode);
  });

  test.each([
    ['kinds', ['--kinds', ','], 'must name at least one'],
    [
      'flags of Node',
      ['--option', 'nodeFlags=["--no-such-flag"]'],
      'Cannot use these flags as Node must accept',
    ],
  ])('refuses %s that there are none of, before anything is run', async (_name, options, message) => {
    const { exitCode, stderr } = await leakgate(['certify', STEADY, ...SHORT, ...options], folder.path);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('nothing planted');
    expect(exitCode).toBe(2);
  });

  test('says beforehand how many runs there are, and after each how long it will go on', () => {
    const [first = '', second = ''] = run.stderr.split('\n');
    expect(first).toMatch(/^certifying .*: about \d+ runs, first some without a plant$/);
    expect(second).toMatch(/^nothing planted: steady after .*; about .* left$/);
    expect(run.stderr).toContain('Results in ');
  });

  test('keeps what it found, its chart, and the readings of every run', () => {
    const path = (file: string) => join(folder.path, 'certified', file);
    const certification = readCertification(readFileSync(path('certification.json'), 'utf8'));
    const [build] = certification.builds;
    expect(certification.complete).toBe(true);
    expect(build?.curves.map(({ kind }) => kind)).toEqual(['off-heap', 'timer']);
    const planted = build?.runs.filter(({ plant }) => plant) ?? [];
    expect(planted.some(({ outcome }) => outcome === 'leak')).toBe(true);
    expect(planted.some(({ outcome }) => outcome !== 'leak')).toBe(true);
    expect(readFileSync(path('samples.jsonl'), 'utf8').trim().split('\n')).toHaveLength(
      build?.runs.length ?? 0,
    );
    expect(readFileSync(path('certification.md'), 'utf8')).toContain('](power.svg)');
    for (const file of ['power.svg', 'power.png']) expect(existsSync(path(file))).toBe(true);
  });
});

describe('leakgate certify', () => {
  test('plants nothing beside a build that leaks by itself, and fails', async () => {
    const folder = temporaryFolder();
    try {
      const args = ['certify', LEAKY, ...SHORT, '--build', 'default', '--json'];
      const { exitCode, stdout } = await leakgate(args, folder.path);
      expect(exitCode).toBe(1);
      expect(readCertification(stdout).builds[0]?.runs.every(({ plant }) => !plant)).toBe(true);
    } finally {
      folder.remove();
    }
  }, 60_000);

  test('refuses what it does not know before it runs anything', async () => {
    const folder = temporaryFolder();
    try {
      const kinds = await leakgate(['certify', STEADY, '--kinds', 'heap,stack'], folder.path);
      expect(kinds).toMatchObject({ exitCode: 2, stdout: '' });
      expect(kinds.stderr).toContain('one of heap, object, off-heap, timer, descriptor');
      const build = await leakgate(['certify', STEADY, '--build', 'none'], folder.path);
      expect(build.exitCode).toBe(2);
      expect(build.stderr).toContain('build "none"');
      const pattern = resolve('tests/e2e/scenarios/keeps-noth*.mjs');
      const matched = await leakgate(['certify', pattern, '--build', 'none'], folder.path);
      expect(matched.stderr).toContain('build "none"');
    } finally {
      folder.remove();
    }
  });

  test('ends at Ctrl-C and keeps what is known', async () => {
    const folder = temporaryFolder();
    try {
      const child = start(['certify', STEADY, '--jobs', '1', '--out', 'some'], folder.path);
      child.stderr?.on('data', text => {
        if (String(text).includes('nothing planted')) child.kill('SIGINT');
      });
      const { exitCode, stderr } = await finished(child);
      expect(exitCode).toBe(130);
      expect(stderr).toContain('Interrupted: what is known so far is in ');
      expect(stderr).not.toContain('faulted');
      const saved = readCertification(readFileSync(join(folder.path, 'some/certification.json'), 'utf8'));
      expect(saved.complete).toBe(false);
      const runs = saved.builds.flatMap(build => build.runs);
      expect(runs.length).toBeGreaterThan(0);
      // That which was cut short was no run.
      expect(runs.filter(({ outcome }) => outcome === 'faulted')).toEqual([]);
    } finally {
      folder.remove();
    }
  }, 60_000);
});
