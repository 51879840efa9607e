import { describe, expect, test } from 'vitest';
import { boxEntry, keyOverflow, keyShapes } from '../../shared/charts/key.ts';
import { broken, spread, widthOf } from '../../shared/charts/shapes.ts';
import { palettes } from '../../shared/charts/theme.ts';

const palette = palettes.light;
const entries = ['all met', 'missed', 'not reported', 'not due'].map((text) =>
  boxEntry(text, { fill: 'red' }),
);
type Words = { type: string; x: number; y: number; style: { text: string } };
const wordsIn = (width: number): Words[] =>
  (keyShapes(entries, { x: 10, y: 100, width }, palette) as unknown as Words[]).filter(
    (s) => s.type === 'text',
  );

describe('a key', () => {
  test('stands in one row where it fits, and takes nothing more', () => {
    expect(new Set(wordsIn(900).map((w) => w.y))).toEqual(new Set([100]));
    expect(keyOverflow(entries, 900)).toBe(0);
  });
  test.each([80, 120, 200, 300, 358])('within %d px loses no entry and cuts none', (width) => {
    const said = wordsIn(width);
    expect(said.map((w) => w.style.text)).toEqual(['all met', 'missed', 'not reported', 'not due']);
    // An entry that is alone in its row may be as wide as its words are.
    const first = 10 + 12 + 6;
    for (const { x, style } of said)
      if (x > first) expect(x + widthOf(style.text)).toBeLessThanOrEqual(10 + width);
    expect(Math.max(...said.map((w) => w.y))).toBe(100 + keyOverflow(entries, width));
  });
  test('of nothing takes nothing', () => expect(keyOverflow([], 100)).toBe(0));
});

describe('words in a narrow room', () => {
  test('are broken between words, ideographs anywhere', () => {
    expect(broken('Appraisal of members', 90, 2)).toEqual(['Appraisal of', 'members']);
    expect(broken('民主评议党员', 48, 2)).toEqual(['民主评议', '党员']);
  });
  test('are cut past the last line, and show it', () =>
    expect(broken('民主评议党员大会', 36, 2)).toEqual(['民主评', '议党…']));
});

test('labels are moved apart in their order, and none under the bottom', () => {
  expect(spread([50, 52, 10], 14, 100)).toEqual([50, 64, 10]);
  expect(spread([95, 99], 14, 100)).toEqual([86, 100]);
});
