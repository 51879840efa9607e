import type { Page } from 'playwright-core';

/** What a machine can see for itself on a page that stands; the rest is for eyes. */
export async function lookOver(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    const named = (e: Element): string => {
      const name = e.className && typeof e.className === 'string' ? `.${e.className.split(' ')[0]}` : '';
      return `${e.tagName.toLowerCase()}${name} "${(e.textContent ?? '').trim().slice(0, 24)}"`;
    };
    const sideways = root.scrollWidth - root.clientWidth;
    if (sideways > 0) {
      found.push(`scrolls ${sideways} px sideways`);
      const wide = [...document.querySelectorAll('body *')].filter(
        (e) =>
          e.getBoundingClientRect().right > root.clientWidth + 1 &&
          !e.closest('.scroll, svg, .hidden-text, [data-scroll]'),
      );
      for (const e of wide.slice(0, 3)) found.push(`past the edge: ${named(e)}`);
    }
    for (const chart of document.querySelectorAll('[data-view]'))
      if (chart.getAttribute('data-ready') !== 'true')
        found.push(`not drawn: ${chart.getAttribute('data-view')}`);
    // WCAG 2.5.8: 24 px, except for links within a sentence and where no other target is near.
    const boxes = [...document.querySelectorAll<HTMLElement>('a, button, input, select, summary')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.hidden-text'))
      .map((e) => ({ e, box: (e.closest('label') ?? e).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const middle = (b: DOMRect): [number, number] => [b.x + b.width / 2, b.y + b.height / 2];
    const small = boxes.filter(({ e, box }) => {
      if (box.width >= 24 && box.height >= 24) return false;
      if (getComputedStyle(e).display === 'inline') return false;
      const [x, y] = middle(box);
      return boxes.some((other) => {
        if (other.e === e) return false;
        const { left, right, top, bottom } = other.box;
        const dx = Math.max(left - x, 0, x - right);
        const dy = Math.max(top - y, 0, y - bottom);
        return dx * dx + dy * dy < 144;
      });
    });
    for (const { e, box } of small.slice(0, 5))
      found.push(`target of ${Math.round(box.width)} × ${Math.round(box.height)} px: ${named(e)}`);
    return found;
  });
}
