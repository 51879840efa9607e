import type { Locator, Page } from 'playwright-core';

// Marks as one who looks at a chart finds them: by shape, and by the red that stands for now, in either theme.
const RED = ['#b4261c', '#ff7a6b'];
const red = (shape: (colour: string) => string): string => RED.map(shape).join(', ');
const OPEN = 'path[fill="none"]:not([stroke])';
const shapes: Readonly<Record<string, string>> = {
  // Rings of the months of this year, of which the ends are dots.
  yoy: red((c) => `path[stroke="${c}"][transform^="matrix"]`),
  // Columns and rows that can be pressed anywhere.
  multiples: OPEN,
  compare: OPEN,
  // Cells and bars have round corners; the keys below them are not larger than letters.
  heatmap: 'path[d*="A3 3"]',
  composition: red((c) => `path[fill="${c}"]`),
};
const KEY_SIZE = 13;

export const topOf = (page: Page, view: string): Locator => page.locator(`[data-view="${view}"]`).first();

/** The middle of a chart's nth mark, CSS pixels of the window, into which it is brought. */
export async function markIn(page: Page, view: string, nth: number): Promise<{ x: number; y: number }> {
  const shape = shapes[view];
  if (shape === undefined) throw new Error(`no shape of a mark is known of ${view}`);
  const figure = topOf(page, view);
  await figure.locator('.stage').scrollIntoViewIfNeeded();
  await figure.locator('.stage svg:not(.aside svg)').locator(shape).nth(nth).waitFor({ state: 'attached' });
  const middle = await figure
    .locator('.stage svg:not(.aside svg)')
    .first()
    .evaluate(
      (svg, [of, n, least]) => {
        const boxes = [...svg.querySelectorAll<SVGElement>(of)]
          .filter((e) => e.closest('defs') === null)
          .map((e) => ({ e, box: e.getBoundingClientRect() }))
          .filter(({ box }) => of.includes('matrix') || box.width > least || box.height > least);
        const found = boxes[n];
        if (!found) return null;
        // A bar at the foot of a phone is under its bar of pages.
        const { top, bottom } = found.box;
        if (top < 80 || bottom > window.innerHeight - 80) window.scrollBy(0, top - window.innerHeight / 2);
        const box = found.e.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      },
      [shape, nth, KEY_SIZE] as const,
    );
  if (!middle) throw new Error(`${view} has no mark ${nth}`);
  return middle;
}
