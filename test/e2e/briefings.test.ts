import type { Page } from 'playwright-core';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { briefingAddWords, briefingPickWords } from '../../client/words/briefing-picks.ts';
import { briefingWords } from '../../client/words/briefings.ts';
import { shellWords } from '../../client/words/shell.ts';
import type { BriefingReply } from '../../shared/briefing.ts';
import { hands } from './hands.ts';
import { raiseBriefings, type BriefingStage } from './briefing-stage.ts';
import { isLong, langsOf } from '../long.ts';

// A briefing from the empty list to the file that is taken to the meeting, and made again from its outline.
describe.each(langsOf('zh'))('briefings in %s', (lang) => {
  const w = briefingWords[lang];
  const picks = briefingPickWords[lang];
  const adding = briefingAddWords[lang];
  let stage: BriefingStage;
  let root: string;
  beforeAll(async () => {
    stage = await raiseBriefings(lang);
    root = stage.root;
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  const briefing = (page: Page): Promise<BriefingReply> =>
    stage.api(page, 'GET', `/briefings/${page.url().split('/').at(-1)}`);
  const saved = (page: Page): Promise<void> => page.locator('[data-save="saved"]').waitFor();
  const shows = (page: Page): Promise<string[]> =>
    page
      .locator('[data-items] [data-key]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-is') ?? ''));

  // All hands are HANGBIAO_LONG's; usually the one that has the most to go wrong.
  test.each(hands.filter((hand) => isLong || hand.name === 'keyboard'))(
    'put together, sealed, taken away and made again by $name',
    async (hand) => {
      const { page, complaints } = await stage.open(hand.options);
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      const rows = page.locator('[data-items] [data-key]');
      const title = `2026 Q3 ${hand.name}`;
      await page.goto(`${root}/briefings`);
      await page.locator('[data-make]').waitFor();
      await stage.sound(page, `list-before-${hand.name}`);
      await hand.press(page, page.locator('[data-make]'));

      // The name of a new one is there to be written over.
      const name = page.locator('#briefing-title');
      await name.waitFor();
      expect(await name.evaluate((e) => e === document.activeElement)).toBe(true);
      await hand.write(page, name, title);
      await hand.write(page, page.locator('#briefing-occasion'), '党委会 Committee');

      await hand.press(page, page.locator('[data-add="heading"]'));
      await hand.write(page, rows.nth(0).locator('input'), '一、学习');
      // Charts: two sealed ones, found by searching, and a live one.
      await hand.press(page, button(w.addSnapshots));
      const boxes = page.locator('[data-pick] input');
      await boxes.nth(1).waitFor();
      await hand.press(page, boxes.nth(0));
      await hand.press(page, boxes.nth(1));
      await page.getByText(picks.picked(2)).waitFor();
      await hand.press(page, page.locator('[data-add-picked]'));
      await rows.nth(2).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      // The focus is in the first of what was added.
      expect(await rows.nth(1).evaluate((row) => row.contains(document.activeElement))).toBe(true);
      await hand.press(page, button(w.addView));
      await hand.press(page, page.locator('[data-add-view]'));
      await rows.nth(3).waitFor();
      expect(await shows(page)).toEqual(['heading', 'snapshot', 'snapshot', 'view']);

      // The live chart comes to stand behind the heading, and says so.
      await hand.carry(page, rows.nth(3), { up: 2, onto: rows.nth(1) });
      await page.waitForFunction(
        () => document.querySelectorAll('[data-items] [data-key]')[1]?.getAttribute('data-is') === 'view',
      );
      expect(await shows(page)).toEqual(['heading', 'view', 'snapshot', 'snapshot']);
      expect(await page.locator('[data-order-said]').innerText()).toMatch(/2.*4/);
      await hand.write(page, rows.nth(1).locator('textarea'), '比去年多。');

      // Taken out and brought back, in its place.
      await hand.press(page, rows.nth(2).locator('[data-remove]'));
      await hand.press(page, page.locator('[data-undo-item] button'));
      expect(await shows(page)).toEqual(['heading', 'view', 'snapshot', 'snapshot']);
      await saved(page);
      await stage.sound(page, `draft-${hand.name}`);

      // It was stored by itself: a fresh page has it.
      await page.reload();
      await rows.nth(3).waitFor();
      expect(await briefing(page)).toMatchObject({
        title,
        occasion: '党委会 Committee',
        outline: [
          { is: 'heading', text: '一、学习' },
          { is: 'view', view: 'yoy', comment: '比去年多。' },
          { is: 'snapshot' },
          { is: 'snapshot' },
        ],
      });

      await hand.press(page, button(w.seal));
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText(w.sealBody(1)).waitFor();
      await hand.press(page, dialog.getByRole('button', { name: w.seal, exact: true }));
      await page.locator('[data-seal]').waitFor();
      const sealed = await briefing(page);
      expect(sealed.sealedAt).not.toBeNull();
      expect(sealed.snapshots).toHaveLength(3);
      expect(await page.locator('[data-pages] li').count()).toBe(4);
      expect(await page.locator('main input, main textarea').count()).toBe(0);
      await stage.sound(page, `sealed-${hand.name}`);

      const download = page.waitForEvent('download');
      await hand.press(page, page.locator('[data-format="pptx"]'));
      const file = await download;
      expect(file.suggestedFilename()).toMatch(/\.pptx$/);
      const bytes = readFileSync(await file.path());
      expect(bytes.toString('latin1', 0, 2)).toBe('PK');
      expect(bytes.length).toBeGreaterThan(10_000);

      await hand.press(page, page.locator('[data-again]'));
      await rows.nth(3).waitFor();
      const again = await briefing(page);
      expect(again).toMatchObject({ title, former: sealed.id, sealedAt: null });
      // What was asked of the data is asked again; what was sealed before stays.
      expect(again.outline.map((item) => item.is)).toEqual(['heading', 'view', 'snapshot', 'snapshot']);
      await page.goto(`${root}/briefings`);
      await page.locator(`[data-drafts] [data-briefing="${again.id}"]`).waitFor();
      await page.locator(`[data-sealed-list] [data-briefing="${sealed.id}"]`).waitFor();
      await stage.sound(page, `list-${hand.name}`);
      expect(complaints).toEqual([]);
    },
  );

  test('the hash of a sealed one is that of the file, with what every system has', async () => {
    const { page, complaints } = await stage.open();
    const { id } = await stage.draft(page, 'hash');
    await stage.api(page, 'POST', `/briefings/${id}/seal`);
    await page.goto(`${root}/briefings/${id}`);
    await page.locator('[data-seal] summary').click();
    const said = await page.locator('[data-seal] pre').last().innerText();
    const bytes = await (await page.request.get(`${root}/api/briefings/${id}.json`)).body();
    expect(said).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(complaints).toEqual([]);
  });

  test('what could not be stored is said, kept, and stored when the server answers', async () => {
    const { page } = await stage.open();
    const { id } = await stage.draft(page, 'lost');
    await page.goto(`${root}/briefings/${id}`);
    const heading = page.locator('[data-items] input').first();
    await heading.waitFor();
    await page.route('**/api/briefings/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort() : route.continue(),
    );
    await heading.fill('written while nobody listens');
    await page.locator('[data-save="failed"]').waitFor();
    expect(await heading.inputValue()).toBe('written while nobody listens');
    await page.unroute('**/api/briefings/*');
    await page.locator('[data-save] button').click();
    await saved(page);
    expect((await briefing(page)).outline[0]).toMatchObject({ text: 'written while nobody listens' });
    // Without a title nothing is sent, and its field says so.
    await page.locator('#briefing-title').fill(' ');
    await page.locator('#briefing-title-error', { hasText: w.titleNeeded }).waitFor();
    expect(await page.getByRole('button', { name: w.seal, exact: true }).isDisabled()).toBe(true);
    expect((await briefing(page)).title).toBe('lost');
  });

  test('a draft is deleted when that is confirmed', async () => {
    const { page, complaints } = await stage.open();
    const { id } = await stage.draft(page, 'to go');
    await page.goto(`${root}/briefings`);
    const row = page.locator(`[data-briefing="${id}"]`);
    await row.getByRole('button', { name: w.removeOf('to go') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: w.cancel }).click();
    expect((await stage.briefings(page)).some((b) => b.id === id)).toBe(true);
    await row.getByRole('button', { name: w.removeOf('to go') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: w.remove, exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByText(w.removed('to go')).waitFor();
    expect((await stage.briefings(page)).some((b) => b.id === id)).toBe(false);
    await page.goto(`${root}/briefings/${id}`);
    await page.getByRole('heading', { name: w.none }).waitFor();
    expect(complaints.filter((told) => !told.includes('404'))).toEqual([]);
  });

  test('a chart of any page goes into a draft, live or as it is now', async () => {
    const { page, complaints } = await stage.open();
    // The server draws the next page in the language that was chosen on this one.
    await page.goto(`${root}/briefings`);
    await page.locator('[data-make]').waitFor();
    await page.goto(`${root}/yoy?kpi=visits`);
    const chart = page.locator('[data-view="yoy"][data-ready="true"]');
    await chart.waitFor();
    const dialog = page.locator('[data-add-to-briefing]');
    const menu = chart.locator('[aria-haspopup="menu"]');
    const start = async (): Promise<void> => {
      await menu.click();
      await page.getByRole('menuitem', { name: shellWords['chart.toBriefing'][lang] }).click();
      await dialog.waitFor();
    };
    await start();
    await stage.sound(page, 'add');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await menu.evaluate((e) => e === document.activeElement)).toBe(true);

    await start();
    await dialog.getByRole('button', { name: adding.add, exact: true }).click();
    await dialog.getByText(adding.added(adding.untitled)).waitFor();
    await dialog.getByRole('button', { name: adding.stay }).click();
    const [made] = await stage.briefings(page);
    await start();
    await dialog.getByLabel(adding.ways.sealed).check();
    await dialog.locator('select').selectOption(made?.id ?? '');
    await dialog.getByRole('button', { name: adding.add, exact: true }).click();
    await dialog.getByRole('link', { name: adding.open }).click();
    await page.locator('[data-items] [data-key]').nth(1).waitFor();
    const { outline } = await briefing(page);
    expect(outline).toMatchObject([
      { is: 'view', view: 'yoy', query: { kpi: 'visits' } },
      { is: 'snapshot' },
    ]);
    expect(outline[0]?.is === 'view' && 'asOf' in outline[0].query).toBe(false);
    expect(complaints).toEqual([]);
  });
});
