import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first: begun last, one of them would keep a core waiting for it. */
const long = [
  'centres-of-chance',
  'e2e/journeys',
  'e2e/admin',
  'e2e/addresses',
  'e2e/unit',
  'e2e/briefings',
  'oracle',
  'e2e/walk',
  'laws',
  'laws-records',
  'answer',
  'ledger-fuzz',
  'known-history',
  'ledger-ways',
  'e2e/contradictions',
  'slots-api',
  'e2e/imports',
  'e2e/changes',
  'e2e/opened',
  'import-kill',
  'office/files',
  'office/opened',
  'office/steady',
];
const place = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? long.length : at;
};
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

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
    sequence: { sequencer: LongFirst },
  },
});
