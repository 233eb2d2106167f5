import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DetectorsReport } from '../../scripts/detectors.ts';
import { finished, leakgate, start, temporaryFolder } from '../support/cli.ts';

const CORPUS = resolve('tests/support/scenarios/corpus');
/** Those that need nothing beside Node. */
const PLAIN = ['leakgate', 'heap-1-mb', 'rss-10-mb', 'active-resources', 'leakage', 'next-leak'];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function bench(...args: string[]): ReturnType<typeof leakgate> {
  return leakgate(['bench', 'detectors', ...args], folder.path);
}

describe('leakgate bench detectors', () => {
  test('has each detector judge each case, and writes who was right', { timeout: 120_000 }, async () => {
    const { exitCode, stdout } = await bench(CORPUS, '--detectors', PLAIN.join(','), '--out', 'result');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^leakgate +package +2 of 2 +0 +0 of 2 +0 /m);
    expect(stdout).toMatch(/^active-resources +replayed +0 of 2 +2 +0 of 2 +0 /m);
    expect(stdout).toMatch(/^heap-1-mb: kept-entries: heap \+[\d.]+ MB$/m);

    const read = (file: string) => readFileSync(join(folder.path, 'result', file), 'utf8');
    const report = JSON.parse(read('detectors.json')) as DetectorsReport;
    expect(report.cases.map(({ name, expect: expected }) => `${name} ${expected}`)).toEqual([
      'kept-entries leak',
      'unref-timers leak',
      'full-cache steady',
      'pure-work steady',
    ]);
    expect(report.detectors.map(({ name }) => name)).toEqual(PLAIN);
    expect(read('detectors.md')).toMatch(/^\| unref-timers \| leak \| clean \(wrong\) \|/m);
  });

  test('leaves a case unclear whose scenario throws', async () => {
    const args = [resolve('tests/support/scenarios/throwing-corpus'), '--detectors', 'heap-1-mb', '--json'];
    const { exitCode, stdout } = await bench(...args);
    expect(exitCode).toBe(0);
    const [heap] = (JSON.parse(stdout) as DetectorsReport).detectors;
    expect(heap).toMatchObject({
      judgements: [{ case: 'gives-up', verdict: 'unclear', evidence: 'failed: the subject gave up' }],
    });
  });

  test('refuses a detector, a case and a corpus that it does not know', async () => {
    const refusals: [string[], RegExp][] = [
      [[CORPUS, '--detectors', 'crystal-ball'], /must be one of leakgate, .*"crystal-ball"/],
      [[CORPUS, '--only', 'nothing'], /must be one of kept-entries, .*"nothing"/],
      [[folder.path], /leaks\/ and decoys\/ must hold scenario modules/],
    ];
    for (const [args, message] of refusals) {
      const { exitCode, stderr } = await bench(...args);
      expect(stderr).toMatch(message);
      expect(exitCode).toBe(2);
    }
  });

  test('ends at the first Ctrl-C with 130', async () => {
    const args = ['bench', 'detectors', CORPUS, '--detectors', 'leakgate', '--out', 'result'];
    const child = start(args, folder.path);
    const end = finished(child);
    while (!existsSync(join(folder.path, 'result'))) await new Promise(later => setTimeout(later, 50));
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(130);
  });
});
