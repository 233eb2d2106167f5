import { describe, expect, test } from 'vitest';
import { renderGithub } from '../../reports/github.ts';
import { cleanReport, exampleReport, hostileReport } from '../support/report-fixture.ts';
import {
  CREATED,
  leakCaughtOnce,
  leakOfHeldObjects,
  leakThroughPackage,
  unexpectedLeak,
} from '../support/unexpected-leak.ts';

const PROJECT = { cwd: '/project', root: '/project' };

/** As the runner reads a line: `::name key=value,...::message`, escapes undone. */
function commands(text: string) {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, name, properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
      const pairs = properties
        .split(',')
        .map(pair => /^(.*?)=(.*)$/.exec(pair)?.slice(1) as [string, string]);
      return {
        name,
        ...Object.fromEntries(pairs.map(([key, value]) => [key, undone(value)])),
        message: undone(message),
      };
    });
}

function undone(text: string): string {
  return decodeURIComponent(text.replace(/%(?!0D|0A|25|3A|2C)/g, '%25'));
}

describe('annotations', () => {
  test('stand at the line that created what is kept', () => {
    expect(commands(renderGithub(unexpectedLeak(), PROJECT))[0]).toEqual({
      name: 'error',
      file: 'src/zones.ts',
      line: '41',
      col: '9',
      title: 'auto-reload leaky: LEAK, should be steady',
      message: expect.stringContaining(
        'interval of 1000 ms: +10 kept/reload exactly\n  at startTimer (src/zones.ts:41:9)',
      ),
    });
  });

  test('are one for a line that created what is kept, and for what that holds', () => {
    const found = commands(renderGithub(leakOfHeldObjects(), PROJECT));
    const there = found.filter(one => 'file' in one && one.file === 'src/zones.ts');
    expect(there).toHaveLength(1);
    expect(there[0]?.message).toContain('interval of 1000 ms: +10 kept/reload exactly');
    expect(there[0]?.message).toContain('Zone: +10 kept/reload exactly');
  });

  test('of a leak that one repetition missed stand at the scenario, not at what it was expected to find', () => {
    expect(renderGithub(leakCaughtOnce())).toContain('should leak');
    expect(renderGithub(leakCaughtOnce())).not.toContain(CREATED.file);
  });

  test('stand in the program where a package that it calls created it', () => {
    expect(commands(renderGithub(leakThroughPackage(), PROJECT))[0]).toMatchObject({
      file: 'src/zones.ts',
      line: '41',
      message: expect.stringContaining('at connect (node_modules/undici/core.js:114:5)'),
    });
  });

  test('stand at the scenario where nothing else is known, as a warning where the verdict is open', () => {
    expect(commands(renderGithub(exampleReport(), PROJECT))).toEqual([
      expect.objectContaining({ name: 'warning', file: 'dist/scenarios/response-cache.js' }),
      expect.objectContaining({ name: 'error', file: 'dist/scenarios/zone-transfer.js' }),
    ]);
  });

  test('are none for a run in which all is as expected', () => {
    expect(renderGithub(cleanReport())).toBe('');
  });

  test('are no more than GitHub shows of a step, and say how many there are', () => {
    const report = exampleReport();
    const wrong = report.trials.find(({ result }) => result.trial.scenario === 'zone-transfer');
    if (!wrong) throw new Error('The example must have a trial that faulted');
    const { result } = wrong;
    const trials = Array.from({ length: 25 }, (_, place) => {
      const trial = { ...result.trial, id: `x${place}`, build: `build ${place}` };
      return { ...wrong, result: { ...result, trial } };
    });
    const errors = commands(renderGithub({ ...report, trials })).filter(({ name }) => name === 'error');
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toMatchObject({ title: 'and 16 more' });
  });

  test('cannot be forged by names and messages', () => {
    const text = renderGithub(hostileReport('x::\n::error file=/etc/passwd,line=1::forged 100%0A'));
    for (const line of text.split('\n').slice(0, -1)) expect(line).toMatch(/^::(error|warning) /);
    expect(commands(text)[0]).toMatchObject({
      name: 'error',
      title: expect.stringContaining('forged 100%0A'),
    });
  });
});
