import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { issue } from '../../server/auth/tokens.ts';
import { demoLedgers } from '../../db/demo/demo.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { importUnits } from '../../server/queries/units.ts';
import { kpiById } from '../../shared/kpis.ts';
import { formatFraction, formatPercent } from '../../shared/format.ts';
import type { Answer, Cell } from '../../shared/query.ts';
import type { RulesReply } from '../../shared/rule-change.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { langsOf } from '../long.ts';

// The office changes a rule: it sees which figures will move, saves, sees them moved, and takes it back.
const [units, ...ledgers] = demoLedgers({ branches: 4, years: 2, seed: 11 });
const actor = { now: () => new Date('2026-10-08T02:00:00Z'), actor: 'test' };

const words = {
  zh: {
    add: '增加免办',
    preview: '预览',
    save: '保存',
    undo: '撤回',
    saved: '免办已增加',
    undone: '已撤回',
    missing: '请填写',
    overlaps: '重叠',
    none: '没有数会变',
    remove: '删除',
    edit: '修改',
    editSettings: '修改设置',
    cancel: '取消',
    readOnly: '修改由管理员办理',
    year: (y: string) => `${y}年`,
    addWord: '增加写法',
    remember: '记住',
    forget: '忘记',
    noWord: '只有数字或符号的不算',
    noWords: '还没有记住什么',
    undoWord: '撤回',
    means: '谈心谈话',
  },
  en: {
    add: 'Add an exemption',
    preview: 'Preview',
    save: 'Save',
    undo: 'Undo',
    saved: 'The exemption was added',
    undone: 'Undone',
    missing: 'Reason is missing',
    overlaps: 'overlaps',
    none: 'No figure moves',
    remove: 'Delete',
    edit: 'Edit',
    editSettings: 'Edit settings',
    cancel: 'Cancel',
    readOnly: 'changes are made by the administrator',
    year: (y: string) => y,
    addWord: 'Add a word',
    remember: 'Remember',
    forget: 'Forget',
    noWord: 'has no letter in it',
    noWords: 'Nothing has been taught yet',
    undoWord: 'Undo',
    means: 'Heart-to-heart talk',
  },
};

