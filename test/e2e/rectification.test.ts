import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { importUnits } from '../../server/queries/units.ts';
import type { RectificationReply } from '../../shared/cohorts.ts';
import type { Lang } from '../../shared/text.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
const units = bytes(
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'C,江海引航中心,,centre,,,',
  'A,东港引航站党支部,C,branch,,,',
);
/** Nothing is handed in of 2024. In 2025 every state, and 台账缺页 again. */
const ledgers = {
  '东港站2023年整改台账.csv': bytes(
    '问题,整改类型,发现时间,整改时限,延期至,完成时间,销号时间',
    '台账缺页,限期整改,2023-03-01,2023-05-01,,2023-04-01,2023-04-10',
  ),
  '东港站2025年整改台账.csv': bytes(
    '问题,整改类型,发现时间,整改时限,延期至,完成时间,销号时间',
    '台账缺页,限期整改,2025-02-01,2025-04-01,,2025-03-01,2025-03-05',
    '学习计划不具体,限期整改,2025-03-01,2025-05-01,2025-12-31,,',
    '会议记录不全,限期整改,2025-04-01,2025-06-01,,2025-05-20,',
    '公示不及时,限期整改,2025-11-20,2026-02-20,,,',
    '年轻党员培养周期长,长期坚持,2025-06-01,长期,,,',
  ),
};
const question = 'years=2023,2024,2025&asOf=2025-12-31';

describe.each<Lang>(['zh', 'en'])('rectification by the year raised, in %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  let reply: RectificationReply;

  beforeAll(async () => {
    stage = await raise();
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    await importUnits(db, units, 'units.csv');
    const files = Object.entries(ledgers).map(([name, content]) => ({ name, bytes: content }));
    const doer = { now: () => new Date('2026-01-05T02:00:00Z'), actor: 'test' };
    const { id } = await checkImport(db, { files }, doer);
    await commitImport(db, id);
    await db.destroy();
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
    await page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    reply = (await (
      await page.request.get(`${root}/api/rectification?asOf=2025-12-31`)
    ).json()) as RectificationReply;
    await page.goto(`${root}/rectification?${question}`);
    await page.locator('[data-cohort="2025"]').waitFor();
    await stands(page);
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test('each year stands with the figures of the API, and one that is not reported without any', async () => {
    expect(reply.cohorts.map((c) => [c.year, c.status])).toEqual([
      [2023, 'ok'],
      [2024, 'none'],
      [2025, 'ok'],
    ]);
    for (const cohort of reply.cohorts.filter((c) => c.status === 'ok')) {
      const row = page.locator(`[data-cohort="${cohort.year}"]`);
      const textOf = (col: string): Promise<string> => row.locator(`[data-col="${col}"]`).innerText();
      for (const key of [
        'raised',
        'closed',
        'reported',
        'open',
        'extended',
        'recurrences',
        'longTerm',
      ] as const)
        expect(await textOf(key), key).toBe(String(cohort[key]));
      expect(await textOf('onTime')).toContain(`${cohort.onTime}/${cohort.due}`);
    }
    const row = page.locator('[data-cohort="2025"]');
    // Raised 4: closed 1, reported 1, open 2; both past their first due date count, the extension or not.
    expect(await row.locator('td').allInnerTexts()).toEqual(
      lang === 'zh'
        ? ['4', '1', '1', '2', '1', '2\n最久 244 天', '1/3 33%', '未过半\n3 项未销号，截尾', '1', '1']
        : [
            '4',
            '1',
            '1',
            '2',
            '1',
            '2\noldest 244 days',
            '1/3 33%',
            'fewer than half closed\n3 open, censored',
            '1',
            '1',
          ],
    );
    const missing = await page.locator('[data-cohort="2024"] td').allInnerTexts();
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatch(lang === 'zh' ? /^未报/ : /^Not reported/);
    expect(missing[0]).not.toMatch(/\d/);
    expect(complaints).toEqual([]);
  });

  test('what is overdue, came back or has no end is listed with its rows', async () => {
    const overdue = await page.locator('[data-list="overdue"] li').allInnerTexts();
    expect(overdue.map((t) => t.split('\n')[0])).toEqual(['学习计划不具体', '会议记录不全']);
    expect(overdue[0]).toMatch(
      lang === 'zh' ? /延期至 2025年12月31日.*244 天/s : /extended to 31 Dec 2025.*244 days/s,
    );
    expect(overdue[1]).toMatch(lang === 'zh' ? /2025年5月20日 报完成，未核/ : /reported done on 20 May 2025/);
    const again = await page.locator('[data-list="recurrences"] li').allInnerTexts();
    expect(again).toHaveLength(1);
    expect(again[0]).toMatch(
      lang === 'zh'
        ? /台账缺页.*2023年4月10日 销号.*2023年整改台账.csv.*第 2 行.*2025年2月1日 又发现.*隔 663 天/s
        : /台账缺页.*closed 10 Apr 2023.*2023年整改台账.csv.*row 2.*raised again 1 Feb 2025.*after 663 days/s,
    );
    const lasting = await page.locator('[data-list="long-term"] li').allInnerTexts();
    expect(lasting).toHaveLength(1);
    expect(lasting[0]).toContain('年轻党员培养周期长');
    expect(complaints).toEqual([]);
  });

  test('a year opens to its items', async () => {
    await page.locator('[data-cohort="2025"] [data-col="raised"] a').click();
    await page.waitForURL(/records\?.*kpi=rectification_closure_rate/);
    await page.locator('tbody tr', { hasText: '公示不及时' }).waitFor();
    expect(await page.locator('[data-proof] .half b').allInnerTexts()).toEqual(['1', '4']);
    expect(complaints).toEqual([]);
  });
});
