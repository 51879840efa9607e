import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { shiftsOf, sumOf, watchShifts } from './sound.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// A page whose figures come late is turned to before it has them: what is to come has its room already.
const [units, ...ledgers] = demoLedgers({ branches: 6, years: 3, seed: 7 });
/** Longer than the former page stands for the next (client/turn.ts), milliseconds. */
const LATE = 900;
/** So long after a press browsers count no shift. Milliseconds. */
const BROWSERS = 500;
/** An answer may have a line more or less than usual, and a chart's sentence a second line: without room kept it is up to 0.25. */
const MOST_SHIFT = 0.15;
/** Where the page stands: its answer may have a line more, and moves nothing sideways. */
const MOST_CHANGED = 0.03;

describe('figures that come late', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raise();
    await stage.bring({ units, ledgers });
  });
  afterAll(() => stage?.close());

  test.each([
    { lang: 'zh', width: 390 },
    { lang: 'en', width: 1440 },
  ] as const)('find their room kept, in $lang at $width px', async ({ lang, width }) => {
    const { page, complaints } = await stage.open({ viewport: { width, height: 844 } });
    const root = stage.running.address;
    await page.context().addCookies([{ name: 'hangbiao_look', value: `${lang}.light`, url: root }]);
    await page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    await watchShifts(page, BROWSERS);
    await page.goto(`${root}/catalogue`);
    await stands(page);
    await page.route('**/api/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, LATE));
      await route.continue();
    });
    for (const path of ['/yoy', '/compare', '/rectification', '/']) {
      const before = await shiftsOf(page);
      await page.locator(`nav a[href^="${path}"]`).filter({ visible: true }).first().click();
      await page.waitForURL((url) => url.pathname === path);
      // The skeleton is there first.
      await page.locator('main .to-come').first().waitFor({ state: 'attached' });
      await stands(page);
      await page.locator('main .to-come').waitFor({ state: 'detached' });
      const since = (await shiftsOf(page)).slice(before.length);
      expect(sumOf(since), `${path}: ${JSON.stringify(since)}`).toBeLessThan(MOST_SHIFT);
    }
    // What is chosen in the sentence changes the page that stands.
    for (const [path, blank, to] of [
      ['/yoy', 'only', lang === 'zh' ? '3月' : 'Mar'],
      ['/yoy', 'kpi', lang === 'zh' ? '走访次数' : 'Visits'],
      ['/compare', 'kpi', lang === 'zh' ? '到会率' : 'Attendance rate'],
      ['/', 'only', lang === 'zh' ? '一季度' : 'Q1'],
    ] as const) {
      await page.goto(root + path);
      await stands(page);
      const before = await shiftsOf(page);
      await page.locator(`[data-blank="${blank}"] button`).first().click();
      await page.getByRole('option', { name: to }).first().click();
      await page.waitForURL((url) => url.searchParams.has(blank));
      await stands(page);
      const since = (await shiftsOf(page)).slice(before.length);
      expect(sumOf(since), `${path}, ${blank}: ${JSON.stringify(since)}`).toBeLessThan(MOST_CHANGED);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
