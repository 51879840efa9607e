import { expect } from 'vitest';
import type { Journey } from './journey.ts';

/** A page is narrowed by a mark or a word, and widened again by what says so. */
export const narrow: Journey = {
  name: 'cross-filter: a kind by its bar, chips taken away one by one',
  from: ({ path }) => `/yoy?kpi=study_sessions&unit=${path[0]?.code}`,
  async steps({ page, hand, stands }) {
    const title = page.locator('[data-view="yoy"] h2');
    const whole = await title.innerText();
    await hand.pick(page, 'composition', 0);
    await page.waitForURL(/kind=/);
    const kind = new URL(page.url()).searchParams.get('kind') ?? '';
    const chips = page.locator('[data-list="chips"]');
    await chips.locator(`[data-chip="kind ${kind}"]`).waitFor();
    await expect.poll(() => title.innerText()).not.toBe(whole);
    // The chart of kinds keeps them all.
    expect(await page.locator('[data-view="composition"] tbody tr').count()).toBeGreaterThan(1);
    await stands();
    await hand.press(page, chips.locator(`[data-chip="kind ${kind}"] button`));
    await page.waitForURL((url) => !url.searchParams.has('kind'));
    await expect.poll(() => title.innerText()).toBe(whole);

    // The records of a month by their kinds; each chip goes by itself.
    await hand.pick(page, 'yoy', 2);
    await page.waitForURL(/\/records\?.*period=2026-03/);
    const rows = page.locator('tr[data-record]');
    await rows.first().waitFor();
    const all = await rows.count();
    await hand.press(page, page.locator('button[data-kind]:not([data-kind=""])').first());
    await page.waitForURL(/kind=/);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await hand.press(page, page.locator('[data-chip="period"] button'));
    await page.waitForURL(/period=2026(&|$)/);
    await hand.press(page, page.locator('[data-chip^="kind "] button').first());
    await page.waitForURL((url) => !url.searchParams.has('kind'));
    await hand.press(page, page.locator('[data-chip="unit"] button'));
    await page.waitForURL((url) => !url.searchParams.has('unit'));
    await stands();
    await page.goBack();
    await page.waitForURL(/unit=/);
    await page.locator('[data-chip="unit"]').waitFor();
  },
};
