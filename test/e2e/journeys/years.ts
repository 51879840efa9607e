import { expect } from 'vitest';
import { shellWords } from '../../../client/words/shell.ts';
import type { Journey } from './journey.ts';

const words = {
  zh: { grain: /按季/, sum: '累计', quarter: /一季度/, few: '2 年' },
  en: { grain: /[Qq]uarter/, sum: 'Running total', quarter: /Q1/, few: '2 years' },
};

/** One figure over the years: by quarters, added up, with fewer and more years, and branch by branch. */
export const years: Journey = {
  name: 'year over year: grain, years, running totals, legend, all branches',
  from: () => '/yoy?kpi=visits',
  async steps({ page, hand, lang, stands, look }) {
    const w = words[lang];
    const chart = page.locator('[data-view="yoy"]');
    const heads = (): Promise<string[]> => chart.locator('table.figures thead th').allTextContents();
    const rows = (): Promise<string[]> => chart.locator('table.figures tbody th').allTextContents();
    const button = (name: string | RegExp) => chart.getByRole('button', { name, exact: true });

    await hand.press(page, button(w.grain));
    await page.waitForURL(/grain=quarter/);
    await expect.poll(rows).toHaveLength(4);
    expect((await rows())[0]).toMatch(w.quarter);

    const before = await chart.locator('table.figures tbody tr').last().textContent();
    await hand.press(page, button(w.sum));
    await page.waitForURL(/sum=1/);
    await stands();
    await expect.poll(() => chart.locator('table.figures tbody tr').last().textContent()).not.toBe(before);

    // The legend takes a year out and puts it back.
    expect((await heads()).join(' ')).toContain('2025');
    await hand.press(page, page.locator('button[data-year="2025"]'));
    await expect.poll(async () => (await heads()).join(' ')).not.toContain('2025');
    await hand.press(page, page.locator('button[data-year="2025"]'));
    await expect.poll(async () => (await heads()).join(' ')).toContain('2025');

    // The sentence asks for how many years are drawn.
    await hand.press(page, page.locator('[data-blank="years"] button'));
    await page.getByRole('listbox').waitFor();
    await look('the years');
    await hand.press(page, page.getByRole('button', { name: w.few, exact: true }));
    await page.waitForURL((url) => url.searchParams.get('years') === '2025,2026');
    await hand.leave(page);
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await stands();
    expect((await heads()).join(' ')).not.toContain('2024');

    // The figures in a table, beside the chart.
    await hand.press(page, button(shellWords['chart.showTable'][lang]));
    await chart.locator('.shown table.figures').waitFor();
    await hand.press(page, button(shellWords['chart.hideTable'][lang]));

    // All branches on one scale; a point of one opens its records.
    const panels = page.locator('[data-view="multiples"]');
    const branches = await panels.locator('table.figures tbody th').allTextContents();
    expect(new Set(branches.map((n) => n.split(' ')[0])).size).toBeGreaterThan(1);
    await hand.pick(page, 'multiples', 0);
    await page.waitForURL(/\/records\?/);
    expect(new URL(page.url()).searchParams.get('unit')).not.toBe(null);
    await stands();
    await page.goBack();
    await page.waitForURL(/\/yoy\?/);
    await panels.waitFor();
  },
};
