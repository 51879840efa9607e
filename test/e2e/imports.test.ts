import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import type { ImportsReply } from '../../shared/imports.ts';
import { office } from '../office.ts';
import { unitsCsv } from '../served.ts';
import { raise, type Stage } from './stage.ts';

// A branch's messy year, from the drop to the figure on the page and back.
const file = '东港站三会一课2025年度.csv';
const ledger = [
  '日期,会议类型,议题,应到,实到,心得篇数',
  '2025.1.10,主题党日,学习支部工作条例,20,１８人,3',
  '2025.2.11,读书沙龙,读党史,20,16,2',
  '2025.2.30,党课,没有这一天,20,19,1',
  '2025.3.12,支部党员大会,通过工作计划,20,若干,',
].join('\n');

describe('an import, from the drop to the undo', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;

  beforeAll(async () => {
    stage = await raise();
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    const o = office(db);
    await o.units(unitsCsv.split('\n').slice(1));
    await o.hand('A', 'activity', ['2025-01', '2025-03'], ['2025-01-10,主题党日,学习《支部工作条例》,20,17']);
    await db.destroy();
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
  });
  afterAll(() => stage?.close());

  /** Halves of the branch's attendance: of what is stored. */
  const attendance = async (): Promise<unknown> => {
    const reply = await page.request.get(`${root}/api/query?kpi=attendance_rate&unit=A&years=2025`);
    const { cells } = (await reply.json()) as { cells: { numerator: number; denominator: number }[] };
    return [cells[0]?.numerator, cells[0]?.denominator];
  };
  const step = (id: string): Locator => page.locator(`[data-step="${id}"]`);
  const headline = (on: Page): Locator => on.locator('.headline');
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const sideways = (on: Page): Promise<number> =>
    on.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const accessible = async (on: Page): Promise<void> => {
    const { violations } = await new AxeBuilder({ page: on }).setLegacyMode().analyze();
    expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)).toEqual(
      [],
    );
  };
  async function drop(): Promise<void> {
    await page.goto(`${root}/imports`);
    const transfer = await page.evaluateHandle(
      ([name, text]) => {
        const made = new DataTransfer();
        made.items.add(new File([text!], name!, { type: 'text/csv' }));
        made.items.add(new File(['x'], '合影.jpg'));
        return made;
      },
      [file, ledger],
    );
    await page.dispatchEvent('.zone', 'drop', { dataTransfer: transfer });
    await page.waitForURL(/\/imports\?id=\d+/);
    await headline(page).waitFor();
  }

  test('a ledger is dropped, asked about, set right, seen in its effect, committed and undone', async () => {
    expect(await attendance()).toEqual([17, 20]);
    await drop();
    expect(await headline(page).innerText()).toBe('提交后存入 2 条记录。');
    await step('grid').locator('tr.left_out[data-row="4"]').waitFor();
    expect(await step('grid').locator('tr.left_out[data-row]').count()).toBe(2);

    // The word is answered once; the row that waited for it is taken. The heading is asked about beside it.
    expect(await step('questions').locator('[data-question]').count()).toBe(2);
    const asked = step('questions').locator('[data-question="kind activity 读书沙龙"]');
    await asked.locator('select').selectOption('collective_study');
    await asked.getByRole('button').click();
    await page.getByText('提交后存入 3 条记录。').waitFor();
    expect(await asked.count()).toBe(0);
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('心得篇数'));

    // What it covers is set by hand, and holds after the check.
    const to = step('coverage').locator('input[type="month"]').nth(1);
    await to.fill('2025-06');
    await to.blur();
    expect(await page.getByRole('button', { name: '提交', exact: true }).isDisabled()).toBe(true);
    await step('coverage').getByRole('button', { name: '重新检查' }).click();
    await step('coverage').getByText('手工指定').waitFor();
    expect(await to.inputValue()).toBe('2025-06');

    // The same theme day is stored in other words: the new one is kept.
    const twin = step('twins').locator('[data-twin]').first();
    await twin.getByText('第 1 次导入').waitFor();
    await twin.getByRole('button', { name: '只留新的' }).click();
    expect(await page.locator('.notice').innerText()).toContain('1 条已存的记录被取走或换掉');

    // From a problem to its cell, and the effect on the figures.
    await step('problems').locator('button.place', { hasText: 'A4' }).click();
    await page.waitForFunction(() => document.activeElement?.matches('td[data-at="0"]'));
    expect(await focused()).toContain('2025.2.30');
    await step('effect').scrollIntoViewIfNeeded();
    const row = step('effect').locator('tr', { hasText: '到会率' }).filter({ hasText: '东港站' });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain('85.0%（17/20）');
    await accessible(page);
    expect(await attendance()).toEqual([17, 20]);

    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('已存入 3 条记录。').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.headline'));
    expect(await attendance()).toEqual([34, 40]);
    await page.locator('.next a', { hasText: '三会一课记录' }).click();
    await page.locator('tr[data-record]', { hasText: '读党史' }).waitFor();

    await page.goBack();
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByText('这次导入已撤销').waitFor();
    expect(complaints).toEqual([]);
  });

  test('what was dropped is told; a page that is opened anew shows the preview, in English on a phone', async () => {
    await drop();
    const { imports } = (await (await page.request.get(`${root}/api/imports`)).json()) as ImportsReply;
    expect(imports[0]?.status).toBe('checked');
    const phone = await stage.open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await phone.page.addInitScript(() => localStorage.setItem('hangbiao.lang', 'en'));
    await phone.page.goto(`${root}/imports?id=${imports[0]!.id}`);
    await headline(phone.page).waitFor();
    // The word was learnt: it is not asked again.
    expect(await headline(phone.page).innerText()).toBe('A commit will store 3 records.');
    await phone.page.locator('[data-effect]').scrollIntoViewIfNeeded();
    await phone.page.locator('[data-effect] tbody tr').first().waitFor();
    await phone.page.locator('tr[data-row="4"] .message').waitFor();
    expect(await sideways(phone.page)).toBe(0);
    await accessible(phone.page);
    // Only what stands in the ledger, and names that people gave, may be Chinese.
    const said = await phone.page.locator('main h1, main h2, .why, .steps, .ends').allInnerTexts();
    expect(said.filter((t) => /\p{Script=Han}/u.test(t.replaceAll(file, '')))).toEqual([]);
    const commit = phone.page.getByRole('button', { name: 'Commit', exact: true });
    const { y = 0, height = 0 } = (await commit.boundingBox()) ?? {};
    expect(y + height).toBeLessThan(844);
    await phone.page.getByRole('button', { name: 'Drop', exact: true }).click();
    await phone.page.getByRole('alertdialog').getByRole('button', { name: 'Drop' }).click();
    await phone.page.getByText('This import was never committed and has been dropped.').waitFor();
    expect(phone.complaints).toEqual([]);
    await phone.page.context().close();
  });
});
