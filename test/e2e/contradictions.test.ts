import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { importUnits } from '../../server/queries/units.ts';
import type { ContradictionsReply } from '../../shared/api.ts';
import { contradictionCodes } from '../../shared/contradictions.ts';
import type { Lang } from '../../shared/text.ts';
import { raise, type Stage } from './stage.ts';

const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
const units = bytes(
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'C,江海引航中心,,centre,,,',
  'A,东港引航站党支部,C,branch,,,',
  'B,西港引航站党支部,C,branch,,,',
);
/** Something of every kind. */
const ledgers = {
  '东港站2025年三会一课.csv': bytes(
    '时间,类型,主题,应到,实到',
    '2025-01-05,支委会,研究一月工作,5,6',
    '2025-02-05,支委会,研究二月工作,5,5',
    '2025-02-05,支委会,研究二月工作,5,5',
    '2025-03-05,党员大会,审议支部工作报告,23,22',
    '2025-06-31,党课,讲党课,20,20',
    '2025-07-01,主题党日,参观渡江战役纪念馆,20,18',
    '合计,,,78,77',
  ),
  '西港站2025年三会一课.csv': bytes(
    '时间,类型,主题,应到,实到',
    ...[1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12].map((m) => `2025-${m}-15,支委会,${m}月例会,5,5`),
    '2025-07-01,主题党日,与东港站一同参观渡江战役纪念馆,12,12',
  ),
  '西港站2025年整改台账.csv': bytes(
    '问题,发现时间,整改时限,销号',
    '台账缺页,2025-04-05,2025-05-01,2025-03-30',
  ),
  '党员人数2025年.csv': bytes('党支部,年月,党员数', '东港站,2025-01,20', '西港站,2025-01,12'),
};

describe.each<Lang>(['zh', 'en'])('contradictions, in %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;

  beforeAll(async () => {
    stage = await raise();
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    await importUnits(db, units, 'units.csv');
    const files = Object.entries(ledgers).map(([name, content]) => ({ name, bytes: content }));
    const { id } = await checkImport(
      db,
      { files },
      { now: () => new Date('2026-02-01T02:00:00Z'), actor: 'test' },
    );
    await commitImport(db, id);
    await db.destroy();
    ({ page, complaints } = await stage.open());
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

  test('every kind has its group, with as many as the API says', async () => {
    await page.goto(`${root}/contradictions`);
    const reply = (await (
      await page.request.get(`${root}/api/contradictions?years=2025`)
    ).json()) as ContradictionsReply;
    expect(reply.counts.map((c) => c.code)).toEqual([...contradictionCodes]);
    for (const { code, count } of reply.counts) {
      const group = page.locator(`[data-group="${code}"]`);
      await group.waitFor();
      expect(await group.locator('[data-contradiction]').count()).toBe(count);
      for (const item of reply.contradictions.filter((c) => c.code === code))
        expect(await group.innerText()).toContain(item.text[lang]);
    }
    expect(await page.locator('h1').innerText()).toContain(
      lang === 'zh' ? `${reply.total} 条，分 8 种` : `${reply.total} contradictions of 8 kinds`,
    );
    expect(complaints).toEqual([]);
  });

  test('one opens, by keyboard, to its rows as they stand in the ledgers', async () => {
    const opened = page.locator('[data-group="present_gt_members"] button.item');
    await opened.focus();
    await page.keyboard.press('Enter');
    const group = page.locator('[data-group="present_gt_members"]');
    await group.locator('figure table').nth(1).waitFor();
    expect(await opened.getAttribute('aria-expanded')).toBe('true');
    const text = await group.innerText();
    for (const said of ['东港站2025年三会一课.csv', '党员人数2025年.csv', '审议支部工作报告', '22', '20'])
      expect(text).toContain(said);
    expect(text).toMatch(lang === 'zh' ? /第 5 行.*第 2 行/s : /row 5.*row 2/s);

    // Of many rows the first, then all: as many as the sentence says.
    const full = page.locator('[data-group="always_all_present"]');
    await full.locator('button.item').click();
    await full.locator('.rest button').click();
    expect(await full.locator('[data-record]').count()).toBe(12);
    await full.locator('[data-record] button').first().click();
    await full.locator('figure table').first().waitFor();
    await full.locator('button.item').click();
    expect(await full.locator('[data-record]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('one kind alone stands in the address; unit and day are asked for', async () => {
    await page.locator('[data-kind="total.differs"]').click();
    await page.waitForURL(/code=total\.differs/);
    await page.waitForFunction(() => document.querySelectorAll('[data-group]').length === 1);
    expect(await page.locator('[data-group="total.differs"]').innerText()).toContain(
      lang === 'zh' ? 'E8 格写 77，各行相加是 76' : 'E8 says 77, the rows add up to 76',
    );
    await page.goto(`${root}/contradictions?unit=A&asOf=2025-01-31`);
    await page.locator('[data-group="present_gt_expected"]').waitFor();
    expect(await page.locator('[data-group]').count()).toBe(1);
    await page.goto(`${root}/contradictions?unit=A&years=2024`);
    await page.locator('.empty').waitFor();
    expect(await page.locator('h1').innerText()).toContain(lang === 'zh' ? '没有。' : 'nothing.');
    expect(complaints).toEqual([]);
  });

  test('a figure that rests on some leads here, and the catalogue too', async () => {
    await page.goto(`${root}/records?kpi=attendance_rate&unit=B&period=2025`);
    const doubts = page.locator('[data-proof-doubts]');
    await doubts.waitFor();
    // Everybody present all year, and the event of two branches.
    expect(await doubts.innerText()).toContain('2');
    await doubts.getByRole('link').click();
    await page.locator('[data-group="always_all_present"]').waitFor();
    expect(page.url()).toContain('unit=B');
    await page.goto(`${root}/catalogue`);
    await page.locator('article[data-kpi="contradictions"] a[href^="/contradictions"]').click();
    await page.locator('[data-group]').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1440, 'dark'],
  ] as const)('fits %i px, %s', async (width, colorScheme) => {
    const narrow = await stage.open({ viewport: { width, height: 844 }, colorScheme });
    await narrow.page.goto(`${root}/contradictions`);
    await narrow.page.locator('[data-group="same_event"] button.item').click();
    await narrow.page.locator('[data-group="same_event"] figure table').first().waitFor();
    const over = await narrow.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
    expect(narrow.complaints).toEqual([]);
    await narrow.page.context().close();
  });
});
