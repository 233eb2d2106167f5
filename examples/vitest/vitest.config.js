import { defineConfig } from 'vitest/config';

// Measuring takes a second or two, and longer where a run is in doubt.
export default defineConfig({ test: { testTimeout: 60_000 } });
