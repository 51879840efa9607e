import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { briefingPickWords } from '../../client/words/briefing-picks.ts';
import { briefingWords } from '../../client/words/briefings.ts';
import { scheduleWords } from '../../client/words/schedules.ts';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { BriefingMeta, BriefingReply, ScheduleReply } from '../../shared/briefing.ts';
import { hands } from './hands.ts';
import { raise, type Stage } from './stage.ts';

// A briefing from the empty list to the file that is taken to the meeting, and made again from its outline.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 5 });

describe.each(['zh', 'en'] as const)('briefings in %s', (lang) => {
  const w = briefingWords[lang];
  const picks = briefingPickWords[lang];
  const s = scheduleWords[lang];
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  let stage: Stage;
  let root: string;
  const opened: Page[] = [];
  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    await stage.bring({ units: units!, ledgers });
    const { page } = await open();
    for (const view of ['compare', 'heatmap'])
      await api(page, 'POST', '/snapshots', { view, query: { kpi: 'study_sessions' }, lang });
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close();
  });
  afterAll(() => stage.close());

  async function open(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
    const made = await stage.open({ locale, ...options });
    opened.push(made.page);
    await made.page.addInitScript((to) => {
      localStorage.setItem('hangbiao.lang', to);
      const seen = { shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
          if (!hadRecentInput) seen.shift += value;
        }
      }).observe({ type: 'layout-shift', buffered: true });
    }, lang);
    return made;
  }
  async function api<T>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
    const reply = await page.request.fetch(`${root}/api${path}`, {
      method,
      headers: { 'sec-fetch-site': 'same-origin' },
      ...(data === undefined ? {} : { data }),
    });
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()) as T;
  }
  const briefings = async (page: Page): Promise<BriefingMeta[]> =>
    (await api<{ briefings: BriefingMeta[] }>(page, 'GET', '/briefings')).briefings;
  const briefing = (page: Page): Promise<BriefingReply> =>
    api(page, 'GET', `/briefings/${page.url().split('/').at(-1)}`);
  const saved = (page: Page): Promise<void> => page.locator('[data-save="saved"]').waitFor();
  const shows = (page: Page): Promise<string[]> =>
    page
      .locator('[data-items] [data-key]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-is') ?? ''));

  /** Nothing runs off the side, nothing has jumped, and axe finds nothing. */
  async function sound(page: Page, at: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const told = violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    const shift = await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift);
    expect({ at, told, sideways }).toEqual({ at, told: [], sideways: 0 });
    expect(shift, at).toBeLessThan(0.01);
    const pictures = process.env['PICTURES'];
    if (pictures) await page.screenshot({ path: join(pictures, `${at}-${lang}.png`), fullPage: true });
  }
  /** A draft with a heading and a text, made without the pages. */
  const draft = (page: Page, title: string): Promise<BriefingMeta> =>
    api(page, 'POST', '/briefings', {
      title,
      lang,
      items: [
        { is: 'heading', text: 'A' },
        { is: 'text', text: 'B' },
      ],
    });

  test.each(hands)('put together, sealed, taken away and made again by $name', async (hand) => {
    const { page, complaints } = await open(hand.options);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const rows = page.locator('[data-items] [data-key]');
    const title = `2026 Q3 ${hand.name}`;
    await page.goto(`${root}/briefings`);
    await page.locator('[data-make]').waitFor();
    await sound(page, `list-before-${hand.name}`);
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
    await sound(page, `draft-${hand.name}`);

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
    await sound(page, `sealed-${hand.name}`);

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
    await sound(page, `list-${hand.name}`);
    expect(complaints).toEqual([]);
  });

  test('the hash of a sealed one is that of the file, with what every system has', async () => {
    const { page, complaints } = await open();
    const { id } = await draft(page, 'hash');
    await api(page, 'POST', `/briefings/${id}/seal`);
    await page.goto(`${root}/briefings/${id}`);
    await page.locator('[data-seal] summary').click();
    const said = await page.locator('[data-sha256]').innerText();
    const bytes = await (await page.request.get(`${root}/api/briefings/${id}.json`)).body();
    expect(said).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(complaints).toEqual([]);
  });

  test('what could not be stored is said, kept, and stored when the server answers', async () => {
    const { page } = await open();
    const { id } = await draft(page, 'lost');
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
    const { page, complaints } = await open();
    const { id } = await draft(page, 'to go');
    await page.goto(`${root}/briefings`);
    const row = page.locator(`[data-briefing="${id}"]`);
    await row.getByRole('button', { name: w.removeOf('to go') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: w.cancel }).click();
    expect((await briefings(page)).some((b) => b.id === id)).toBe(true);
    await row.getByRole('button', { name: w.removeOf('to go') }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: w.remove, exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByText(w.removed('to go')).waitFor();
    expect((await briefings(page)).some((b) => b.id === id)).toBe(false);
    await page.goto(`${root}/briefings/${id}`);
    await page.getByRole('heading', { name: w.none }).waitFor();
    expect(complaints.filter((told) => !told.includes('404'))).toEqual([]);
  });

  test('a schedule is set, corrected at its field, switched off, run and deleted', async () => {
    const { page, complaints } = await open();
    const { id } = await draft(page, 'monthly');
    await api(page, 'POST', `/briefings/${id}/seal`);
    const schedules = async (): Promise<ScheduleReply[]> =>
      (await api<{ schedules: ScheduleReply[] }>(page, 'GET', '/schedules')).schedules;
    await page.goto(`${root}/briefings`);
    await page.locator('[data-add-schedule]').click();
    const save = page.locator('[data-schedules]').getByRole('button', { name: s.save, exact: true });
    await page.locator('#schedule-briefing').selectOption(id);
    await page.locator('#schedule-when').selectOption('own');
    await page.locator('#schedule-own').fill('0 8 1');
    await save.click();
    await page.locator('#schedule-own-error', { hasText: s.ownNeeded }).waitFor();
    expect(await page.locator('#schedule-own').evaluate((e) => e === document.activeElement)).toBe(true);
    await sound(page, 'schedule-fault');
    // The server refuses what has five fields and no meaning, at the same field.
    await page.locator('#schedule-own').fill('0 8 41 * *');
    await save.click();
    await page.locator('#schedule-own-error').filter({ hasNotText: s.ownNeeded }).waitFor();
    expect(await schedules()).toEqual([]);

    await page.locator('#schedule-when').selectOption('week');
    await page.locator('#schedule-weekday').selectOption('5');
    await page.locator('#schedule-time').fill('17:30');
    await save.click();
    const row = page.locator('[data-schedule]');
    await row.getByText(s.at.week('17:30', s.weekdays[5] ?? '')).waitFor();
    expect(await schedules()).toMatchObject([{ briefing: id, cron: '30 17 * * 5', to: null, isOn: true }]);
    await sound(page, 'schedule');

    const toggle = row.getByRole('switch');
    await toggle.click();
    await row.getByText(s.noNext).waitFor();
    expect(await toggle.getAttribute('aria-checked')).toBe('false');
    expect(await schedules()).toMatchObject([{ isOn: false, nextAt: null }]);
    const before = (await briefings(page)).length;
    await row.locator('[data-run]').click();
    await row.getByRole('link', { name: s.see }).waitFor();
    expect(await briefings(page)).toHaveLength(before + 1);

    await row.getByRole('button', { name: s.editOf('monthly') }).click();
    await page.locator('#schedule-way').selectOption('webhook');
    await save.click();
    await page.locator('#schedule-url-error', { hasText: s.missing }).waitFor();
    await page.keyboard.press('Escape');
    await row.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(s.edit);
    await row.getByRole('button', { name: s.remove, exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: s.remove, exact: true }).click();
    await row.waitFor({ state: 'detached' });
    expect(await schedules()).toEqual([]);
    expect(complaints.filter((told) => !told.includes('/api/schedules'))).toEqual([]);
  });
});
