import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { pageInAscii } from '../../shared/ascii.ts';
import { formatValue } from '../../shared/format.ts';
import { headlineKpis, kpiById } from '../../shared/kpis.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import type { SnapshotMeta } from '../../shared/snapshots.ts';
import { axeFindings } from './axe.ts';
import { shiftsOf, sumOf, watchShifts } from './sound.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// One month or quarter as a filter in place: by the name under a chart, by key, and in the sentence that asks.
const [units, ...ledgers] = demoLedgers({ branches: 9, years: 3, seed: 3 });
const YEAR = 2026;

describe('a page narrowed to a month', () => {
  let stage: Stage;
  let root: string;
  let office: Page;

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    ({ page: office } = await stage.open());
    if (!units) throw new Error('no units');
    await stage.bring({ units, ledgers });
  });
  afterAll(() => stage?.close());

  async function open(address: string, lang: 'zh' | 'en', options: BrowserContextOptions = {}) {
    const opened = await stage.open(options);
    await watchShifts(opened.page);
    await opened.page.addInitScript((of) => {
      localStorage.setItem('hangbiao.lang', of);
    }, lang);
    // As of a browser that has been here before: its look is known to the server too.
    const look = `${lang}.${options.colorScheme ?? 'light'}`;
    await opened.page.context().addCookies([{ name: 'hangbiao_look', value: look, url: root }]);
    await opened.page.goto(root + address);
    await stands(opened.page);
    return opened;
  }
  async function cellOf(kpi: string, period: string, more = ''): Promise<Cell> {
    const grain = period.includes('Q') ? 'quarter' : 'month';
    const reply = await office.request.get(`${root}/api/query?kpi=${kpi}&grain=${grain}&toDate=1${more}`);
    const cell = ((await reply.json()) as Answer).cells.find((c) => c.period === period);
    if (!cell) throw new Error(`no cell of ${period}`);
    return cell;
  }
  /** Where a name that a chart has drawn stands on the screen. */
  async function nameIn(page: Page, view: string, name: string): Promise<{ x: number; y: number }> {
    const text = page
      .locator(`[data-view="${view}"] .stage svg:not(.aside svg) text`)
      .getByText(name, { exact: true })
      .first();
    await text.scrollIntoViewIfNeeded();
    const box = await text.boundingBox();
    if (!box) throw new Error(`${name} is not drawn`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  const chip = (page: Page) => page.locator('[data-chip="only"]');
  const figureOn = (page: Page, kpi: string): Promise<string> =>
    page.locator(`[data-kpi="${kpi}"] .v`).first().innerText();

  test.each([
    { lang: 'zh', view: 'yoy', name: '3月', options: {} },
    { lang: 'en', view: 'heatmap', name: 'Mar', options: { colorScheme: 'dark' } },
  ] as const)(
    'the name of a month under $view narrows the page to it and back ($lang)',
    async ({ lang, view, name, options }) => {
      const { page, complaints } = await open('/', lang, options);
      const at = await nameIn(page, view, name);
      await page.mouse.click(at.x, at.y);
      await page.waitForURL(/[?&]only=03/);
      await stands(page);
      await chip(page).waitFor();
      for (const id of headlineKpis) {
        const cell = await cellOf(id, `${YEAR}-03`);
        const kpi = kpiById.get(id);
        if (!kpi || cell.value === null) throw new Error(id);
        const shown = (await figureOn(page, id)).replace(/\s/g, '');
        const whole = formatValue(kpi, cell.value);
        expect(shown.includes(whole) || shown.includes(`${cell.numerator}/${cell.denominator}`), shown).toBe(
          true,
        );
      }
      const shifts = await shiftsOf(page);
      expect(sumOf(shifts), JSON.stringify(shifts)).toBeLessThan(0.01);
      expect(await axeFindings(page)).toEqual([]);
      const again = await nameIn(page, view, name);
      await page.mouse.click(again.x, again.y);
      await page.waitForURL((url) => !url.search.includes('only='));
      await chip(page).waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test('by key: F narrows to the point one stands on and says so; the chip takes it back; Enter stays the way down', async () => {
    const { page, complaints } = await open('/yoy?kpi=visits', 'zh');
    const chart = page.locator('[data-view="yoy"]');
    const stand = chart.locator('.stage');
    expect(await stand.getAttribute('aria-label')).toContain('按 f 只看这一期');
    await stand.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('f');
    await page.waitForURL(/only=03/);
    await stands(page);
    await expect
      .poll(async () => chart.locator('[aria-live="polite"]').first().innerText())
      .toContain('只看3月');
    expect(await page.locator('[data-view="composition"] h2').innerText()).toContain(`${YEAR}年3月`);
    expect(await chart.locator('.why').innerText()).toMatch(new RegExp(`^${YEAR}年3月 `));
    // The records behind the narrowed figure are those of the month.
    const { records } = await cellOf('visits', `${YEAR}-03`);
    const link = page.locator('[data-list="chips"] [data-records]');
    expect(await link.innerText()).toContain(` ${records} `);
    await link.click();
    await page.waitForURL(/\/records\?.*period=2026-03/);
    await page.goBack();
    await stands(page);
    await chip(page).getByRole('button').press('Enter');
    await page.waitForURL((url) => !url.search.includes('only='));
    await stands(page);
    await stand.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\?.*period=2026-01/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('by touch, in the sentence: a quarter, carried to the branches and to one of them', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page, complaints } = await open('/compare?kpi=attendance_rate', 'en', phone);
    await page.locator('[data-blank="only"] button').tap();
    await page.getByRole('option', { name: 'Q1', exact: true }).tap();
    await page.waitForURL(/only=Q1/);
    await stands(page);
    expect(await page.locator('[data-view="compare"] h2').innerText()).toContain('Q1 2026');
    const of = (await cellOf('attendance_rate', `${YEAR}-Q1`)).numerator ?? 0;
    expect(await page.locator('.fresh, main').first().innerText()).toContain(
      `${of.toLocaleString('en-US')}/`,
    );
    const to = page.locator('a.btn[href*="/units/"]').first();
    expect(await to.getAttribute('href')).toContain('only=Q1');
    await to.tap();
    await page.waitForURL(/\/units\/.*only=Q1/);
    await stands(page);
    const code = /units\/([^?]+)/.exec(page.url())?.[1] ?? '';
    const own = await cellOf('study_sessions', `${YEAR}-Q1`, `&unit=${code}`);
    expect(await page.locator('.ledger [data-kpi="study_sessions"] .value').innerText()).toContain(
      String(own.value),
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a month that has not begun is not due', async () => {
    const { page, complaints } = await open('/?only=12', 'zh');
    expect(await page.locator('h1').innerText()).toContain(`${YEAR}年12月未到期。`);
    for (const id of headlineKpis) expect(await figureOn(page, id)).toMatch(/^—\s*未到期$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the address alone brings the same picture, from the server and in the browser', async () => {
    const { page, complaints } = await open('/yoy?only=03', 'zh');
    const drawn = (): Promise<string> =>
      page
        .locator('[data-view="composition"] .stage svg:not(.aside svg)')
        .first()
        .evaluate((svg) => (svg.textContent ?? '').replace(/\s/g, ''));
    const first = await drawn();
    const html = await (await page.request.get(`${root}/yoy?only=03`)).text();
    expect(html).toContain(pageInAscii(`学习次数的构成，${YEAR}年3月`));
    expect(html).toContain('data-chip="only"');
    // By hand to the same question.
    await page.goto(`${root}/yoy`);
    await stands(page);
    await page.locator('[data-blank="only"] button').click();
    await page.getByRole('option', { name: '3月', exact: true }).click();
    await page.waitForURL(/only=03/);
    await stands(page);
    expect(await drawn()).toBe(first);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what is kept of a narrowed view names the month, in its file too', async () => {
    const keep = (query: Record<string, string>, view = 'composition') =>
      office.request.post(`${root}/api/snapshots`, { data: { view, query, lang: 'zh' } });
    const kept = (await (await keep({ kpi: 'visits', only: '03' })).json()) as SnapshotMeta;
    const csv = await (await office.request.get(`${root}/api/snapshots/${kept.id}.csv`)).text();
    expect(csv).toContain('期间：每年3月');
    expect(csv).toContain(`${YEAR}年3月`);
    const picked = (await (await keep({ kpi: 'visits', only: '03' }, 'yoy')).json()) as SnapshotMeta;
    expect(await (await office.request.get(`${root}/api/snapshots/${picked.id}.csv`)).text()).toContain(
      '期间：突出3月',
    );
    expect((await keep({ kpi: 'visits', only: '13' })).status()).toBe(400);
    expect((await keep({ kpi: 'visits', only: '03', sum: '1' })).status()).toBe(422);
  });

  test('an address that names no month is refused in words', async () => {
    const { page } = await stage.open();
    await page.addInitScript(() => localStorage.setItem('hangbiao.lang', 'zh'));
    await page.goto(`${root}/yoy?only=2026-03`);
    await page.getByText('不是月或季度，应写作 03 或 Q1').waitFor();
    await page.context().close();
  });
});
