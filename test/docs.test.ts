import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { kpisPage } from '../docs/make-kpis.ts';

test('docs/kpis.md is what the catalogue says today (npm run docs)', async () => {
  expect(await readFile(new URL('../docs/kpis.md', import.meta.url), 'utf8')).toBe(kpisPage());
});
