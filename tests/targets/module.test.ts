import { describe, expect, test } from 'vitest';
import { loadTarget } from '../../harness/targets/index.ts';
import { moduleTarget } from '../../harness/targets/module.ts';
import { trialOf } from '../support/trials.ts';

describe('the module target', () => {
  test('has one build, and takes any that a scenario names', () => {
    expect(moduleTarget.builds()).toEqual({ default: {} });
    expect(moduleTarget.acceptsOwnBuilds).toBe(true);
  });

  test('adds nothing to what a scenario is given', async () => {
    const trial = trialOf('steady');
    const { signal } = new AbortController();
    const base = { build: 'default', parameters: {}, iterations: 7, seed: 1, signal, directory: '/x' };
    const open = await (await loadTarget('module')).open(trial, base);
    expect(open.context).toBe(base);
    expect(open.watch).toEqual([]);
    expect(await open.finish()).toBeUndefined();
  });
});
