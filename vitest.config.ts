import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/postgres.ts'],
    // Modules are loaded once a worker: nothing that a test file changes in one outlives it.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: the pages' tests run a browser of their own beside the workers.
    maxWorkers: 2,
  },
});
