import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { Answer } from '../../shared/query.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// Two to four branches are picked and seen side by side, and taken away again.
const [units, ...ledgers] = demoLedgers({ branches: 9, years: 2, seed: 7 });

describe('side by side', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  let codes: string[];

  async function opened(query: string): Promise<void> {
    await page.goto(`${root}/compare?${query}`);
    await stands(page);
    await page.locator('[data-toggle]').first().waitFor();
  }
  const beside = (): string | null => new URL(page.url()).searchParams.get('beside');
  const box = (code: string) => page.locator(`[data-toggle="${code}"]`);
  const table = () => page.locator('[data-beside-table]');

  beforeAll(async () => {
    stage = await raise();
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
    if (!units) throw new Error('no units');
    await stage.bring({ units, ledgers });
    await opened('kpi=attendance_rate');
    codes = await page
      .locator('[data-toggle]')
      .evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset['toggle'] ?? ''));
    expect(codes.length).toBeGreaterThanOrEqual(5);
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test('by mouse: boxes on the rows, the list, chips taken away, the way back', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = codes;
    await opened('kpi=attendance_rate');
    // Each box lies on its row: at the height of its name in the drawing.
    const drawn = await page.locator('[data-view="compare"] [role="img"]').boundingBox();
    const first = await box(a).boundingBox();
    expect(first!.x).toBeGreaterThanOrEqual(drawn!.x - 4);
    expect(first!.y).toBeGreaterThan(drawn!.y);
    expect(await table().count()).toBe(0);
    await box(b).click();
    await page.waitForURL((url) => url.searchParams.get('beside') === b);
    expect(await table().count()).toBe(0);
    await box(a).click();
    await page.waitForURL((url) => url.searchParams.get('beside') === `${b},${a}`);
    await stands(page);
    expect(await table().locator('thead th').count()).toBe(3);
    // The figure is the API's, and opens to its records.
    const { cells } = (await (
      await page.request.get(`${root}/api/query?kpi=visits&unit=${b}&years=2026&toDate=1`)
    ).json()) as Answer;
    const shown = table().locator('tr[data-kpi="visits"] td').first().locator('.value');
    expect(await shown.innerText()).toContain(String(cells[0]?.value));

    // The list takes a third and a fourth, and a fifth is not taken.
    await page.getByRole('button', { name: /选要并排看的支部/ }).click();
    const items = page.getByRole('option');
    await items.nth(2).click();
    await items.nth(3).click();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.searchParams.get('beside') === [b, a, c, d].join(','));
    await stands(page);
    await box(e).click({ force: true });
    await page.waitForTimeout(50);
    expect([beside(), await box(e).isChecked()]).toEqual([[b, a, c, d].join(','), false]);
    expect(await table().locator('thead th').count()).toBe(5);

    await page.locator(`[data-beside="${a}"] button`).click();
    await page.waitForURL((url) => url.searchParams.get('beside') === [b, c, d].join(','));
    expect(await box(a).isChecked()).toBe(false);
    await page.goBack();
    await page.waitForURL((url) => url.searchParams.get('beside') === [b, a, c, d].join(','));
    expect(await box(a).isChecked()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('by keyboard alone: down the rows, space ticks, a chip is taken away', async () => {
    const [a = '', , c = ''] = codes;
    await opened('kpi=attendance_rate');
    // All boxes are one stop of the Tab key.
    expect(await page.locator('[data-toggle][tabindex="0"]').count()).toBe(1);
    await box(a).focus();
    await page.keyboard.press('Space');
    await page.waitForURL((url) => url.searchParams.get('beside') === a);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.waitForURL((url) => url.searchParams.get('beside') === `${a},${c}`);
    await stands(page);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['toggle'])).toBe(c);
    expect(await table().locator('thead th').count()).toBe(3);
    // The lines and the slopes walk by arrow keys and say what they stand on.
    for (const view of ['beside', 'slope']) {
      await page.locator(`[data-view="${view}"] [role="img"]`).focus();
      await page.keyboard.press('Home');
      expect(await page.locator(`[data-view="${view}"] [aria-live="polite"]`).innerText(), view).toMatch(
        /\d/,
      );
    }
    await page.locator(`[data-beside="${c}"] button`).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('beside') === a);
    expect(await table().count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a click each: per member, norm, rate, and the year that the slopes begin with', async () => {
    await opened('kpi=attendance_rate');
    const wanted = { member: /per=member/, norm: /kpi=norm_compliance/, rate: /kpi=attendance_rate/ };
    for (const [lens, url] of Object.entries(wanted)) {
      await page.locator(`[data-lens="${lens}"]`).click();
      await page.waitForURL(url);
      expect(await page.locator(`[data-lens="${lens}"]`).getAttribute('aria-pressed')).toBe('true');
    }
    await page.goto(`${root}/compare?beside=${codes[0]},NOPE`);
    await page.getByText('beside=NOPE').waitFor();
    expect(complaints).toEqual([]);
  });

  test.each(['zh', 'en'] as const)(
    'says it all in %s on a phone, with nothing for axe to find',
    async (lang) => {
      const phone = await stage.open({
        viewport: { width: 390, height: 844 },
        colorScheme: lang === 'en' ? 'dark' : 'light',
      });
      await phone.page.addInitScript((of) => localStorage.setItem('hangbiao.lang', of), lang);
      await phone.page.goto(`${root}/compare?kpi=study_sessions&beside=${codes.slice(0, 3).join(',')}`);
      await phone.page.locator('[data-view="beside"][data-ready="true"]').waitFor();
      await stands(phone.page);
      expect(await phone.page.locator('[data-beside-table]').innerText()).toMatch(
        lang === 'zh' ? /单位之间/ : /Between them/,
      );
      const sideways = await phone.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways).toBe(0);
      expect(await axeFindings(phone.page)).toEqual([]);
      expect(phone.complaints).toEqual([]);
      await phone.page.context().close();
    },
  );
});
