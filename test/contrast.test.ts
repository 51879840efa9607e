import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { palettes, type Palette } from '../shared/charts/theme.ts';

// Colours of the style sheet and of the charts are the same, and can be told from what they stand on (WCAG 2.2 AA).
const sheet = readFileSync(new URL('../client/style.css', import.meta.url), 'utf8');
type Theme = keyof typeof palettes;
// Files alone are black and white: the pages have no such theme.
const themes = (Object.keys(palettes) as Theme[]).filter((theme) => theme !== 'print');

const ruleOf = (selector: string): string => {
  const at = sheet.indexOf(`${selector} {`);
  expect(at, selector).toBeGreaterThanOrEqual(0);
  return sheet.slice(at, sheet.indexOf('}', at));
};
/** `#fff` → `#ffffff` */
const whole = (hex: string): string =>
  /^#[0-9a-f]{3}$/i.test(hex) ? hex.replace(/[^#]/g, '$&$&') : hex.toLowerCase();

/** The custom properties of a theme, as the browser would take them. */
function tokensOf(theme: Theme): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  for (const [, name, light, dark] of ruleOf(':root').matchAll(/--(\w+): light-dark\((#\w+), (#\w+)\)/g))
    tokens.set(name ?? '', whole((theme === 'dark' ? dark : light) ?? ''));
  if (theme === 'contrast')
    for (const [, name, value] of ruleOf(":root[data-theme='contrast']").matchAll(/--(\w+): (#\w+)/g))
      tokens.set(name ?? '', whole(value ?? ''));
  return tokens;
}

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

/** Token of the sheet → colour of a chart. */
const pairs: readonly [string, (p: Palette) => string | undefined][] = [
  ['paper', (p) => p.paper],
  ['card', (p) => p.card],
  ['ink', (p) => p.ink],
  ['soft', (p) => p.soft],
  ['faint', (p) => p.faint],
  ['line', (p) => p.line],
  ['grid', (p) => p.grid],
  ['red', (p) => p.red],
  ['redwash', (p) => p.redWash],
  ['y1', (p) => p.past[0]],
  ['y2', (p) => p.past[1]],
  ['y3', (p) => p.past[2]],
  ['good', (p) => p.good],
  ['goodwash', (p) => p.goodWash],
  ['warn', (p) => p.warn],
  ['warnwash', (p) => p.warnWash],
  ['band', (p) => p.band],
  ['gap', (p) => p.gap],
];
const texts = ['ink', 'soft', 'faint', 'red', 'good', 'warn'];
/** What a colour of words stands on. */
const grounds: readonly [string, readonly string[]][] = [
  ['paper', texts],
  ['card', texts],
  ['redwash', ['ink', 'red']],
  ['goodwash', ['ink', 'good']],
  ['warnwash', ['ink', 'warn']],
  ['band', ['ink', 'soft']],
];
const lines = ['red', 'y1', 'y2', 'y3', 'good', 'warn', 'focus'];

describe.each(themes)('the theme %s', (theme) => {
  const tokens = tokensOf(theme);
  const of = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`no --${name}`);
    return value;
  };

  test('has the same colours on the page and in its charts', () => {
    const own = Object.fromEntries(pairs.map(([name]) => [name, of(name)]));
    const drawn = Object.fromEntries(pairs.map(([name, value]) => [name, value(palettes[theme])]));
    expect(drawn).toEqual(own);
  });

  // 7 to 1 where contrast itself was asked for (WCAG 1.4.6); else 4.5 to 1 (1.4.3).
  const least = theme === 'contrast' ? 7 : 4.5;
  test.each(grounds)(`words on %s have ${least} to 1 at least`, (ground, names) => {
    for (const name of names) expect(ratio(of(name), of(ground)), name).toBeGreaterThanOrEqual(least);
  });

  test('lines and marks have 3 to 1 on card and paper', () => {
    for (const ground of ['card', 'paper'])
      for (const name of lines)
        expect(ratio(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});
