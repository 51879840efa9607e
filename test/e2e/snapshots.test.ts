import type { Page } from 'playwright-core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { formats, type SnapshotFormat } from '../../shared/snapshot-formats.ts';
import type { SnapshotMeta } from '../../shared/snapshots.ts';
import type { Lang } from '../../shared/text.ts';
import { readPng } from '../png.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { langsOf } from '../long.ts';

// A chart is taken away in every form, found again, remarked on, held against the data, and withdrawn.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 5 });

const words = {
  zh: {
    menu: '存图',
    copy: '复制图片',
    copied: '图片已复制',
    take: '下载',
    print: '黑白打印',
    edit: '改名、备注',
    title: '列表中的名称',
    note: '备注',
    save: '保存',
    withdraw: '撤回',
    reason: '原因',
    needed: '请写明原因',
    cancel: '取消',
    verify: '校验',
    drift: '核对现在的数',
    today: '今天的截至日',
    same: '没有一格变化',
    none: '没有找到',
  },
  en: {
    menu: 'Save',
    copy: 'Copy picture',
    copied: 'Picture copied',
    take: 'Download',
    print: 'Black and white',
    edit: 'Name, remark',
    title: 'Name in the list',
    note: 'Remark',
    save: 'Save',
    withdraw: 'Withdraw',
    reason: 'Reason',
    needed: 'A reason is needed',
    cancel: 'Cancel',
    verify: 'Verify',
    drift: 'Check against the data now',
    today: 'today’s as-of day',
    same: 'no cell has changed',
    none: 'nothing found',
  },
} satisfies Record<Lang, Record<string, string>>;

/** How each format begins. */
const begins: Record<SnapshotFormat, string> = {
  svg: '<svg',
  png: '\u0089PNG',
  pdf: '%PDF',
  pptx: 'PK',
  docx: 'PK',
  xlsx: 'PK',
  csv: '\u00ef\u00bb\u00bf',
  json: '{"an',
};

