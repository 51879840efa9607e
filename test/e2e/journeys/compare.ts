import { expect } from 'vitest';
import { compareWords } from '../../../client/words/compare.ts';
import type { Journey } from './journey.ts';

/** The branches beside each other: by rate, per member and norm; some of them side by side; two years as slopes. */
export const compare: Journey = {
  name: 'compare: lenses, rows, heat map, slopes, two to four side by side',
  from: () => '/compare?kpi=study_sessions',
  async steps({ page, hand, lang, stands, look }) {
    const w = compareWords[lang];
    const lenses = { member: /per=member/, norm: /kpi=norm_compliance/, rate: /kpi=attendance_rate/ };
    for (const [lens, url] of Object.entries(lenses)) {
      await hand.press(page, page.locator(`[data-lens="${lens}"]`));
      await page.waitForURL(url);
      await stands();
    }

    // A row is looked into.
    const shown = page.locator('section[data-unit]');
    const first = await shown.getAttribute('data-unit');
    await hand.pick(page, 'compare', 0);
    await page.waitForURL(/at=/);
    await expect.poll(() => shown.getAttribute('data-unit')).not.toBe(first);

    // Two by the boxes on their rows, a third from the list.
    const boxes = page.locator('[data-toggle]');
    const codes = await boxes.evaluateAll((all) => all.map((e) => e.getAttribute('data-toggle') ?? ''));
    const beside = (): string[] => new URL(page.url()).searchParams.get('beside')?.split(',') ?? [];
    await hand.tick(page, boxes, 0);
    await expect.poll(beside).toEqual(codes.slice(0, 1));
    await hand.tick(page, boxes, 2);
    await expect.poll(beside).toEqual([codes[0], codes[2]]);
    const columns = page.locator('[data-beside-table] thead th');
    await expect.poll(() => columns.count()).toBe(3);
    await hand.press(page, page.getByRole('button', { name: w.pickLabel }));
    await page.getByRole('listbox').waitFor();
    await look('the list of branches');
    await hand.choose(page, page.getByRole('option').nth(1));
    await hand.leave(page);
    await expect.poll(() => beside().length).toBe(3);
    await expect.poll(() => columns.count()).toBe(4);
    await hand.press(page, page.locator(`[data-beside="${codes[0]}"] button`));
    await expect.poll(beside).not.toContain(codes[0]);
    await expect.poll(() => columns.count()).toBe(3);

    // Slopes from an earlier year.
    const slopes = page.locator('[data-view="slope"]');
    await hand.press(page, slopes.getByRole('button', { name: w.from }));
    await hand.choose(page, page.getByRole('option', { name: w.fromYear('2024') }));
    await page.waitForURL(/since=2024/);
    await stands();
    await expect.poll(() => slopes.locator('table.figures thead').textContent()).toContain('2024');

    // A cell of the heat map opens its records.
    await hand.pick(page, 'heatmap', 2);
    await page.waitForURL(/\/records\?.*period=2026-03/);
    await page.locator('tr[data-record]').first().waitFor();
    await page.goBack();
    await page.waitForURL(/\/compare\?/);
    await page.locator('[data-beside-table]').waitFor();
  },
};
