import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hashes } from './hashes.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

test('the same seal gives the same bytes: again, and in another process on the other side of the world', async () => {
  const first = await hashes();
  expect(Object.keys(first)).toHaveLength(30);
  expect(new Set(Object.values(first)).size).toBe(30);
  // Decks made in between move the library's own count of charts.
  const [second, { stdout }] = await Promise.all([
    hashes(['compare', 'slope', 'heatmap']),
    promisify(execFile)(process.execPath, ['--import', 'tsx', at('./hashes-main.ts')], {
      cwd: at('../..'),
      env: { ...process.env, TZ: 'America/New_York', LANG: 'de_DE.UTF-8' },
    }),
  ]);
  expect(first).toMatchObject(second);
  expect(Object.keys(second)).toHaveLength(9);
  expect(JSON.parse(stdout)).toEqual(first);
}, 240_000);
