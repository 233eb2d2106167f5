import { expect, test } from 'vitest';
import { benchCommand } from '../../../scripts/numbers/bench-options.ts';

const WANTED = {
  description: 'count',
  runs: { text: 'runs', usual: 59, least: 59 },
  iterations: { text: 'reloads', usual: 2000 },
  seeded: 'run',
} as const;

function options(...args: string[]) {
  const command = benchCommand('bench', WANTED)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(args, { from: 'user' }).opts();
}

test('runs, iterations, jobs and seed have what is usual, or what is given', () => {
  expect(options()).toEqual({ runs: 59, iterations: 2000, jobs: 2, seed: 1 });
  expect(options('--runs', '100', '--iterations', '7', '--jobs', '1', '--seed', '3')).toEqual({
    runs: 100,
    iterations: 7,
    jobs: 1,
    seed: 3,
  });
});

test('too few runs are refused', () => {
  expect(() => options('--runs', '58')).toThrow('It must be at least 59');
});
