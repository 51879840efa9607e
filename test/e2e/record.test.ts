import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import type { RecordPage } from '../../shared/record-edit.ts';
import { office } from '../office.ts';
import { unitsCsv } from '../served.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';

// The office opens a record, corrects a figure, sees it moved and why, and takes it back.

describe('the page of a record', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;

  beforeAll(async () => {
    stage = await raise();
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    const o = office(db);
    await o.units(unitsCsv.split('\n').slice(1));
    await o.hand('A', 'activity', ['2025-01', '2025-06'], ['2025-03-10,主题党日,学条例,20,16']);
    await o.hand('A', 'visit', ['2025-01', '2025-06'], ['2025-03-05,企业走访,甲公司,4,2,1']);
    await db.destroy();
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
  });
  afterAll(() => stage?.close());

  const attendance = async (): Promise<unknown> => {
    const reply = await page.request.get(`${root}/api/query?kpi=attendance_rate&unit=A&years=2025`);
    const { cells } = (await reply.json()) as { cells: { numerator: number; denominator: number }[] };
    return [cells[0]?.numerator, cells[0]?.denominator];
  };
  const accessible = async (on: Page): Promise<void> => {
    expect(await axeFindings(on)).toEqual([]);
  };
  const sideways = (on: Page): Promise<number> =>
    on.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const field = (key: string) => page.locator(`[data-field="${key}"] dd`);

  test('a figure is corrected with its reason, stands in the history, and is taken back', async () => {
    await page.goto(`${root}/records?unit=A&kpi=attendance_rate&period=2025`);
    await page.locator('tr[data-record] a', { hasText: '2025-03-10' }).click();
    await field('present').getByText('16', { exact: true }).waitFor();
    expect(await field('hours').innerText()).toBe('不明');
    await page.locator('figure td', { hasText: '学条例' }).waitFor();

    // By keyboard; what is wrong is said at its field before it is sent, and has the focus.
    await page.locator('[data-do="correct"]').press('Enter');
    await page.locator('#record-present').fill('21');
    await page.locator('#record-present').press('Enter');
    await page.locator('#record-present-error', { hasText: '多于应到 20' }).waitFor();
    await page.locator('#record-why-error', { hasText: '请填写' }).waitFor();
    expect(await page.locator('#record-present').evaluate((e) => e === document.activeElement)).toBe(true);
    await accessible(page);
    expect(await attendance()).toEqual([16, 20]);

    await page.locator('#record-present').fill('１８');
    await page.locator('#record-hours').fill('1.5');
    await page.locator('#record-why').fill('与签到表核对');
    await page.locator('#record-why').press('Enter');
    await page.locator('[data-undo]', { hasText: '已更正' }).waitFor();
    await field('present').getByText('18', { exact: true }).waitFor();
    expect(await attendance()).toEqual([18, 20]);
    const line = await page.locator('[data-edit="correct"]').innerText();
    for (const part of ['与签到表核对', '16 → 18', '不明 → 1.5']) expect(line).toContain(part);
    await accessible(page);

    await page.locator('[data-undo]').getByRole('button', { name: '撤销' }).click();
    await page.locator('[data-undo]', { hasText: '已撤销' }).waitFor();
    await field('present').getByText('16', { exact: true }).waitFor();
    expect(await attendance()).toEqual([16, 20]);
    expect(await page.locator('[data-edit="correct"]').count()).toBe(2);

    // The journal names the record, and leads to it.
    const address = new URL(page.url()).pathname;
    await page.goto(`${root}/changes`);
    await page.locator(`[data-version] a[href="${address}"]`, { hasText: '更正 三会一课' }).first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('on a phone, in English: a record is entered, removed, and brought back', async () => {
    const phone = await stage.open({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
    const on = phone.page;
    await on.addInitScript(() => localStorage.setItem('hangbiao.lang', 'en'));
    await on.goto(`${root}/records?unit=A&kpi=visits&period=2025`);
    await on.getByRole('link', { name: 'Enter a record' }).click();
    await on.locator('[data-ledger="visit"][aria-pressed="true"]').waitFor();
    expect(await sideways(on)).toBe(0);
    await on.locator('[data-save]').click();
    await on.locator('#record-kind-error', { hasText: 'is missing' }).waitFor();
    await on.locator('#record-date').fill('2025-05-06');
    await on.locator('#record-kind').selectOption('enterprise_visit');
    await on.locator('summary').click();
    await on.locator('#record-participantsMin').fill('50');
    await on.locator('[data-save]').click();
    await on.locator('[data-undo]', { hasText: 'Entered' }).waitFor();
    await on.getByText('unknown, at least 50').waitFor();
    expect(await sideways(on)).toBe(0);

    await on.locator('[data-do="remove"]').click();
    await on.locator('#record-why').fill('entered twice');
    await on.locator('#record-why').press('Enter');
    await on.locator('[data-gone]', { hasText: 'removed it' }).waitFor();
    await on.locator('[data-undo]').getByRole('button', { name: 'Undo' }).click();
    await on.locator('[data-gone]').waitFor({ state: 'detached' });
    const told = await on.request.get(`${root}/api${new URL(on.url()).pathname}`);
    const { there, history } = (await told.json()) as RecordPage;
    expect([there, history.map((h) => h.action)]).toEqual([true, ['enter', 'remove', 'enter']]);

    // What the browser itself says of the 404 is no complaint of the page's.
    const before = phone.complaints.length;
    await on.goto(`${root}/records/A/99-1-1-1`);
    await on.locator('[data-missing]', { hasText: '99-1-1-1' }).waitFor();
    await on.getByRole('link', { name: 'To the records' }).click();
    await on.waitForURL(/\/records$/);
    expect(phone.complaints.slice(before).filter((c) => !c.includes('404'))).toEqual([]);
    expect(phone.complaints.slice(0, before)).toEqual([]);
    await on.context().close();
  });
});
