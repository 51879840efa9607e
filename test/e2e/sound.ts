import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

// What is asked of every page, whatever it shows.

/**
 * Findings of axe, WCAG 2.2's size of what is pressed among them. The pages have no frames: all is looked at in one go.
 */
export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .setLegacyMode()
    .analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`);
}

/** From the first page on: adds up what moves by itself, as browsers count it, over all pages of the tab. */
export const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
        const before = Number(sessionStorage.getItem('shifted') ?? 0);
        if (!hadRecentInput) sessionStorage.setItem('shifted', String(before + value));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
export const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(() => Number(sessionStorage.getItem('shifted') ?? 0));

export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is Chinese on a page, said or shown, besides these names; longest names first. */
export async function chineseOn(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((e) =>
      ['aria-label', 'title', 'placeholder'].map((name) => e.getAttribute(name) ?? ''),
    );
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [];
    // A ledger's row is shown in the ledger's own words.
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('script, style, [data-ledger-words]')) shown.push(node.nodeValue ?? '');
    return [...said, ...shown, document.title];
  });
  return texts
    .map((text) => names.reduce((rest, name) => rest.replaceAll(name, ''), text))
    .filter((text) => /\p{Script=Han}/u.test(text));
}

/** All charts are there, and nothing more is asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () =>
      '__vue_app__' in (document.getElementById('app') ?? {}) &&
      document.querySelector('main [aria-busy="true"], .stale, [data-view][data-ready="false"]') === null,
  );
}

/**
 * The charts of a page, shape by shape: what is drawn, without what the server and the browser write in different ways
 * (names of clip paths, marks for clicks, order of style). Numbers are those of the drawing, CSS pixels.
 */
export const chartsOf = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(() => {
    const attributes = ['d', 'points', 'cx', 'cy', 'r', 'x', 'y', 'width', 'height', 'transform'];
    const looks = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill-opacity', 'stroke-opacity'];
    const drawn = 'path, polyline, polygon, circle, rect, text, image';
    const shapeOf = (e: Element): string =>
      [e.tagName, ...[...attributes, ...looks].map((a) => e.getAttribute(a) ?? ''), e.textContent].join(';');
    return Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-view]')].map((figure) => [
        figure.dataset['view'] ?? '',
        [...figure.querySelectorAll('.stage svg')].flatMap((svg) =>
          [...svg.querySelectorAll(drawn)].filter((e) => e.closest('defs') === null).map(shapeOf),
        ),
      ]),
    );
  });
