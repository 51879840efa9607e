import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { Answer } from '../../shared/query.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// Years beside each other: each period or running totals, and all branches on one scale.
const [units, ...ledgers] = demoLedgers({ branches: 9, years: 3, seed: 3 });

describe('the page of the years', () => {
  let stage: Stage;
  let root: string;
  let office: Page;

  async function opened(page: Page, address: string): Promise<void> {
    await page.goto(root + address);
    await stands(page);
  }

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    ({ page: office } = await stage.open());
    if (!units) throw new Error('no units');
    await stage.bring({ units, ledgers });
  });
  afterAll(() => stage?.close());

  /** This year's months, added up here. */
  async function addedUp(kpi: string): Promise<{ year: string; totals: number[] }> {
    const answer = (await (
      await office.request.get(`${root}/api/query?kpi=${kpi}&grain=month`)
    ).json()) as Answer;
    const year = answer.query.asOf.slice(0, 4);
    let total = 0;
    const totals = answer.cells
      .filter((c) => c.period.startsWith(year) && `${c.period}-01` <= answer.query.asOf)
      .map((c) => (total += c.numerator ?? 0));
    return { year, totals };
  }
  /** The figures of a year's column in the table beside the chart. */
  const columnOf = (page: Page, year: string): Promise<string[]> =>
    page.locator('[data-view="yoy"] table.figures').evaluate((table, head) => {
      const at = [...table.querySelectorAll('thead th')].findIndex((th) =>
        (th.textContent ?? '').trim().startsWith(head),
      );
      return [...table.querySelectorAll('tbody tr')].map((tr) => tr.children[at]?.textContent?.trim() ?? '');
    }, year);

  test.each([
    { lang: 'zh', sum: '累计', each: '逐期' },
    { lang: 'en', sum: 'Running total', each: 'Each' },
  ])('running totals are switched on and off ($lang), and are the sums of the months', async (words) => {
    const { page, complaints } = await stage.open();
    await page.addInitScript((lang) => localStorage.setItem('hangbiao.lang', lang), words.lang);
    await opened(page, '/yoy?kpi=visits');
    await page.getByRole('button', { name: words.sum, exact: true }).click();
    await page.waitForURL(/sum=1/);
    await stands(page);
    const { year, totals } = await addedUp('visits');
    const shown = (await columnOf(page, year)).map((text) =>
      Number(/\d[\d,]*/.exec(text)?.[0].replace(',', '')),
    );
    expect(totals.length).toBeGreaterThan(5);
    expect(shown.slice(0, totals.length)).toEqual(totals);
    // By keys, back to the months.
    await page.getByRole('button', { name: words.each, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.search.includes('sum='));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a running total opens the records that it adds up', async () => {
    const { page, complaints } = await stage.open();
    await opened(page, '/yoy?kpi=visits&sum=1');
    const { year, totals } = await addedUp('visits');
    await page.locator('[data-view="yoy"] .stage').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\?/);
    expect(new URL(page.url()).searchParams.get('period')).toBe(year);
    await page.locator('main table tbody tr').first().waitFor();
    expect(await page.locator('main').innerText()).toContain(String(totals[2]));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what cannot be added up is not, and an address that asks for it says so', async () => {
    const { page, complaints } = await stage.open();
    await opened(page, '/yoy?kpi=rectification_median_days');
    expect(await page.getByRole('button', { name: '累计', exact: true }).count()).toBe(0);
    await page.goto(`${root}/yoy?kpi=rectification_median_days&sum=1`);
    await page.getByRole('alert').getByText('这个指标不能逐期累计').waitFor();
    const refused = await office.request.post(`${root}/api/snapshots`, {
      data: { view: 'yoy', query: { kpi: 'rectification_median_days', sum: '1' } },
    });
    expect(refused.status()).toBe(422);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([{ width: 1440 }, { width: 360 }])(
    'all branches stand on one scale at $width px, and a point of one opens its records',
    async ({ width }) => {
      const { page, complaints } = await stage.open({ viewport: { width, height: 900 } });
      await opened(page, '/yoy?kpi=visits');
      const panels = page.locator('[data-view="multiples"]');
      const names = await panels.locator('table.figures tbody th').allTextContents();
      expect(new Set(names.map((n) => n.split(' ')[0])).size).toBeGreaterThan(1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await panels.locator('.stage').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/records\?/);
      expect(new URL(page.url()).searchParams.get('unit')).not.toBe(null);
      await page.goBack();
      await stands(page);
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test('its address in a fresh browser gives the same pictures', async () => {
    const pictures: string[][] = [];
    for (let i = 0; i < 2; i++) {
      const { page } = await stage.open();
      await opened(page, '/yoy?kpi=attendance_rate&grain=quarter&sum=1');
      pictures.push(
        await page.evaluate(() => [...document.querySelectorAll('.stage > svg')].map((svg) => svg.outerHTML)),
      );
      await page.context().close();
    }
    expect(pictures[0]?.length).toBeGreaterThan(2);
    expect(pictures[1]).toEqual(pictures[0]);
  });
});