describe.each(langsOf('en'))('snapshots in %s', (lang) => {
  const w = words[lang];
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-taken-'));
  beforeAll(async () => {
    stage = await raise();
    await stage.bring({ units: units!, ledgers });
    ({ page, complaints } = await stage.open({
      locale,
      permissions: ['clipboard-read', 'clipboard-write'],
    }));
    await page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage.close();
  });

  const snapshots = async (): Promise<SnapshotMeta[]> =>
    (
      (await (await page.request.get(`${stage.running.address}/api/snapshots`)).json()) as {
        snapshots: SnapshotMeta[];
      }
    ).snapshots;

  test('every format comes out of the menu of a chart, and the picture goes to the clipboard', async () => {
    await page.goto(`${stage.running.address}/yoy`);
    await page.locator('[data-view="yoy"][data-ready="true"]').waitFor();
    const open = async (): Promise<void> =>
      page.locator('[data-view="yoy"]').getByRole('button', { name: w.menu, exact: false }).first().click();
    for (const format of formats) {
      await open();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: format.name[lang], exact: true }).click();
      const file = await download;
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${format.id}$`));
      const path = join(folder, `chart.${format.id}`);
      await file.saveAs(path);
      expect(readFileSync(path).toString('latin1').startsWith(begins[format.id]), format.id).toBe(true);
    }
    await open();
    await page.getByRole('menuitem', { name: w.copy }).click();
    await page.getByText(w.copied).waitFor();
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const blob = await item!.getType('image/png');
      return [...new Uint8Array(await blob.arrayBuffer())];
    });
    // The browser writes the picture anew: its width stands in the 17th to 20th byte.
    expect(Buffer.from(copied).readUInt32BE(16)).toBe(1928);
    expect((await snapshots()).length).toBe(formats.length + 1);
  });

  test('the short address opens the page at the snapshot, by keyboard every file can be reached', async () => {
    const [first] = await snapshots();
    await page.goto(`${stage.running.address}/s/${first!.id}`);
    const card = page.locator(`[data-snapshot="${first!.id}"]`);
    await card.waitFor();
    await page.waitForFunction((id) => document.activeElement?.id === id, first!.id);
    await card.getByRole('button', { name: w.take }).focus();
    await page.keyboard.press('Enter');
    // The looks come first; the third is black and white.
    await page.getByRole('menuitemradio', { name: w.print }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('menuitemradio', { name: w.print }).getAttribute('aria-checked')).toBe(
      'true',
    );
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /PNG.*1/ }).click();
    const path = join(folder, 'print.png');
    const file = await download;
    expect(file.suggestedFilename()).toContain('-print-1x.png');
    await file.saveAs(path);
    expect(readPng(readFileSync(path)).width).toBe(964);
    expect(await axeFindings(page)).toEqual([]);
  });

  test('a name and a remark are written beside the seal, and found', async () => {
    const [first] = await snapshots();
    const card = page.locator(`[data-snapshot="${first!.id}"]`);
    await card.getByRole('button', { name: w.edit }).click();
    await page.getByLabel(w.title).fill('会议用图 meeting');
    await page.getByLabel(w.note, { exact: true }).fill('第二页');
    await page.getByRole('button', { name: w.save, exact: true }).click();
    await card.getByRole('heading', { name: '会议用图 meeting' }).waitFor();
    expect((await snapshots())[0]).toMatchObject({ title: first!.title, sha256: first!.sha256 });
    await page.getByRole('searchbox').fill('hyyt');
    await page.waitForURL(/q=hyyt/);
    await page.waitForFunction(() => document.querySelectorAll('[data-snapshot]').length === 1);
    await page.getByRole('searchbox').fill('zzzz');
    await page.getByText(w.none).first().waitFor();
    await page.getByRole('searchbox').fill('');
    await card.waitFor();
  });

  test('the seal is checked with what every system has, and held against the data', async () => {
    const [first] = await snapshots();
    const card = page.locator(`[data-snapshot="${first!.id}"]`);
    await card.locator('summary').click();
    const said = await card.locator('pre').last().innerText();
    const bytes = await (
      await page.request.get(`${stage.running.address}/api/snapshots/${first!.id}.json`)
    ).body();
    expect(said).toBe(createHash('sha256').update(bytes).digest('hex'));
    await card.getByRole('button', { name: w.drift }).click();
    await card.getByText(w.same).waitFor();
    await card.getByRole('button', { name: w.today }).click();
    await card.getByText(w.same).waitFor();
  });

  test('withdrawn with a reason: it stays, marked, with its files', async () => {
    const [first] = await snapshots();
    const card = page.locator(`[data-snapshot="${first!.id}"]`);
    const before = await (
      await page.request.get(`${stage.running.address}/api/snapshots/${first!.id}.svg`)
    ).text();
    await card.getByRole('button', { name: w.withdraw }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: w.withdraw }).click();
    await dialog.getByText(w.needed).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByLabel(w.reason).fill('数据有误');
    await page.keyboard.press('Enter');
    await page.locator(`[data-snapshot="${first!.id}"][data-withdrawn]`).waitFor();
    await card.getByText('数据有误').waitFor();
    expect(await card.getByRole('button', { name: w.withdraw }).count()).toBe(0);
    expect(
      await (await page.request.get(`${stage.running.address}/api/snapshots/${first!.id}.svg`)).text(),
    ).toBe(before);
    expect(complaints).toEqual([]);
  });

  test('what changed since is told in its parts, on a phone in the dark too', async () => {
    await stage.bring({ ledgers: [late] });
    const phone = await stage.open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale });
    await phone.page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    await phone.page.goto(`${stage.running.address}/snapshots`);
    const card = phone.page.locator('[data-snapshot]').last();
    await card.getByRole('button', { name: w.drift }).click();
    await card.locator('table tbody tr').first().waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await axeFindings(phone.page)).toEqual([]);
    expect(phone.complaints).toEqual([]);
  });
});

/** One more meeting in a month that had been reported. */
const late = {
  name: '青山引航站党支部2025年度三会一课补.csv',
  bytes: new TextEncoder().encode('日期,类型,名称,应到人数,实到人数\n2025-03-21,集中学习,补报的学习,22,20\n'),
};
