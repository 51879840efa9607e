import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { importUnits } from '../../server/queries/units.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { connect } from '../../db/connect.ts';
import type { RecordsReply } from '../../shared/api.ts';
import { formatNumber } from '../../shared/format.ts';
import { kpis } from '../../shared/kpis.ts';
import type { Answer } from '../../shared/query.ts';
import type { Lang } from '../../shared/text.ts';
import { raise, type Stage } from './stage.ts';

// A number is opened to its halves, rule, norm, coverage, version and rows; and the catalogue explains each.
const [units, ...all] = demoLedgers({ branches: 6, years: 3, seed: 7 });
/** 青山 (QS) hands in nothing of 2025. */
const withheld = '2025/青山引航站党支部2025年度党建台账.xlsx';
const ledgers = all.filter((file) => file.name !== withheld);
/** 实到 over 应到 on row 4: left out, and said wherever a figure of March is opened. */
const contradicted = new TextEncoder().encode(
  [
    '日期,类型,主题,应到人数,实到人数',
    '2026-03-05,党课,学习条例,20,18',
    '2026-03-19,集中学习,学习规划,20,19',
    '2026-03-26,集中学习,学习章程,20,22',
  ]
    .map((line) => `${line}\n`)
    .join(''),
);

const one = async (page: Page, address: string): Promise<string> => (await page.request.get(address)).text();

describe.each<Lang>(['zh', 'en'])('a number is opened, in %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  let branch: string;

  beforeAll(async () => {
    stage = await raise();
    if (!units) throw new Error('no units');
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    await importUnits(db, units.bytes, units.name);
    branch =
      (await db.selectFrom('unit').select(['code', 'name']).where('level', '=', 'branch').execute())[0]
        ?.code ?? '';
    const name = `${branch}.csv`;
    for (const request of [
      { files: ledgers },
      { files: [{ name, bytes: contradicted }], unit: branch, year: 2026 },
    ]) {
      const { id } = await checkImport(db, request, {
        now: () => new Date('2026-10-08T02:00:00Z'),
        actor: 'test',
      });
      await commitImport(db, id);
    }
    await db.destroy();
    ({ page, complaints } = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' }));
    root = stage.running.address;
    await page.goto(root);
    if (lang === 'en') {
      await page.locator('header button.lang').click();
      await page.waitForFunction(() => document.documentElement.lang === 'en');
    }
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test('to its halves, its rule, its norm and source, what was reported, its version, and the raw row', async () => {
    const asked = `kpi=study_hours_per_member&unit=${branch}`;
    const answer = JSON.parse(await one(page, `${root}/api/query?${asked}&years=2025`)) as Answer;
    const [cell] = answer.cells;
    if (!cell || cell.value === null) throw new Error('the demo has no study hours');
    await page.goto(`${root}/records?${asked}&period=2025`);
    const proof = page.locator('[data-proof="study_hours_per_member"]');
    await proof.locator('.half').nth(1).waitFor();
    const halves = await proof.locator('.half b').allInnerTexts();
    const written = (n: number | null): string => formatNumber(n ?? NaN, Number.isInteger(n) ? 0 : 1);
    expect(halves).toEqual([written(cell.numerator), written(cell.denominator)]);
    const kpi = kpis.find((k) => k.id === 'study_hours_per_member');
    expect(await proof.innerText()).toContain(kpi?.definition[lang]);
    expect(await proof.locator('[data-proof-norm]').innerText()).toMatch(
      lang === 'zh' ? /不低于 32.*第20条.*必须.*中央/s : /at least 32.*art\. 20.*required.*central/s,
    );
    expect(await proof.locator('[data-proof-coverage]').innerText()).toContain(
      `${cell.coverage.covered}/${cell.coverage.due}`,
    );
    expect(await proof.locator('[data-proof-version]').innerText()).toContain(String(answer.dataVersion));

    // The denominator alone: the headcounts that it is made of.
    await proof.locator('.half').nth(1).click();
    await page.waitForURL(/part=denominator/);
    await page.locator('tbody tr').first().waitFor();
    const behind = JSON.parse(
      await one(page, `${root}/api/records?${asked}&period=2025&part=denominator`),
    ) as RecordsReply;
    expect(behind.sums.denominator).toBeCloseTo(cell.denominator ?? NaN, 9);
    expect(behind.rows.every((r) => r.family === 'headcount')).toBe(true);

    // A record of the numerator opens to the row of its sheet, as it was.
    await proof.locator('.half').nth(0).click();
    await page.waitForURL(/part=numerator/);
    const [first] = (
      JSON.parse(await one(page, `${root}/api/records?${asked}&period=2025&part=numerator`)) as RecordsReply
    ).rows;
    if (!first?.source) throw new Error('a record without its source');
    const row = page.locator('tbody tr', { hasText: first.source.file.split('/').at(-1) ?? '' }).first();
    await row.waitFor();
    await row.getByRole('button').first().click();
    const raw = first['raw'] as string[];
    const figure = page.locator('figure table').first();
    await figure.waitFor();
    const shown = await figure.innerText();
    for (const text of raw.filter((t) => t !== '').slice(0, 3)) expect(shown).toContain(text.split('\n')[0]);
    expect(complaints).toEqual([]);
  });

  test('a figure that rests on a contradiction says so', async () => {
    await page.goto(`${root}/records?kpi=attendance_rate&unit=${branch}&period=2026-03`);
    const doubts = page.locator('[data-proof-doubts]');
    await doubts.waitFor();
    expect(await doubts.innerText()).toMatch(lang === 'zh' ? /\d+ 条矛盾/ : /\d+ contradictory row/);
    await doubts.getByRole('link').click();
    await page.waitForURL(/\/contradictions/);
    await page.getByText('2026-03-26').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('a missing ledger is named by unit and months, and is not a zero', async () => {
    expect(all).toHaveLength(ledgers.length + 1);
    await page.goto(`${root}/records?kpi=study_sessions&unit=QS&period=2025-03`);
    const proof = page.locator('[data-proof="study_sessions"] .figure');
    await proof.waitFor();
    expect(await proof.getAttribute('data-status')).toBe('none');
    expect(await proof.locator('.v').innerText()).toMatch(lang === 'zh' ? /—\s*未报/ : /—\s*not reported/);
    await page.goto(`${root}/records?kpi=study_sessions&period=2025`);
    await page
      .locator('[data-proof-coverage]', { hasText: lang === 'zh' ? /青山站\s*2025年/ : /青山站.{0,12}2025/ })
      .waitFor();
    expect(complaints).toEqual([]);
  });

  test('the catalogue explains every figure, with an example worked by hand', async () => {
    await page.goto(`${root}/catalogue`);
    for (const kpi of kpis) {
      const entry = page.locator(`article[data-kpi="${kpi.id}"]`);
      await entry.waitFor();
      const text = await entry.innerText();
      expect(text).toContain(kpi.name[lang]);
      expect(text).toContain(kpi.definition[lang]);
    }
    const entry = page.locator('article[data-kpi="attendance_rate"]');
    await entry.locator('summary, button[aria-expanded]').first().click();
    await entry.locator('table').first().waitFor();
    // The norms stand there with their source, as the office keeps them.
    await page
      .locator('article[data-kpi="norm_compliance"]', {
        hasText: lang === 'zh' ? '党员教育管理工作条例' : 'Education and Management of Members',
      })
      .waitFor();
    expect(complaints).toEqual([]);
  });
});
