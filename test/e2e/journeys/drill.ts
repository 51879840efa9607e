import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { RecordsReply } from '../../../shared/api.ts';
import { shiftsOf, sumOf } from '../sound.ts';
import type { Journey } from './journey.ts';
import { stands } from '../stands.ts';

type Left = { readonly y: number; readonly focus: string; readonly url: string };

/** What has the focus: its link or chart, and of a chart the mark. Written out in the page, which knows nothing of here. */
const FOCUS = `(() => {
  const e = document.activeElement;
  const view = e?.closest('[data-view]')?.dataset.view;
  return [e?.tagName, e?.getAttribute('href'), view, e?.dataset.at, e?.dataset.kind].filter(Boolean).join(' ');
})()`;
const focusOf = (page: Page): Promise<string> => page.evaluate(FOCUS);

/** A step down; what is left behind is noted for the way back. */
async function step(page: Page, way: Left[], { act, to }: { act: () => Promise<void>; to: RegExp }) {
  const url = page.url();
  // The address changes in the moment that the page is left.
  await page.evaluate(`{
    const push = history.pushState.bind(history);
    history.pushState = (...args) => {
      window.left = { y: window.scrollY, focus: ${FOCUS} };
      history.pushState = push;
      push(...args);
    };
  }`);
  await act();
  await page.waitForURL(to);
  await stands(page);
  const left = await page.evaluate(() => (window as unknown as { left: { y: number; focus: string } }).left);
  way.push({ url, ...left });
}

/** All the way back: place and focus of each page are as they were left, and nothing moves on coming there. */
async function goBack(page: Page, way: readonly Left[]): Promise<void> {
  const before = await shiftsOf(page);
  for (const left of way.toReversed()) {
    await page.goBack();
    await page.waitForURL(left.url);
    // The former page stands, and may have the focus, until this one has its figures.
    await expect
      .poll(
        async () => ({
          url: page.url(),
          y: await page.evaluate(() => Math.round(window.scrollY)),
          focus: await focusOf(page),
        }),
        { timeout: 10_000 },
      )
      .toEqual({ ...left, y: Math.round(left.y) });
    await stands(page);
  }
  expect(sumOf((await shiftsOf(page)).slice(before.length))).toBeLessThan(0.01);
}

/** From the centre down to a row of a ledger, and back up again. */
export const drill: Journey = {
  name: 'drill: centre, branch, group, month, kind, record, row, and all the way back',
  from: () => '/',
  async steps({ page, hand, centre: { root, path } }) {
    const way: Left[] = [];
    const press = (on: Locator, to: RegExp) => step(page, way, { act: () => hand.press(page, on), to });
    const [station] = path;
    const group = path.at(-1)?.code ?? '';
    // A branch of the overview: whichever of the lists has it, else by the list of all.
    const listed = page.locator(`main [data-list] a[href^="/units/${station?.code}"]`).first();
    if ((await listed.count()) === 0) {
      await press(page.locator('[data-list="pace-line"] a').first(), /\/units\//);
      const below = page.locator(`[data-list="below"] a[href^="/units/${station?.code}"]`);
      await press(below, new RegExp(`/units/${station?.code}`));
    } else await press(listed, new RegExp(`/units/${station?.code}`));
    for (const { code } of path.slice(1))
      await press(
        page.locator(`[data-list="below"] a[href^="/units/${code}"]`),
        new RegExp(`/units/${code}(\\?|$)`),
      );
    // Month.
    await step(page, way, { act: () => hand.pick(page, 'yoy', 2), to: /\/records\?.*period=2026-03/ });
    expect(new URL(page.url()).searchParams.get('unit')).toBe(group);
    expect(await page.locator('tr[data-record]').count()).toBe(3);
    // Kind.
    await press(page.locator('button[data-kind="collective_study"]'), /kind=/);
    const kind = new URL(page.url()).searchParams.get('kind');
    const asked = `kpi=study_sessions&unit=${group}&period=2026-03&kind=${kind}`;
    const behind = (await (await page.request.get(`${root}/api/records?${asked}`)).json()) as RecordsReply;
    expect(behind.total).toBe(2);
    expect(await page.locator('tr[data-record]').count()).toBe(2);
    // Record.
    await press(page.locator('tr[data-record] a').first(), /\/records\/[^?]+\/[^?]+\?/);
    expect(await page.locator('[data-list="crumbs"] li').count()).toBeGreaterThanOrEqual(path.length + 6);
    // Row.
    await press(page.locator('[data-list="crumbs"] a[href$="#row"]'), /#row$/);
    await page.waitForFunction(() => document.activeElement?.id === 'row');
    expect(await page.locator('#row').innerText()).toContain('2026-03-19');

    await goBack(page, way);
    // And forward again.
    await page.goForward();
    await page.waitForURL(/\/units\//);
    await stands(page);
  },
};
