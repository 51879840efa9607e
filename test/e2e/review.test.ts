import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { readWord } from '../review/word.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { langsOf } from '../long.ts';

// A unit's page: the material of its year-end review, taken by mouse and by keyboard.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 7 });
const BRANCH = 'QS';

const names = {
  zh: { 2026: '青山引航站党支部2026年度述职材料.docx', 2025: '青山引航站党支部2025年度述职材料.docx' },
  en: {
    2026: '青山引航站党支部 year-end review 2026.docx',
    2025: '青山引航站党支部 year-end review 2025.docx',
  },
} as const;

describe.each(langsOf('zh'))('the material of a year-end review, from the page, %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    stage = await raise();
    await stage.bring({ units, ledgers });
    ({ page, complaints } = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' }));
    await page.goto(`${stage.running.address}/units/${BRANCH}`);
    await page.locator('header button.lang').waitFor();
    if (!(await page.evaluate(() => document.documentElement.lang)).startsWith(lang))
      await page.locator('header button.lang').click();
    await page.waitForFunction((of) => document.documentElement.lang.startsWith(of), lang);
    await stands(page);
  });
  // A failed raise has nothing to close.
  afterAll(() => stage?.close());

  const menu = () => page.locator('[data-review] button');
  const said = () => page.locator('[data-review] [role="status"]');
  async function read(download: Download): Promise<string> {
    const { paragraphs, notes } = readWord(await readFile(await download.path()));
    expect(notes.size).toBeGreaterThan(40);
    return paragraphs.map((p) => p.text).join('\n');
  }

  test('by mouse: the year is chosen, and the file comes by its name', async () => {
    await menu().click();
    const coming = page.waitForEvent('download');
    await page.locator('[role="menuitem"][data-entry="2026"]').click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe(names[lang][2026]);
    await page.waitForFunction(
      (name) => document.querySelector('[data-review]')?.textContent?.includes(name),
      names[lang][2026],
    );
    const text = await read(download);
    expect(text).toContain(lang === 'zh' ? '一、年度主要工作' : 'I. Main work of the year');
    expect(text).toContain(lang === 'zh' ? '截至2026年9月30日' : 'as of 30 Sep 2026');
    expect(complaints).toEqual([]);
  });

  test('by keyboard alone: an earlier year, whole', async () => {
    await menu().focus();
    await page.keyboard.press('Enter');
    await page.locator('[role="menuitem"][data-entry="2026"][data-highlighted]').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role="menuitem"][data-entry="2025"][data-highlighted]').waitFor();
    const coming = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const download = await coming;
    expect(download.suggestedFilename()).toBe(names[lang][2025]);
    expect(await read(download)).toContain(lang === 'zh' ? '截至2025年12月31日\n' : 'as of 31 Dec 2025\n');
    expect(complaints).toEqual([]);
  });

  test('the address in a note opens the records of that figure', async () => {
    await menu().click();
    const coming = page.waitForEvent('download');
    await page.locator('[role="menuitem"][data-entry="2026"]').click();
    const { paragraphs, links } = readWord(await readFile(await (await coming).path()));
    const first = paragraphs.find((p) => p.notes.includes(1))?.text ?? '';
    const { page: other, complaints: others } = await stage.open();
    await other.goto(links.get(1) ?? '');
    await stands(other);
    expect(await other.locator('tbody tr[data-record]').count()).toBe(Number.parseInt(first, 10));
    expect(others).toEqual([]);
    await other.context().close();
  });

  test('what goes wrong is said where it was asked, and it can be asked again', async () => {
    await page.route('**/review.docx*', (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'about:blank', title: 'the year has not begun', status: 422 }),
      }),
    );
    await menu().click();
    await page.locator('[role="menuitem"][data-entry="2026"]').click();
    await page.locator('[data-review] .failed').waitFor();
    expect(await said().innerText()).toBe(
      lang === 'zh'
        ? '这个问题答不了：the year has not begun'
        : 'This cannot be answered: the year has not begun',
    );
    await page.unroute('**/review.docx*');
    // The browser itself tells of the refusal; nothing else does.
    expect(complaints.every((c) => c.includes('422') && c.includes('review.docx'))).toBe(true);
    complaints.length = 0;
    await menu().click();
    const coming = page.waitForEvent('download');
    await page.locator('[role="menuitem"][data-entry="2026"]').click();
    await coming;
    expect(await page.locator('[data-review] .failed').count()).toBe(0);
  });

  test('can be read by all, its menu open too, and fits a phone', async () => {
    await menu().click();
    expect(await axeFindings(page, '[data-review]', '[role="menu"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 360, height: 780 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    expect(complaints).toEqual([]);
  });
});
