import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldens } from './charts/goldens.ts';
import { renderChart } from '../server/snapshot/render.ts';
import { palettes } from '../shared/charts/theme.ts';

/**
 * Every view, drawn from made answers, against the drawing that was looked at and committed.
 * `npm run golden` writes them anew; a difference leaves `<name>-changed.svg` beside the golden.
 */
const folder = new URL('./charts/output/', import.meta.url);
const writing = process.env['GOLDEN'] === 'write';
if (writing && process.env['CI'])
  throw new Error('goldens are looked at before they are written: never in CI');

/** Decimals past the first are the machine's, not the drawing's. */
const rounded = (svg: string): string =>
  svg.replace(/-?\d+\.\d+/g, (n) => String(Math.round(Number(n) * 10) / 10)).replace(/>\s*</g, '>\n<');

/** A drawing with its ground, so that a dark one can be looked at by itself. */
function golden({ view, input, look }: (typeof goldens)[number]): string {
  const { svg } = renderChart(view, input, look);
  const ground = `<rect width="100%" height="100%" fill="${palettes[look.theme].card}"/>`;
  return `${rounded(svg.replace(/(<svg[^>]*>)/, `$1${ground}`))}\n`;
}

test('each golden has a name of its own', () => {
  expect(new Set(goldens.map((g) => g.name)).size).toBe(goldens.length);
});

test.each(goldens)('$name is drawn as it was looked at', (of) => {
  const file = new URL(`${of.name}.svg`, folder);
  const changed = new URL(`${of.name}-changed.svg`, folder);
  const svg = golden(of);
  if (writing) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, svg);
  }
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (svg === known) rmSync(changed, { force: true });
  else writeFileSync(changed, svg);
  expect(svg === known, `${of.name}: see test/charts/output/${of.name}-changed.svg`).toBe(true);
});

test.each(goldens)('$name: the same input gives the same bytes, and no figure is no number', (of) => {
  const first = renderChart(of.view, of.input, of.look).svg;
  expect(renderChart(of.view, of.input, of.look).svg).toBe(first);
  expect(first).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

test.each(goldens)('$name: words in both languages, and a table of even rows', ({ view, input }) => {
  for (const lang of ['zh', 'en'] as const) {
    const said = `${view.title(input, lang)}\n${view.says(input, lang)}`;
    expect(said).toMatch(/.+\n.+/);
    expect(said).not.toMatch(/NaN|undefined|null/);
    const table = view.table(input, lang);
    for (const row of table.rows) expect(row.cells.length + 1, row.label).toBe(table.columns.length);
  }
});

test.each(goldens)('$name: each series has an id of its own and nothing moves', ({ view, input, look }) => {
  const { series, animation } = view.option(input, look) as {
    series: { id?: string }[];
    animation?: boolean;
  };
  const ids = series.map((s) => s.id);
  expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(animation).toBe(false);
});
