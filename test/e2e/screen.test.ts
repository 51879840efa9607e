import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// The big screen changes by itself, follows the data, and comes through a lost connection.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 11 });
const [late, ...early] = ledgers.toReversed();

describe('the big screen', () => {
  let stage: Stage;
  let root: string;
  let office: Page;

  const slideOf = (page: Page): Promise<string | null> =>
    page.locator('[data-screen]').getAttribute('data-slide');
  // No handle is asked for: it would keep what it is of.
  const drawn = (page: Page): Promise<unknown> =>
    page.locator('[data-view][data-ready="true"] svg').first().waitFor();

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    ({ page: office } = await stage.open());
    if (!units || !late) throw new Error('no ledgers');
    await stage.bring({ units, ledgers: early });
  });
  afterAll(() => stage?.close());

  test('shows one picture after the other, each as large as the screen, with nothing of the pages around it', async () => {
    const { page, complaints } = await stage.open({ viewport: { width: 1920, height: 1080 } });
    await page.clock.install();
    await page.goto(`${root}/screen?show=yoy.study_sessions,compare.attendance_rate,overview&every=10`);
    await drawn(page);
    expect(await page.locator('.app-header, .tab-bar').count()).toBe(0);
    const seen: (string | null)[] = [];
    for (let i = 0; i < 4; i++) {
      seen.push(await slideOf(page));
      await page.clock.runFor(10_050);
    }
    expect(seen).toEqual(['yoy.study_sessions', 'compare.attendance_rate', 'overview', 'yoy.study_sessions']);
    await page.keyboard.press('PageUp');
    await page.waitForSelector('[data-slide="yoy.study_sessions"] [data-view="yoy"] svg');
    const box = await page.locator('.stage').boundingBox();
    expect(box?.width).toBeGreaterThan(1500);
    // Letters of 12 px on the page are half as large again at least.
    const letter = await page
      .locator('.stage svg text', { hasText: '12月' })
      .evaluate((e) => e.getBoundingClientRect().height);
    expect(letter).toBeGreaterThan(18);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('by keys alone: on, back, held, left', async () => {
    const { page, complaints } = await stage.open();
    await page.clock.install();
    await page.goto(`${root}/screen?every=10`);
    await page.waitForSelector('[data-slide="overview"] .sentences li');
    await page.keyboard.press('ArrowRight');
    expect(await slideOf(page)).toBe('yoy.study_sessions');
    await page.keyboard.press(' ');
    await page.clock.runFor(60_000);
    expect(await slideOf(page)).toBe('yoy.study_sessions');
    await page.getByText(/第 2 屏，共 6 屏/).waitFor({ state: 'attached' });
    await page.keyboard.press(' ');
    await page.clock.runFor(10_050);
    expect(await slideOf(page)).toBe('yoy.attendance_rate');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await slideOf(page)).toBe('rectification');
    await page.keyboard.press('Escape');
    await page.waitForURL(`${root}/`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([
    { lang: 'zh', choose: '选择画面', done: '完成', pick: '对比 · 到会率' },
    { lang: 'en', choose: 'Choose slides', done: 'Done', pick: 'Compare · Attendance rate' },
  ])('what it shows is chosen ($lang), saved views among it, and stands in the address', async (words) => {
    const { page, complaints } = await stage.open({ hasTouch: true });
    await page.addInitScript((lang) => localStorage.setItem('hangbiao.lang', lang), words.lang);
    const name = `周会 ${words.lang}`;
    const saved = await office.request.post(`${root}/api/views`, {
      data: { name, address: '/yoy?kpi=visits&grain=quarter', shared: true },
    });
    const { id } = (await saved.json()) as { id: number };
    await page.goto(`${root}/screen?show=overview`);
    await page.waitForSelector('[data-slide="overview"] .cards');
    await page.getByRole('button', { name: words.choose }).tap();
    const dialog = page.getByRole('dialog');
    // The last one cannot be taken away.
    await dialog.locator('label', { hasText: /^ ?(总览|Overview)$/ }).tap();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel(words.pick, { exact: true }).tap();
    await dialog.getByLabel(name, { exact: true }).tap();
    await dialog.locator('select').selectOption('60');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: words.done }).tap();
    const asked = new URL(page.url()).searchParams;
    expect(asked.get('show')).toBe(`overview,compare.attendance_rate,v${id}`);
    expect(asked.get('every')).toBe('60');
    await page.keyboard.press('PageUp');
    await page.waitForSelector(`[data-slide="v${id}"] [data-view="yoy"][data-ready="true"]`);
    const heads = await page.locator('[data-view="yoy"] table.figures th').allTextContents();
    expect(heads.filter((head) => /一季度|Q1/.test(head))).toHaveLength(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what is no more is said, and leaves the others', async () => {
    const { page, complaints } = await stage.open();
    await page.goto(`${root}/screen?show=v9999,overview`);
    await page.waitForSelector('[data-slide="overview"]');
    await page.goto(`${root}/screen?show=v9999`);
    await page.getByText('有 1 个画面已经不在了').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a lost server is said, the last figures stay, and it is found again by itself', async () => {
    const { page } = await stage.open();
    await page.clock.install();
    await page.goto(`${root}/screen?show=overview,yoy.visits&every=10`);
    await page.waitForSelector('[data-slide="overview"] .sentences li');
    const figure = await page.locator('[data-kpi="visits"]').innerText();
    await page.context().setOffline(true);
    await page.getByText(/连接断了，显示的是 \d\d:\d\d 的数/).waitFor();
    await page.clock.runFor(10_050);
    await page.clock.runFor(10_050);
    expect(await slideOf(page)).toBe('overview');
    expect(await page.locator('[data-kpi="visits"]').innerText()).toBe(figure);
    await page.context().setOffline(false);
    await page.getByText(/数据截至/).waitFor();
    await page.context().close();
  });

  test('newer figures are shown without anyone there, and offered on the other pages', async () => {
    const { page, complaints } = await stage.open();
    const { page: reader } = await stage.open();
    for (const p of [page, reader]) await p.clock.install();
    await page.goto(`${root}/screen?show=overview&every=120`);
    await page
      .getByText('数据第 2 版')
      .or(page.getByText(/数据第 \d+ 版/))
      .first()
      .waitFor();
    await reader.goto(`${root}/`);
    const version = async (): Promise<number> =>
      ((await (await office.request.get(`${root}/api/health`)).json()) as { dataVersion: number })
        .dataVersion;
    const before = await version();
    await page.getByText(`数据第 ${before} 版`).waitFor();
    // Only a page that has been taken over looks for newer data.
    for (const p of [page, reader]) await stands(p);
    if (late) await stage.bring({ ledgers: [late] });
    const now = await version();
    expect(now).toBeGreaterThan(before);
    await page.clock.runFor(16_000);
    await page.getByText(`数据第 ${now} 版`).waitFor();
    await reader.clock.runFor(61_000);
    await reader.getByText(`有新的数据（第 ${now} 版）`).waitFor();
    await reader.getByRole('button', { name: '换成新的' }).click();
    await reader.locator('.fresh', { hasText: `数据第 ${now} 版` }).waitFor();
    expect(await reader.getByText('有新的数据').count()).toBe(0);
    expect(complaints).toEqual([]);
    for (const p of [page, reader]) await p.context().close();
  });

  test('is safe for hours: hundreds of changes leave nothing behind', async () => {
    const { page, complaints } = await stage.open({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${root}/screen?every=120&show=yoy.study_sessions,compare.attendance_rate,rectification`);
    await drawn(page);
    const cdp = await page.context().newCDPSession(page);
    const held = async (): Promise<{ heap: number; nodes: number }> => {
      await cdp.send('HeapProfiler.collectGarbage');
      const { metrics } = await cdp.send('Performance.getMetrics');
      const of = (name: string): number => metrics.find((m) => m.name === name)?.value ?? NaN;
      return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') };
    };
    await cdp.send('Performance.enable');
    const change = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        await page.keyboard.press('PageDown');
        await drawn(page);
      }
    };
    await change(20);
    const before = await held();
    await change(100);
    const after = await held();
    expect(await page.locator('[data-view]').count()).toBe(1);
    expect(after.heap - before.heap).toBeLessThan(2);
    expect(after.nodes - before.nodes).toBeLessThan(500);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