describe.each(langsOf('zh'))('the page of rules, in %s', (lang) => {
  const w = words[lang];
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
    const { id } = await checkImport(db, { files: ledgers }, actor);
    await commitImport(db, id, actor);
    // A branch that answers for itself, so that its figure is its own.
    const all = await db.selectFrom('unit').select(['code', 'level', 'parent']).orderBy('position').execute();
    branch =
      all.find((u) => u.level === 'branch' && !all.some((c) => c.parent === u.code && c.level === 'branch'))
        ?.code ?? '';
    await db.destroy();
    ({ page, complaints } = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' }));
    root = stage.running.address;
    await page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
  });
  afterAll(async () => {
    await stage?.close();
  });

  const ask = async <T>(path: string): Promise<T> =>
    (await page.request.get(root + path)).json() as Promise<T>;
  const figure = async (): Promise<Cell> => {
    const { cells } = await ask<Answer>(`/api/query?kpi=norm_compliance&unit=${branch}&years=2026`);
    if (!cells[0]) throw new Error('no figure');
    return cells[0];
  };
  const written = ({ value, numerator, denominator }: Cell): string => {
    const fraction = formatFraction(numerator, denominator);
    const digits = kpiById.get('norm_compliance')?.digits;
    const percent = formatPercent(value ?? 0, digits);
    return lang === 'zh' ? `${percent}（${fraction}）` : `${percent} (${fraction})`;
  };
  const dialog = () => page.getByRole('dialog');
  const button = (name: string) => dialog().getByRole('button', { name, exact: true });
  const accessible = async (part = 'html'): Promise<void> => {
    expect(await axeFindings(page, part)).toEqual([]);
  };
  const fill = async (from: string, to: string): Promise<void> => {
    await page.locator('#rule-unit').selectOption(branch);
    await page.locator('#rule-kind').selectOption('theme_day');
    await page.locator('#rule-from').fill(from);
    await page.locator('#rule-to').fill(to);
    await page.locator('#rule-reason').fill('抗台防汛');
    await page.locator('#rule-by').fill('中心党委');
    await page.locator('#rule-decided').fill('2026-01-05');
  };

  test('an exemption is previewed, saved, seen on the unit’s figures, and undone', async () => {
    const before = await figure();
    await page.goto(`${root}/admin?unit=${branch}&asOf=2026-03-31`);
    await page.locator('[data-matter="theme_day"]').waitFor();
    await accessible();
    await page.getByRole('button', { name: w.add }).click();

    // What is not filled in is named beside its field, and the first such field has the focus.
    await button(w.preview).click();
    await page.locator('#rule-reason-error', { hasText: w.missing }).waitFor();
    expect(await page.locator('#rule-unit').evaluate((e) => e === document.activeElement)).toBe(true);
    expect(await button(w.save).isDisabled()).toBe(true);
    await accessible();

    // The preview says what the figure is and what it will be; nothing has changed yet.
    const version = (await ask<Answer>('/api/query?kpi=visits')).dataVersion;
    await fill('2026-01-01', '2026-06-30');
    await button(w.preview).click();
    await page.locator('[data-moved] li').first().waitFor();
    const lines = await page.locator('[data-moved] li').allInnerTexts();
    expect(await figure()).toEqual(before);
    expect((await ask<Answer>('/api/query?kpi=visits')).dataVersion).toBe(version);
    await accessible();

    // An edit makes the preview old: it must be looked at again before it is saved.
    await page.locator('#rule-to').fill('2026-05-31');
    expect(await button(w.save).isDisabled()).toBe(true);
    await page.locator('#rule-to').fill('2026-06-30');
    expect(await button(w.save).isEnabled()).toBe(true);
    await button(w.save).click();
    await page.locator('[data-undo]', { hasText: w.saved }).waitFor();
    await dialog().waitFor({ state: 'detached' });
    const after = await figure();
    expect(after.denominator).toBe((before.denominator ?? 0) - 6);
    const line = lines.find((l) => l.includes(w.year('2026')) && l.includes(written(after)));
    expect(line, lines.join('\n')).toContain(written(before));

    // Asked about the day, the page says that the norm is lifted; the unit's own page shows the new figure.
    await page.locator('[data-matter="theme_day"] .tag.warn', { hasText: '2026-06-30' }).waitFor();
    await accessible();
    const other = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' });
    await other.page.goto(`${root}/units/${branch}`);
    await other.page.getByText(formatFraction(after.numerator, after.denominator)).first().waitFor();
    expect(other.complaints).toEqual([]);
    await other.page.context().close();

    await page.locator('[data-undo]').getByRole('button', { name: w.undo }).click();
    await page.locator('[data-undo]', { hasText: w.undone }).waitFor();
    expect(await figure()).toEqual(before);
    expect((await ask<RulesReply>('/api/rules')).exemptions).toEqual([]);
    await page.locator('[data-exemption]').first().waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('what cannot be is said before it is sent; what moves nothing is said so', async () => {
    await page.goto(`${root}/admin`);
    await page.getByRole('button', { name: w.add }).click();
    await fill('2031-01-01', '2031-06-30');
    await button(w.preview).click();
    await dialog().getByText(w.none).waitFor();
    await button(w.save).click();
    await page.locator('[data-exemption]').waitFor();

    await page.getByRole('button', { name: w.add }).click();
    await fill('2031-06-01', '2031-12-31');
    await button(w.preview).click();
    await page.locator('#rule-from-error', { hasText: w.overlaps }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    // The focus is back where it came from.
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(w.add);

    await page
      .locator('[data-exemption]')
      .getByRole('button', { name: new RegExp(`^${w.remove}`) })
      .click();
    await dialog().getByText(w.none).waitFor();
    await button(w.remove).click();
    await page.locator('[data-exemption]').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  test('a norm of the centre overrules a central one, and settings are previewed, by keyboard', async () => {
    await page.goto(`${root}/admin?unit=${branch}&asOf=2026-03-31`);
    const row = page.locator('[data-layer="central"] tr', { has: page.locator('th[scope=row]') }).nth(3);
    await row.getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.locator('#rule-every').selectOption('quarter');
    await page.locator('#rule-source').fill('中心党委会纪要');
    await page.locator('#rule-source').press('Enter');
    await page.locator('[data-moved] li').first().waitFor();
    await button(w.save).focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-layer="centre"] tr[data-norm]').waitFor();
    await page.locator('[data-matter="theme_day"] .yields').waitFor();
    await page.locator('[data-undo]').getByRole('button', { name: w.undo }).press('Enter');
    await page.locator('[data-layer="centre"]').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: w.editSettings }).click();
    await page.locator('#rule-half-day').fill('4');
    await page.locator('#rule-names').press('Space');
    await button(w.preview).click();
    await dialog().getByText(w.none).waitFor();
    await accessible();
    await page.locator('#rule-year').selectOption('4');
    await button(w.preview).click();
    await page.locator('[data-moved] li').first().waitFor();
    await accessible();
    await button(w.cancel).click();
    expect((await ask<RulesReply>('/api/rules')).settings.yearStart).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('the list of units brings a former name, which stands in the unit’s history', async () => {
    const was = (
      await ask<{ units: { code: string; name: string; parent: string }[] }>('/api/units')
    ).units.find((u) => u.code === branch);
    if (!was) throw new Error('no branch');
    const lines = [
      'code,name,parent,level,opened_on,closed_on,merged_into,valid_from',
      `${branch},新港引航站党支部,${was.parent},branch,,,,2026-01-01`,
    ];
    await page.goto(`${root}/admin`);
    await page.locator('input[data-units]').setInputFiles({
      name: 'units.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\n')),
    });
    const row = page.locator('#units tbody tr', { hasText: '新港引航站党支部' });
    await row.getByText(was.name).waitFor();
    expect(await row.innerText()).toContain('2025-12-31');
    expect(complaints).toEqual([]);
  });

  test('a word is taught, forgotten when that is confirmed, and taught again by undoing', async () => {
    await page.goto(`${root}/admin#vocabulary`);
    const section = page.locator('#vocabulary');
    const press = (name: string) => section.getByRole('button', { name, exact: true }).click();
    await section.getByText(w.noWords).waitFor();
    await press(w.addWord);
    await page.locator('#word-what').selectOption('kind');
    await page.locator('#word-word').fill('123');
    await press(w.remember);
    await section.getByText(w.noWord).waitFor();
    await accessible('#vocabulary');
    await page.locator('#word-word').fill('茶话会');
    await page.locator('#word-means').selectOption('heart_talk');
    await press(w.remember);
    const row = section.locator('tr[data-word]', { hasText: '茶话会' });
    await row.getByText(w.means).waitFor();
    await press(w.forget);
    await page.getByRole('alertdialog').getByRole('button', { name: w.forget }).click();
    await section.getByText(w.noWords).waitFor();
    await press(w.undoWord);
    await row.waitFor();
    expect(complaints).toEqual([]);
  });

  test('a leader reads the rules, and finds nothing to change them with', async () => {
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    const of = { purpose: 'sign_in', role: 'leader', name: 'leader' } as const;
    const secret = await issue(db, of, { now: new Date() });
    await db.destroy();
    const reader = await stage.open();
    await reader.page.context().clearCookies();
    await reader.page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    await reader.page.goto(`${root}/sign-in/${secret}`);
    await reader.page.goto(`${root}/admin#norms`);
    await reader.page.getByText(w.readOnly).waitFor();
    expect(await reader.page.locator('tr[data-norm]').count()).toBeGreaterThan(5);
    expect(
      await reader.page
        .locator('main section > header button, main tr button, main input[type=file]')
        .count(),
    ).toBe(0);
    expect(await reader.page.locator('header nav a[href^="/admin"]').count()).toBe(0);
    expect(reader.complaints).toEqual([]);
    await reader.page.context().close();
  });

  test('on a phone, in the dark, nothing runs off the side', async () => {
    const phone = await stage.open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await phone.page.addInitScript((to) => localStorage.setItem('hangbiao.lang', to), lang);
    await phone.page.goto(`${root}/admin`);
    await phone.page.locator('[data-layer="central"]').waitFor();
    const sideways = () =>
      phone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBe(0);
    await phone.page.getByRole('button', { name: w.add }).click();
    await phone.page.getByRole('dialog').waitFor();
    expect(await sideways()).toBe(0);
    expect(await axeFindings(phone.page)).toEqual([]);
    expect(phone.complaints).toEqual([]);
    await phone.page.context().close();
  });
});
