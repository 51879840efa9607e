import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { RecordsReply } from '../../shared/api.ts';
import type { Answer } from '../../shared/query.ts';
import { raise, type Stage } from './stage.ts';

// The main path as a person walks it, on a centre of six branches and three years.
const [units, ...ledgers] = demoLedgers({ branches: 6, years: 3, seed: 7 });
const asUpload = ({ name, bytes }: { name: string; bytes: Uint8Array }) => ({
  name: name.split('/').at(-1) ?? name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

/** Every chart on the page is fully drawn. */
async function drawn(page: Page, views: readonly string[]): Promise<void> {
  for (const view of views)
    await page.locator(`[data-view="${view}"][data-ready="true"] svg`).first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-view]')].every((e) => e.getAttribute('data-ready') === 'true'),
  );
}

const ask = async <T>(page: Page, path: string): Promise<T> =>
  (await page.request.get(path)).json() as Promise<T>;

describe('the main path', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let api: string;

  beforeAll(async () => {
    stage = await raise();
    ({ page, complaints } = await stage.open());
    api = `${stage.running.address}/api`;
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test('walks import → overview → year over year → compare → unit → records → snapshot', async () => {
    // An empty centre says what to do, and takes the units first.
    await page.goto(stage.running.address);
    await page.locator('main a[href^="/imports"]').first().click();
    if (!units) throw new Error('no units');
    await page.locator('input[data-units]').setInputFiles(asUpload(units));

    // Import: checked, nothing stored; then committed.
    const zone = page.locator('input[type=file][multiple]');
    await zone.waitFor({ state: 'attached' });
    await zone.setInputFiles(ledgers.map(asUpload));
    await page.getByRole('button', { name: '提交', exact: true }).waitFor();
    expect((await ask<{ dataVersion: number }>(page, `${api}/health`)).dataVersion).toBe(1);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByRole('button', { name: '撤销', exact: true }).waitFor();
    expect((await ask<{ dataVersion: number }>(page, `${api}/health`)).dataVersion).toBe(2);

    // Overview: each card's figure is the API's.
    await page.locator('header nav a[href^="/"]', { hasText: '总览' }).first().click();
    await drawn(page, ['yoy', 'heatmap']);
    const { cells } = await ask<Answer>(page, `${api}/query?kpi=study_sessions,visits&years=2026&toDate=1`);
    for (const cell of cells)
      await page.locator(`[data-kpi="${cell.kpi}"]`, { hasText: String(cell.value) }).waitFor();

    // Year over year, for another KPI: the address holds it.
    await page.locator('[data-kpi="attendance_rate"]').first().click();
    await page.locator('header nav a', { hasText: '同比' }).first().click();
    await page.waitForURL(/\/yoy\?.*kpi=attendance_rate/);
    await drawn(page, ['yoy', 'trend', 'composition']);

    // Compare, and from there to a branch.
    await page.locator('header nav a', { hasText: '对比' }).first().click();
    await page.waitForURL(/\/compare\?.*kpi=attendance_rate/);
    await drawn(page, ['compare', 'heatmap']);
    // A figure made from slots opens as one made from records does.
    await page.goto(`${stage.running.address}/compare?kpi=norm_compliance`);
    await page.locator('main a.btn[href^="/records"]').first().waitFor();
    await page.goBack();
    await drawn(page, ['compare', 'heatmap']);
    await page.locator('main a[href^="/units/"]').first().click();
    await page.waitForURL(/\/units\//);
    await drawn(page, ['yoy', 'calendar', 'composition', 'rectification']);

    // A mark opens the records that make it up: as many as the cell says.
    const stageOfChart = page.locator('[data-view="yoy"] [role=img]').first();
    await stageOfChart.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\?/);
    // The page's address holds the whole question; the API's takes what belongs to one cell.
    const asked = new URLSearchParams(
      [...new URL(page.url()).searchParams].filter(([key]) =>
        ['kpi', 'unit', 'period', 'asOf', 'toDate', 'kind', 'part'].includes(key),
      ),
    );
    const behind = await ask<RecordsReply>(page, `${api}/records?${asked}`);
    expect(behind.total).toBeGreaterThan(0);
    await page
      .getByText(new RegExp(`${behind.total} 条`))
      .first()
      .waitFor();
    await page.locator('tbody tr').first().waitFor();

    // A snapshot of the year over year chart, as a picture.
    await page.locator('header nav a', { hasText: '同比' }).first().click();
    await drawn(page, ['yoy']);
    const download = page.waitForEvent('download');
    await page.locator('[data-view="yoy"]').getByRole('button', { name: /存图/ }).click();
    await page.getByRole('menuitem', { name: /PNG/ }).click();
    const file = await download;
    const bytes: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) bytes.push(chunk as Buffer);
    expect(Buffer.concat(bytes).subarray(1, 4).toString()).toBe('PNG');
    await page.locator('header nav a', { hasText: '快照' }).first().click();
    await page.locator('main img').first().waitFor();

    expect(complaints).toEqual([]);
  });

  test('the address alone brings back the same chart in a fresh browser', async () => {
    const address = `${stage.running.address}/yoy?kpi=volunteers&years=2025,2026&asOf=2026-08-20`;
    const picture = async (): Promise<string> => {
      const opened = await stage.open();
      await opened.page.goto(address);
      await drawn(opened.page, ['yoy']);
      const svg = await opened.page.locator('[data-view="yoy"] svg').first().innerHTML();
      await opened.page.context().close();
      expect(opened.complaints).toEqual([]);
      // ECharts numbers its clip paths by instance.
      return svg.replace(/zr\d+-/g, 'zr-');
    };
    expect(await picture()).toBe(await picture());
  });

  test.each([
    { width: 1440, lang: 'en', theme: 'light' },
    { width: 390, lang: 'zh', theme: 'dark' },
  ] as const)(
    'every page stands at $width px, $lang, $theme, without a complaint or a sideways scroll',
    async ({ width, lang, theme }) => {
      const opened = await stage.open({
        viewport: { width, height: 844 },
        colorScheme: theme,
        locale: lang === 'en' ? 'en-GB' : 'zh-CN',
      });
      const branch =
        (await ask<Answer>(opened.page, `${api}/query?kpi=visits&by=unit&years=2026`)).cells[0]?.unit ?? '';
      for (const path of [
        '/',
        '/yoy',
        '/compare',
        `/units/${branch}`,
        '/rectification',
        '/records?kpi=visits&period=2026',
        '/imports',
        '/imports?id=1',
        '/snapshots',
        '/briefings',
        '/catalogue',
        '/contradictions',
        '/changes',
        '/admin',
        '/nowhere',
      ]) {
        await opened.page.goto(stage.running.address + path);
        if (lang === 'en' && path === '/') {
          await opened.page.locator('header button.lang').click();
          await opened.page.waitForFunction(() => document.documentElement.lang === 'en');
        }
        await opened.page.waitForLoadState('networkidle');
        await drawn(opened.page, []);
        const sideways = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect({ path, sideways }).toEqual({ path, sideways: 0 });
      }
      expect(opened.complaints).toEqual([]);
      await opened.page.context().close();
    },
  );

  test('an import is undone whole from its page', async () => {
    await page.goto(`${stage.running.address}/imports?id=1`);
    await page.getByRole('button', { name: '撤销', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: '撤销' }).click();
    await page.getByText('这次导入已撤销').waitFor();
    const { cells } = await ask<Answer>(page, `${api}/query?kpi=study_sessions&years=2026`);
    expect(cells.map((c) => c.status)).toEqual(['none']);
    expect(complaints).toEqual([]);
  });
});
