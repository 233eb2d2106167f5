import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../support/cli.ts';

/** A chain of modules, each importing the next, and the rule that must find it. */
const DETOURS: readonly (readonly [string, readonly string[]])[] = [
  [
    'measured-process-never-reaches-the-parent',
    ['harness/worker/main.ts', 'harness/options.ts', 'harness/stats/slope.ts'],
  ],
  [
    'measured-process-never-reaches-the-parent',
    ['harness/worker/main.ts', 'harness/model.ts', 'reports/text.ts'],
  ],
  ['measured-process-never-reaches-the-parent', ['harness/worker/main.ts', 'harness/errors.ts', 'zod']],
  [
    'measured-process-never-reaches-the-parent',
    ['harness/worker/main.ts', 'harness/errors.ts', 'harness/judge/assess.ts'],
  ],
  ['measured-process-takes-types-only', ['harness/worker/main.ts', 'harness/options.ts', 'harness/model.ts']],
  ['parent-never-reaches-the-subject', ['harness/run.ts', 'harness/errors.ts', 'harness/engine/index.ts']],
  ['parent-never-reaches-the-subject', ['harness/course/decide.ts', 'harness/targets/index.ts']],
  [
    'parent-never-reaches-the-subject',
    ['harness/spawn/spawn.ts', 'harness/spawn/tail.ts', 'harness/probes/heap.ts'],
  ],
  ['spawn-knows-the-worker-by-its-messages', ['harness/spawn/spawn.ts', 'harness/worker/sampler.ts']],
  ['measured-process', ['harness/worker/main.ts', 'harness/spawn/tail.ts']],
];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) cpSync(file, join(folder.path, file));
  write('node_modules/zod/package.json', '{ "name": "zod", "main": "index.js" }');
  write('node_modules/zod/index.js', '');
});
afterEach(() => folder.remove());

test.each(DETOURS)('%s finds %j', (rule, modules) => {
  plant(modules);
  expect(brokenRules()).toContain(rule);
});

test('a chain that keeps to the rules breaks none', () => {
  plant(['harness/worker/main.ts', 'harness/options.ts', 'harness/errors.ts']);
  expect(brokenRules()).toEqual([]);
});

function plant(modules: readonly string[]): void {
  for (const [place, module] of modules.entries()) {
    const next = modules[place + 1];
    if (module.endsWith('.ts'))
      write(module, next ? `import '${specifier(module, next)}';\n` : 'export {};\n');
  }
}

function specifier(from: string, to: string): string {
  return to.endsWith('.ts') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

/** Names of the broken rules; the check exits with their number. */
function brokenRules(): string[] {
  const cruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '.'];
  const { summary } = JSON.parse(output(args)) as {
    summary: { violations: readonly { rule: { name: string } }[] };
  };
  return summary.violations.map(({ rule }) => rule.name);
}

function output(args: readonly string[]): string {
  try {
    return execFileSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
