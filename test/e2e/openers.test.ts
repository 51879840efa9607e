import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { langsOf } from '../long.ts';

// What a button opens is a file of its own, which comes when a reader comes near. Here it comes late, or at first not at all.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 7 });
const FILE = /\/assets\/opened-[^/]+\.js$/;

describe.each(langsOf('zh'))('what a button opens, %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stage = await raise();
    await stage.bring({ units, ledgers });
  });
  // A failed raise has nothing to close.
  afterAll(() => stage?.close());
  beforeEach(async () => {
    ({ page, complaints } = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' }));
  });
  afterEach(() => page.context().close());

  /** The overview, with the file on a way of the test's. */
  async function overview(onFile?: (route: Route) => Promise<void>): Promise<void> {
    if (onFile) await page.route(FILE, onFile);
    await page.goto(`${stage.running.address}/`);
    await stands(page);
  }
  const theme = () => page.locator('header .theme');
  const unit = () => page.locator('main h1 .pick').first();
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.getAttribute('role') ?? '');
  const isFocused = (of: ReturnType<typeof theme>): Promise<boolean> =>
    of.evaluate((e) => e === document.activeElement);

  const keys = ['Enter', 'Space', 'ArrowDown'] as const;
  test.each(keys)(
    'a menu that is opened by %s before its file has come has the first entry in focus',
    async (key) => {
      await overview(async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 700));
        await route.continue();
      });
      await theme().focus();
      await page.keyboard.press(key);
      expect(await theme().getAttribute('aria-expanded')).toBe('true');
      const entries = page.locator('[role="menuitemradio"]');
      await entries.first().waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitemradio');
      expect(await isFocused(entries.first())).toBe(true);
      await page.keyboard.press('ArrowDown');
      expect(await isFocused(entries.nth(1))).toBe(true);
      await page.keyboard.press('Escape');
      await entries.first().waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.matches('header .theme'));
      expect(await theme().getAttribute('aria-expanded')).toBe('false');
      expect(complaints).toEqual([]);
    },
  );

  test('a list whose file does not come at first opens as soon as it does', async () => {
    let refused = 0;
    await overview(async (route) => {
      if (refused < 2) {
        refused++;
        await route.abort();
      } else await route.continue();
    });
    await unit().click();
    const list = page.locator('[role="listbox"]');
    await list.waitFor();
    expect(refused).toBe(2);
    await page.locator('[role="option"]').nth(1).click();
    await list.waitFor({ state: 'detached' });
    await page.waitForURL(/[?&]unit=/);
    // What the browser says of a file that it did not get.
    expect(complaints.filter((c) => !c.includes('ERR_FAILED'))).toEqual([]);
  });

  test('a list is named by its button, closes by it and by a press beside it, and gives the focus back', async () => {
    await overview();
    const panel = page.locator('.float[role="dialog"]');
    await unit().click();
    await panel.waitFor();
    expect(await panel.getAttribute('aria-labelledby')).toBe(await unit().getAttribute('id'));
    expect(await panel.getAttribute('id')).toBe(await unit().getAttribute('aria-controls'));
    expect(await axeFindings(page)).toEqual([]);
    await unit().click();
    await panel.waitFor({ state: 'detached' });
    await unit().click();
    await panel.waitFor();
    await page.mouse.click(700, 850);
    await panel.waitFor({ state: 'detached' });
    await unit().focus();
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await isFocused(unit())).toBe(true);
    expect(await focused()).toBe('');
    expect(complaints).toEqual([]);
  });
});
