import { readFileSync } from 'node:fs';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ACTION = readFileSync('action.yml', 'utf8');
const DOCS = readFileSync('docs/ci.md', 'utf8');

/** Whole workflows, not the single steps, of the documentation. */
const WORKFLOWS = [...DOCS.matchAll(/```yaml\n(.*?)```/gs)]
  .map(([, text = '']) => text)
  .filter(text => text.startsWith('name:'));

describe('the action', () => {
  test('fits the published schema of actions, and one that is wrong does not', () => {
    expect(validateAction(ACTION).errors).toEqual([]);
    expect(validateAction(ACTION.replace('using: composite', 'using: compost')).errors).not.toEqual([]);
  });

  test('is documented input by input', () => {
    const { inputs } = parse(ACTION) as { inputs: Record<string, unknown> };
    for (const name of Object.keys(inputs)) expect(DOCS).toContain(`| \`${name}\` |`);
  });

  test('keeps what it writes in a folder that no other use of it in the job has', () => {
    expect(ACTION.match(/LEAKGATE_OUT: \$\{\{ steps\.results\.outputs\.path \}\}/g)).toHaveLength(3);
    expect(ACTION).toMatch(/^ +path: \$\{\{ steps\.results\.outputs\.path \}\}$/m);
    expect(ACTION).not.toContain('runner.temp');
  });

  test('takes nothing of a pull request into a shell as text: inputs pass through the environment', () => {
    const { runs } = parse(ACTION) as { runs: { steps: { run?: string }[] } };
    for (const { run = '' } of runs.steps) expect(run).not.toContain('${{');
  });
});

describe('workflows', () => {
  test.each([
    ...['ci.yml', 'nightly.yml'].map(name => [name, readFileSync(`.github/workflows/${name}`, 'utf8')]),
    ...WORKFLOWS.map((text, at) => [`docs/ci.md, number ${at + 1}`, text]),
  ])('%s fits the published schema', (_, text) => {
    expect(validateWorkflow(text ?? '').errors).toEqual([]);
  });

  test('of the documentation are two, and actions are pinned to commits there and in the action', () => {
    expect(WORKFLOWS).toHaveLength(2);
    const used = [...`${ACTION}\n${WORKFLOWS.join('\n')}`.matchAll(/uses: (actions\/\S+)/g)].map(
      ([, name]) => name,
    );
    expect(used.length).toBeGreaterThan(5);
    for (const name of used) expect(name).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  });
});
