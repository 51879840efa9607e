import type { Page } from 'playwright-core';

// What is asked of every page, whatever it shows.

/** What moved by itself: by how much, as browsers count it, on which page, and which elements. */
type Shift = { readonly value: number; readonly path: string; readonly of: readonly string[] };

/**
 * A busy machine answers a press later than the half second after it that browsers leave out: what moves so long after
 * one is its answer. How much an answer that comes late may move is a matter of late.test.ts. Milliseconds.
 */
const ANSWERED = 5000;

/** From the first page of the tab on, over all its pages. `answered`: how long after a press a shift is not counted, ms. */
export const watchShifts = (page: Page, answered = ANSWERED): Promise<unknown> =>
  page.addInitScript((grace) => {
    type Entry = PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources?: { node: Node | null }[];
    };
    const nameOf = (node: Node | null): string =>
      node instanceof Element ? `${node.tagName}.${node.className}` : String(node?.textContent);
    let pressed = -Infinity;
    for (const press of ['pointerdown', 'keydown', 'touchstart'])
      window.addEventListener(press, (e) => (pressed = e.timeStamp), { capture: true, passive: true });
    new PerformanceObserver((list) => {
      const entries = (list.getEntries() as Entry[]).filter(
        (e) => !e.hadRecentInput && e.startTime - pressed > grace,
      );
      const seen = JSON.parse(sessionStorage.getItem('shifts') ?? '[]') as Shift[];
      for (const { value, sources = [] } of entries)
        seen.push({ value, path: location.pathname, of: sources.map(({ node }) => nameOf(node)) });
      sessionStorage.setItem('shifts', JSON.stringify(seen));
    }).observe({ type: 'layout-shift', buffered: true });
  }, answered);
/** Browsers tell a shift some time after its frame. Milliseconds. */
const TOLD = 100;
export const shiftsOf = async (page: Page): Promise<Shift[]> =>
  JSON.parse(
    await page.evaluate(async (told) => {
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
      await new Promise((next) => setTimeout(next, told));
      return sessionStorage.getItem('shifts') ?? '[]';
    }, TOLD),
  ) as Shift[];
export const sumOf = (shifts: readonly Shift[]): number => shifts.reduce((sum, s) => sum + s.value, 0);

export const sidewaysOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A name that had to be cut to its two ends. */
const CUT = /([^\s…]+)…([^\s…]+)/g;

/** What is Chinese on a page, said or shown, besides these names; longest names first. */
export async function chineseOn(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
      // A language is called by its own name.
      .filter((e) => !e.matches('.lang'))
      .flatMap((e) => ['aria-label', 'title', 'placeholder'].map((name) => e.getAttribute(name) ?? ''));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      // A ledger's row is shown in the ledger's own words.
      if (!node.parentElement?.closest('script, style, .lang, [data-row]')) shown.push(node.nodeValue ?? '');
    return [...said, ...shown, document.title];
  });
  const isCut = (_: string, head: string, tail: string): string =>
    names.some((name) => name.startsWith(head) && name.endsWith(tail)) ? '' : `${head}…${tail}`;
  return texts
    .map((text) => names.reduce((rest, name) => rest.replaceAll(name, ''), text).replace(CUT, isCut))
    .filter((text) => /\p{Script=Han}/u.test(text))
    .map((text) => text.trim());
}

/** Of each chart of a page: its SVG. */
type Charts = Readonly<Record<string, string>>;

/** The charts of a page, each drawn by the page itself: the server writes the same picture in another way. */
export async function chartsOf(page: Page): Promise<Charts> {
  // Parts of a page are taken over one after the other: each hears that it is approached only then.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-view] .stage')].every((stage) => {
      const isOwn =
        stage.querySelector(':scope > svg') === null &&
        stage.querySelector('.sheet:not(.aside) svg') !== null;
      if (!isOwn) stage.closest('[data-view]')?.dispatchEvent(new Event('pointerenter'));
      return isOwn;
    }),
  );
  return page.evaluate(() => {
    const sorted = (svg: Element): string => {
      const copy = svg.cloneNode(true) as Element;
      for (const e of [copy, ...copy.querySelectorAll('*')]) {
        const attributes = [...e.attributes].toSorted((a, b) => a.name.localeCompare(b.name));
        for (const { name } of attributes) e.removeAttribute(name);
        // ECharts numbers its clip paths by instance.
        for (const { name, value } of attributes) e.setAttribute(name, value.replace(/zr\d+-c\d+/, 'zr'));
      }
      return copy.outerHTML;
    };
    return Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-view]')].map((figure) => {
        const svg = figure.querySelector('.stage .sheet:not(.aside) svg');
        return [figure.dataset['view'] ?? '', svg ? sorted(svg) : ''];
      }),
    );
  });
}

/** Where two pages draw otherwise: of each chart the first element that differs. */
export function differences(a: Charts, b: Charts): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((view) => {
    const [of, other] = [a[view] ?? '', b[view] ?? ''].map((svg) => svg.split(/(?<=>)(?=<)/));
    const i = of?.findIndex((element, n) => element !== other?.[n]) ?? -1;
    return i < 0 ? [] : [`${view}, ${i} of ${of?.length}: ${of?.[i]} / ${other?.[i]}`];
  });
}
