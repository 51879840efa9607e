import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { Granted } from '../../server/auth/roles.ts';
import { issue } from '../../server/auth/tokens.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { importUnits } from '../../server/queries/units.ts';
import { pageInAscii } from '../../shared/ascii.ts';
import type { NotesReply } from '../../shared/desk.ts';
import type { Lang } from '../../shared/text.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { langsOf } from '../long.ts';

// A reader finds what has a name, keeps pages under names, and writes on points of charts: by mouse and by keyboard.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 5 });
const actor = { now: () => new Date('2026-10-08T02:00:00Z'), actor: 'test' };

const words = {
  zh: {
    find: '查找',
    views: '存下的视图',
    save: '存下',
    share: '共享给所有人',
    rename: '改名',
    remove: '删除',
    undo: '撤销',
    ok: '确定',
    question: /^瀚江引航中心.*到会率/,
    menu: '存图',
    note: '在某点记一条批注',
    figures: '看数据',
    keep: '记下',
    edit: '修改',
    march: '2026年3月',
    record: '记录',
    none: '没有找到',
  },
  en: {
    find: 'Find',
    views: 'Saved views',
    save: 'Save',
    share: 'Share with everyone',
    rename: 'Rename',
    remove: 'Remove',
    undo: 'Undo',
    ok: 'OK',
    question: /^Attendance rate.* of /,
    menu: 'Save',
    note: 'Write a note on a point',
    figures: 'Figures',
    keep: 'Save note',
    edit: 'Edit',
    march: 'Mar 2026',
    record: 'Records',
    none: 'Nothing found',
  },
} satisfies Record<Lang, Record<string, string | RegExp>>;

