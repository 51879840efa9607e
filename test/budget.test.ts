import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import limits from './budget.json' with { type: 'json' };
import { overweight, weigh, type Weights } from './budget.ts';

const client = fileURLToPath(new URL('../dist/client', import.meta.url));

describe('what a first view weighs', () => {
  test('keeps within budget.json', () => {
    expect(overweight(weigh(client), limits)).toEqual([]);
  });

  test('is told with its files where it has grown', () => {
    const weights: Weights = {
      scripts: [
        { file: 'assets/a.js', kb: 8 },
        { file: 'assets/b.js', kb: 3 },
      ],
      styles: [{ file: 'assets/a.css', kb: 10 }],
    };
    expect(overweight(weights, { scripts: 10, styles: 10 })).toEqual([
      'scripts: 11.0 KB by gzip, the limit is 10 (assets/a.js 8.0, assets/b.js 3.0)',
    ]);
  });

  test('is told where nothing is weighed, or against nothing', () => {
    const weights: Weights = { scripts: [{ file: 'assets/a.js', kb: 8 }], styles: [] };
    expect(overweight(weights, { scripts: 10, styles: 10 })).toEqual(['styles: the build has no such file']);
    expect(overweight(weights, { styles: 10 })[0]).toBe('scripts: has no limit');
  });
});
