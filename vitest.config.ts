import { defineConfig } from 'vitest/config';

// Workers are forked from the compiled tree, so the build runs once before any test.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    execArgv: ['--expose-gc'],
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    globalSetup: ['tests/setup/build.ts'],
  },
});
