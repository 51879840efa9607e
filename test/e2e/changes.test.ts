import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection } from '../../db/connect.ts';
import { office, twoBranches } from '../office.ts';
import { newVersion } from '../records-by-hand.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// Then and now: what was said on a past day against what is said today, opened down to its reasons.
describe('the page of then and now', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  let past: Connection;

  beforeAll(async () => {
    stage = await raise();
    // A history has days of its own: it is written beside the running server, under a set clock.
    past = await connect(`sqlite:${join(stage.folder, 'hangbiao.db')}`);
    await twoBranches(office(past.db));
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
  });
  afterAll(async () => {
    await past?.db.destroy();
    await stage?.close();
  });

  const settled = async (on: Page): Promise<void> => {
    await stands(on);
    await on.waitForFunction(() => document.querySelector('main [aria-busy="true"], .stale') === null);
  };
  /** A figure's row as words: then, now, the difference, its four parts. */
  const row = async (on: Page, kpi: string): Promise<string[]> =>
    (await on.locator(`tbody[data-kpi="${kpi}"] .line td`).allInnerTexts()).map((t) =>
      t.replace(/\s+/g, ' ').trim(),
    );

  test('the data version under any question leads to it, and the sentence ends in what changed', async () => {
    await page.goto(`${root}/compare?kpi=visits`);
    await settled(page);
    await page.getByRole('link', { name: '数据第 21 版' }).click();
    await page.waitForURL(/\/changes/);
    await settled(page);
    // No day named: as of the day before the latest changes, when 16 versions had been made.
    expect(await page.locator('h1').innerText()).toMatch(/^引航中心\s*2025 年，数据第 16 版\s*所知/);
    expect(await page.locator('.sides').innerText()).toContain('其间 5 次变动');
    expect(complaints).toEqual([]);
  });

  test('a figure stands then and now with its parts, and opens to the ledgers by keyboard', async () => {
    await page.goto(`${root}/changes?knownOn=2025-04-30`);
    await settled(page);
    expect(await page.locator('h1').innerText()).toContain('7 个数里 6 个变了。');
    expect(await row(page, 'visits')).toEqual(['3 次', '9 次', '+6', '+2', '+1', '0', '+3']);
    expect(await row(page, 'attendance_rate')).toEqual([
      '88.8%（71/80）',
      '85.0%（119/140）',
      '−3.7 个百分点 分子 +48，分母 +60',
      '+1.3 个百分点 分子 +10，分母 +10',
      '−4.5 个百分点 分子 +13，分母 +20',
      '0',
      '−0.5 个百分点 分子 +25，分母 +30',
    ]);
    // Over fewer than ten: fractions and no percentage.
    expect(await row(page, 'rectification_closure_rate')).toEqual([
      '2/2',
      '6/6',
      '+4/+4',
      '+1/+2',
      '0',
      '0',
      '+3/+2',
    ]);
    expect(await row(page, 'volunteers')).toEqual(['— 未报', '— 未报', '—', '—', '—', '—', '—']);

    const turn = page.locator('tbody[data-kpi="visits"] button');
    await turn.focus();
    await page.keyboard.press('Enter');
    expect(await turn.getAttribute('aria-expanded')).toBe('true');
    const why = page.locator('#why-visits');
    expect(await why.locator('[data-reasons="late"] li').allInnerTexts()).toEqual([
      expect.stringMatching(/^补入\s+西港站走访台账，2025年1–3月，2 条记录\s+B走访台账\.csv\s+第 7 版，/),
    ]);
    expect(await why.locator('[data-reasons="corrections"] .tag').allInnerTexts()).toEqual(['补入', '撤出']);
    expect(await why.locator('[data-reasons="definitions"]').innerText()).toContain('这一步没有变动。');
    expect(await why.locator('[data-reasons="movement"] li').first().innerText()).toBe(
      '2025年4月1日至2025年6月30日，当时还没有看到的日子：3 条记录',
    );
    await page.keyboard.press('Enter');
    expect(await why.count()).toBe(0);

    await page.locator('tbody[data-kpi="norm_compliance"] button').click();
    expect(await page.locator('#why-norm_compliance [data-reasons="definitions"] li').innerText()).toMatch(
      /^规定\s+新增：支部委员会：不要求，中心决定/,
    );
    expect(complaints).toEqual([]);
  });

  test('what was not reported then says so, and what it is now', async () => {
    await page.goto(`${root}/changes?knownOn=2025-04-30&unit=B&years=2025&asOf=2025-03-31`);
    await settled(page);
    expect(await row(page, 'visits')).toEqual(['— 未报', '2 次', '+2', '+2', '0', '0', '0']);
    await page.locator('tbody[data-kpi="visits"] button').click();
    expect(await page.locator('#why-visits .caveat').innerText()).toContain('当时未报');
    expect(complaints).toEqual([]);
  });

  test('a version is chosen from the journal or the sentence, a day by its date; the address has it', async () => {
    await page.goto(`${root}/changes`);
    await settled(page);
    await page.getByRole('button', { name: '与第 13 版之前比' }).click();
    await page.waitForURL(/version=12/);
    await settled(page);
    expect(await page.locator('.sides').innerText()).toContain('数据第 12 版');
    expect(await page.locator('[data-version="13"] .tag').innerText()).toBe('正在比');

    await page.getByRole('button', { name: /^选当时/ }).click();
    await page.getByRole('option', { name: '数据第 3 版' }).click();
    await page.waitForURL(/version=3/);
    await page.getByRole('button', { name: /^选当时/ }).click();
    await page.locator('input[type="date"]').fill('2025-05-15');
    await page.waitForURL(/knownOn=2025-05-15/);
    expect(page.url()).not.toContain('version=');
    await page.keyboard.press('Escape');
    await settled(page);
    expect(await page.locator('.sides').innerText()).toContain('数据第 9 版');
    // The past compared with is this page's own.
    await page.locator('header nav a', { hasText: '对比' }).click();
    await page.waitForURL((url) => url.pathname === '/compare' && !url.search.includes('knownOn'));
    expect(complaints).toEqual([]);
  });

  test('a day or version that is none is one message; one that is not there yet is refused in words', async () => {
    for (const part of ['knownOn=2025-02-30', 'version=first']) {
      await page.goto(`${root}/changes?${part}`);
      expect(await page.getByRole('alert').locator('code').allInnerTexts()).toEqual([part]);
    }
    expect(complaints).toEqual([]);
    await page.goto(`${root}/changes?version=99`);
    await page.getByText('there is no version 99 of the data').waitFor();
    // Asked alone, the refusal itself stands in the console; asked together with others, within their reply.
    expect(complaints.splice(0).filter((c) => !c.includes('404'))).toEqual([]);
  });

  test.each([
    { lang: 'en', theme: 'dark', width: 1440 },
    { lang: 'zh', theme: 'light', width: 390 },
  ] as const)(
    'axe finds nothing at $width px, $lang, $theme, and nothing scrolls sideways',
    async ({ lang, theme, width }) => {
      const opened = await stage.open({ viewport: { width, height: 844 }, colorScheme: theme });
      await opened.page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
      await opened.page.goto(`${root}/changes?knownOn=2025-04-30`);
      await settled(opened.page);
      for (const turn of await opened.page.locator('button.turn').all()) await turn.click();
      expect(await opened.page.title()).toContain(lang === 'zh' ? '当时与现在' : 'Then and now');
      if (lang === 'en') {
        expect(await opened.page.locator('h1').innerText()).toContain('6 of 7 figures have changed.');
        expect(await opened.page.locator('#why-visits [data-reasons="late"] li').innerText()).toMatch(
          /^added\s+西港站: Visits, Jan–Mar 2025, 2 records\s+B走访台账\.csv\s+version 7, .* import by office$/,
        );
        // Only names that people gave may be Chinese.
        const texts = await opened.page
          .locator('table.restated h3, table.restated th, .sides')
          .allInnerTexts();
        expect(texts.filter((t) => /\p{Script=Han}/u.test(t))).toEqual([]);
      }
      expect(await axeFindings(opened.page)).toEqual([]);
      expect(
        await opened.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      expect(opened.complaints).toEqual([]);
      await opened.page.context().close();
    },
  );

  test('where no change is noted, the page says what will stand here', async () => {
    // As a database of before the journal is; of another version, since answers to this one are remembered.
    await past.db.deleteFrom('change').execute();
    await newVersion(past.db);
    const opened = await stage.open();
    await opened.page.goto(`${root}/changes`);
    await opened.page.getByRole('heading', { name: '还没有变动' }).waitFor();
    expect(opened.complaints).toEqual([]);
    await opened.page.context().close();
  });
});