describe.each(langsOf('en'))('the desk in %s', (lang) => {
  const w = words[lang];
  let stage: Stage;
  let root: string;

  const database = () => connect(`sqlite:${stage.folder}/hangbiao.db`);
  const open = async (options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> => {
    const opened = await stage.open(options);
    await opened.page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    return opened;
  };
  async function openAs(role: Granted): Promise<{ page: Page; complaints: string[] }> {
    const { db } = await database();
    const secret = await issue(db, { purpose: 'sign_in', role, name: role }, { now: new Date() });
    await db.destroy();
    const opened = await open();
    await opened.page.context().clearCookies();
    await opened.page.goto(`${root}/sign-in/${secret}`);
    await stands(opened.page);
    return opened;
  }
  const box = (page: Page) => page.locator('[data-find]');
  const highlighted = (page: Page) => box(page).locator('[data-highlighted]');
  async function find(page: Page, typed: string): Promise<void> {
    await page.keyboard.press('Control+k');
    await box(page).getByRole('combobox').waitFor();
    await page.keyboard.type(typed);
  }

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    const { db } = await database();
    if (!units) throw new Error('no units');
    await importUnits(db, units.bytes, units.name, actor);
    const { id } = await checkImport(db, { files: ledgers }, actor);
    await commitImport(db, id, actor, { choices: { replace: [], twins: [] } });
    await db.destroy();
  });
  afterAll(() => stage?.close());

  test('finds a unit by initials with keys alone, also before its results are there', async () => {
    const { page, complaints } = await open();
    await page.goto(`${root}/yoy?kpi=attendance_rate`);
    await stands(page);
    await find(page, 'dgz');
    await highlighted(page).getByText('东港引航站党总支').waitFor();
    expect(await highlighted(page).getAttribute('data-found')).toBe('unit:DG');
    const field = box(page).getByRole('combobox');
    expect(await field.getAttribute('aria-activedescendant')).toBe(
      await highlighted(page).getAttribute('id'),
    );
    await page.waitForFunction(() =>
      /\d/.test(document.querySelector('[data-find] [role="status"]')?.textContent ?? ''),
    );
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      () =>
        document.querySelector('[data-find] [data-highlighted]')?.getAttribute('data-found') === 'unit:DG1',
    );
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/DG\?/);
    await stands(page);

    // What was opened last stands there before anything is typed; `/` opens the box too.
    await page.mouse.click(2, 400);
    await page.keyboard.press('/');
    await box(page).locator('[data-found="unit:DG"]').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${root}/catalogue`);
    await stands(page);
    await find(page, 'donggangzhan');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/DG$/);
    await box(page).waitFor({ state: 'detached' });

    // A stroke that is written into a field is a stroke. Left without a choice, the box gives the focus back.
    await page.locator('header .brand').focus();
    await find(page, '1/2');
    expect(await box(page).getByRole('combobox').inputValue()).toBe('1/2');
    await box(page).getByRole('status').getByText(w.none).waitFor();
    await page.keyboard.press('Escape');
    await box(page).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.classList.contains('brand'));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('finds KPIs, pages and records by mouse', async () => {
    const { page, complaints } = await open();
    await page.goto(root);
    await stands(page);
    const pick = async (typed: string, found: RegExp): Promise<void> => {
      await page.getByRole('button', { name: w.find, exact: true }).click();
      await box(page).getByRole('combobox').fill(typed);
      const keys = () =>
        box(page)
          .locator('[data-found]')
          .evaluateAll((all) => all.map((e) => e.getAttribute('data-found') ?? ''));
      await expect.poll(async () => (await keys()).some((key) => found.test(key))).toBe(true);
      const key = (await keys()).find((k) => found.test(k)) ?? '';
      await box(page).locator(`[data-found="${key}"]`).click();
    };
    await pick(lang === 'zh' ? '到会率' : 'attendance', /^kpi:attendance_rate$/);
    await page.waitForURL(/\/yoy\?.*kpi=attendance_rate/);
    await pick(lang === 'zh' ? 'duibi' : 'side by side', /^page:\/compare$/);
    await page.waitForURL(/\/compare\?.*kpi=attendance_rate/);
    await pick('主题党日', /^record:/);
    await page.waitForURL(/\/records\/[^/]+\/[^/?]+$/);
    await page.locator('main h1').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a page is kept under a name, found by it, and opens as it was', async () => {
    const { page, complaints } = await open();
    const query = 'kpi=attendance_rate&years=2025,2026&grain=quarter&asOf=2026-08-31';
    await page.goto(`${root}/yoy?${query}`);
    await stands(page);
    const address = page.url();
    await page.getByRole('button', { name: w.views, exact: true }).click();
    const dialog = page.locator('[data-views]');
    const name = dialog.locator('[name="view-name"]');
    // Its name is the question in words, until it gets another.
    expect(await name.inputValue()).toMatch(w.question);
    expect(await name.inputValue()).toMatch(lang === 'zh' ? /8月31日/ : /31 Aug/);
    await name.fill('班子会到会率');
    await dialog.getByRole('button', { name: w.save, exact: true }).click();
    await dialog.locator('[data-saved]').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    await page.goto(`${root}/catalogue`);
    await stands(page);
    for (const typed of ['班子会', 'bzhdhl']) {
      await find(page, typed);
      await highlighted(page).getByText('班子会到会率').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/yoy\?/);
      await stands(page);
      expect(new URL(page.url()).search.replaceAll('%2C', ',')).toBe(`?${query}`);
      await page.goto(`${root}/catalogue`);
      await stands(page);
    }
    expect(address.replaceAll('%2C', ',')).toContain(query);

    // Renamed and removed by keyboard, and brought back.
    const press = async (label: string): Promise<void> => {
      const row = dialog.locator('[data-saved]').first();
      await row.getByRole('button', { name: new RegExp(label) }).focus();
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: w.views, exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialog.locator('[data-saved]').waitFor();
    await press(w.rename);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('年底到会率');
    await page.keyboard.press('Enter');
    await dialog.getByRole('link', { name: '年底到会率' }).waitFor();
    await press(w.remove);
    await dialog.locator('[data-saved]').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: w.undo }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('link', { name: '年底到会率' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what the office shares a leader finds, opens, and may not change', async () => {
    const office = await open();
    await office.page.goto(`${root}/compare?kpi=visits`);
    await stands(office.page);
    await office.page.getByRole('button', { name: w.views, exact: true }).click();
    const dialog = office.page.locator('[data-views]');
    await dialog.locator('[name="view-name"]').fill('共用走访对比');
    await dialog.getByLabel(w.share).check();
    await dialog.getByRole('button', { name: w.save, exact: true }).click();
    await dialog.getByRole('link', { name: '共用走访对比' }).waitFor();
    expect(office.complaints).toEqual([]);
    await office.page.context().close();

    const { page, complaints } = await openAs('leader');
    await find(page, 'gyzf');
    await highlighted(page).getByText('共用走访对比').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/compare\?kpi=visits$/);
    await stands(page);
    await page.getByRole('button', { name: w.views, exact: true }).click();
    const row = page.locator('[data-views] [data-saved]', { hasText: '共用走访对比' });
    await row.waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    expect(await page.locator('[data-views]').getByLabel(w.share).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a note is written on a point by keys, changed, removed and brought back', async () => {
    const { page, complaints } = await openAs('leader');
    await page.goto(`${root}/yoy?kpi=attendance_rate&years=2025,2026`);
    await stands(page);
    const chart = page.locator('[data-view="yoy"]');
    await chart.locator('.stage').focus();
    // The first key leads to January of the current year, two more to March.
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('n');
    const form = chart.locator('[data-note-form]');
    await form.locator('textarea').waitFor();
    expect(await form.locator('select[name="period"]').inputValue()).toBe('2026-03');
    await page.keyboard.type('台风停航\n两周');
    await page.keyboard.press('Control+Enter');
    const note = chart.locator('[data-note]');
    await note.waitFor();
    expect(await note.innerText()).toContain(w.march);
    expect(await note.innerText()).toContain('台风停航 两周');
    expect(await note.innerText()).toContain('leader');
    // The focus is back in the chart.
    expect(await page.evaluate(() => document.activeElement?.classList.contains('stage'))).toBe(true);
    // The chart of whole years has no such point.
    expect(await page.locator('[data-view="trend"] [data-note]').count()).toBe(0);

    // The page that the server draws from now on has it, in its place.
    const html = await (await page.request.get(page.url())).text();
    expect(html).toContain(pageInAscii('台风停航 两周'));

    await note.getByRole('button', { name: new RegExp(w.edit) }).focus();
    await page.keyboard.press('Enter');
    await form.locator('textarea').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('台风停航三周');
    await page.keyboard.press('Control+Enter');
    await note.getByText('台风停航三周').waitFor();
    await note.getByRole('button', { name: new RegExp(w.remove) }).focus();
    await page.keyboard.press('Enter');
    await note.waitFor({ state: 'detached' });
    await chart.getByRole('button', { name: w.undo }).focus();
    await page.keyboard.press('Enter');
    await note.getByText('台风停航三周').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a note is written by mouse, from the menu and from a row of the table', async () => {
    const { page, complaints } = await open();
    await page.goto(`${root}/compare?kpi=study_sessions`);
    await stands(page);
    const chart = page.locator('[data-view="heatmap"]');
    await chart.getByRole('button', { name: w.menu }).click();
    await page.getByRole('menuitem', { name: w.note }).click();
    const form = chart.locator('[data-note-form]');
    await form.locator('select[name="unit"]').selectOption('QS');
    await form.locator('select[name="period"]').selectOption('2026-03');
    await form.locator('textarea').fill('主题教育');
    await form.getByRole('button', { name: w.keep }).click();
    await chart.locator('[data-note]').waitFor();
    const { notes } = (await (await page.request.get(`${root}/api/notes?unit=QS`)).json()) as NotesReply;
    expect(notes.map(({ kpi, unit, period, body, author }) => [kpi, unit, period, body, author])).toEqual([
      ['study_sessions', 'QS', '2026-03', '主题教育', 'admin'],
    ]);

    await chart.getByRole('button', { name: w.figures }).click();
    const row = chart.locator('table tbody tr', { hasText: '东港引航站党总支' }).first();
    await row.getByRole('button').click();
    expect(await form.locator('select[name="unit"]').inputValue()).toBe('DG');
    await form.locator('textarea').fill('<b>不是标记</b>');
    await form.getByRole('button', { name: w.keep }).click();
    await chart.locator('[data-note]', { hasText: '<b>不是标记</b>' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('an auditor reads notes and finds nothing to write them with', async () => {
    const { db } = await database();
    await db
      .insertInto('note')
      .values({
        kpi: 'visits',
        unit: 'HJ',
        period: '2026-02',
        kinds: '',
        body: '春节前走访',
        author: 'x',
        created_at: '2026-03-01T00:00:00.000Z',
        edited_at: null,
        removed_at: null,
      })
      .execute();
    await db.destroy();
    const { page, complaints } = await openAs('auditor');
    await page.goto(`${root}/yoy?kpi=visits`);
    await stands(page);
    const chart = page.locator('[data-view="yoy"]');
    await chart.locator('[data-note]').getByText('春节前走访').waitFor();
    expect(await chart.locator('[data-note] button').count()).toBe(0);
    await chart.locator('.stage').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('n');
    await chart.getByRole('button', { name: w.menu }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await page.getByRole('menuitem', { name: w.note }).count()).toBe(0);
    expect(await page.locator('[data-note-form]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('on a phone, in the dark, nothing runs off the side and axe finds nothing', async () => {
    const { page, complaints } = await open({
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(`${root}/yoy?kpi=attendance_rate`);
    await stands(page);
    const sound = async (what: string): Promise<void> => {
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways, what).toBe(0);
      expect(await axeFindings(page), what).toEqual([]);
    };
    await page.getByRole('button', { name: w.find, exact: true }).tap();
    await box(page).getByRole('combobox').fill('dgz');
    await box(page).locator('[data-found="unit:DG"]').waitFor();
    await sound('find');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: w.views, exact: true }).tap();
    await page.locator('[data-views] [data-saved]').first().waitFor();
    await sound('views');
    await page.keyboard.press('Escape');
    const chart = page.locator('[data-view="yoy"]');
    await chart.getByRole('button', { name: w.menu }).tap();
    await page.getByRole('menuitem', { name: w.note }).tap();
    await chart.locator('[data-note-form] textarea').waitFor();
    await sound('note');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
