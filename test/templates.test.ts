import { read, utils, write, type WorkBook } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { importUnits, listUnits } from '../server/queries/units.ts';
import { templateFileName, templateWorkbook, type TemplateAsked } from '../server/workbooks/template.ts';
import { families, kinds, type Family } from '../shared/kinds.ts';
import type { Unit } from '../shared/unit.ts';
import { freshDatabase } from './engines.ts';
import { form, served, unitsCsv } from './served.ts';

const world = { now: () => new Date('2026-11-26T08:00:00Z'), actor: 'office' };
const DG = 'DG';
const csv = [
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'JH,江海引航中心,,centre,,,',
  'DG,东港引航站党支部,JH,branch,,,',
  'XG,西港引航站党支部,JH,branch,,,',
  'LG,老港引航站党支部,JH,branch,,2020-01-01,',
].join('\n');

/** Filled as a clerk would: under the headings, with days as days, figures as figures, and what is not known. */
const filled: Readonly<Record<Family, readonly Readonly<Record<string, string | number>>[]>> = {
  activity: [
    {
      序号: 1,
      日期: 46086,
      会议类型: '支部党员大会',
      主题: '传达精神',
      应到人数: 24,
      实到人数: 20,
      学时: 1.5,
    },
    { 日期: 46117, 会议类型: '主题党日', 主题: '江滩清漂', 形式: '线下', 应到人数: 24, 实到人数: 24 },
    {
      日期: '2026-5-6',
      会议类型: '支部党员大会、党课',
      主题: '讲党课',
      在岗人数: 2,
      应到人数: 24,
      实到人数: 22,
    },
  ],
  visit: [
    { 走访日期: 46086, 走访类型: '企业走访', 走访对象: '甲公司', 参加人数: 4, 反映问题: 2, 办结: 1 },
    { 走访日期: 46117, 走访类型: '走访慰问', 走访对象: '乙', 参加人数: 3, 反映问题: 0, 办结: 0 },
    { 走访日期: 46147, 走访类型: '调研', 走访对象: '丙码头', 走访内容: '夜航' },
  ],
  volunteering: [
    { 服务日期: 46086, 服务项目: '清漂', 参与人数: 12, 服务时长: 2 },
    { 服务日期: 46117, 服务项目: '护学', 地点: '江滩小学', 参与人数: 6, 服务时长: 1.5 },
    { 服务日期: 46147, 服务项目: '义诊', 服务对象: '居民' },
  ],
  rectification: [
    { 存在问题: '记录不全', 整改类型: '限期整改', 发现时间: 46086, 整改时限: 46117, 销号时间: 46100 },
    { 存在问题: '学习不经常', 整改类型: '长期坚持', 发现时间: 46117, 整改时限: '长期' },
    { 存在问题: '台账未签字', 整改类型: '立行立改', 发现时间: 46147, 整改时限: '立即' },
  ],
  headcount: [
    { 日期: 46023, 在册党员数: 24 },
    { 日期: 46082, 在册党员数: 25 },
    { 日期: '2026-05', 在册党员数: 26 },
  ],
};

const headingsAt = 1;
const headings = (book: WorkBook): string[] =>
  utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? '']!, { header: 1 })[headingsAt] ?? [];

/** The template with the rows written under its headings; a heading that it does not have fails the test. */
function fill(bytes: Uint8Array, rows: readonly Readonly<Record<string, string | number>>[]): Uint8Array {
  const book = read(bytes, { cellStyles: true });
  const heads = headings(book);
  const lines = rows.map((row) => {
    for (const heading of Object.keys(row)) expect(heads).toContain(heading);
    return heads.map((heading) => row[heading] ?? null);
  });
  utils.sheet_add_aoa(book.Sheets[book.SheetNames[0] ?? '']!, lines, { origin: headingsAt + 1 });
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}

const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));

describe('templates', () => {
  let db: Db;
  let close = async (): Promise<void> => {};
  let units: Unit[] = [];
  beforeAll(async () => {
    ({ db, close } = await freshDatabase('sqlite'));
    await importUnits(db, new TextEncoder().encode(csv), 'units.csv');
    units = await listUnits(db);
  });
  afterAll(() => close());

  const asked = (family: Family, more: Partial<TemplateAsked> = {}): TemplateAsked => ({
    family,
    units,
    unit: units.find((u) => u.code === DG) ?? null,
    year: 2026,
    lang: 'zh',
    ...more,
  });
  const check = (bytes: Uint8Array, name = '表.xlsx') => checkImport(db, { files: [{ name, bytes }] }, world);

  describe.each(families)('of %s', (family) => {
    test('filled in, it is imported whole and without a problem', async () => {
      const bytes = fill(templateWorkbook(asked(family)), filled[family]);
      const checked = await check(bytes);
      expect(checked.problems).toEqual([]);
      expect(checked.sheets).toMatchObject([
        { ledger: family, unit: DG, from: '2026-01', to: '2026-05', rows: 3, accepted: 3, rejected: 0 },
      ]);
      expect((await commitImport(db, checked.id, world)).records).toBe(3);
      expect(
        await db
          .selectFrom('coverage')
          .select(['unit', 'from_month', 'to_month'])
          .where('family', '=', family)
          .execute(),
      ).toEqual([{ unit: DG, from_month: '2026-01', to_month: '2026-05' }]);
    });

    test('of several branches, its rows name their own', async () => {
      const [first = {}, ...others] = filled[family];
      const rows = [
        { ...first, 所属党支部: '西港引航站党支部' },
        ...others.map((r) => ({ ...r, 所属党支部: '东港站' })),
      ];
      const bytes = fill(templateWorkbook(asked(family, { unit: null, lang: 'en' })), rows);
      const { problems, sheets } = await check(bytes);
      expect(problems.filter((p) => p.code !== 'duplicate')).toEqual([]);
      expect(sheets).toMatchObject([{ ledger: family, unit: null, rows: 3, rejected: 0, to: '2026-05' }]);
    });

    test('untouched, it stores nothing and covers nothing', async () => {
      for (const more of [{}, { unit: null }, { lang: 'en' }, { year: null, unit: null }] as const) {
        const checked = await check(templateWorkbook(asked(family, more)));
        expect(checked.problems).toEqual([]);
        expect(checked.sheets).toMatchObject([
          { ledger: family, rows: 0, accepted: 0, from: null, to: null },
        ]);
        const before = await db.selectFrom('coverage').selectAll().execute();
        expect((await commitImport(db, checked.id, world)).records).toBe(0);
        expect(await db.selectFrom('coverage').selectAll().execute()).toEqual(before);
      }
    });

    test('its sheet of explanations is no ledger under any name', async () => {
      for (const lang of ['zh', 'en'] as const) {
        const book = read(templateWorkbook(asked(family, { lang, unit: null })));
        const [, notes = ''] = book.SheetNames;
        book.SheetNames = ['随便'];
        book.Sheets = { 随便: book.Sheets[notes]! };
        const { problems, sheets } = await check(
          new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
        );
        expect(problems.map((p) => [p.code, p.severity])).toEqual([['sheet.unrecognised', 'warning']]);
        expect(sheets).toMatchObject([{ ledger: null, rows: 0 }]);
      }
    });

    test('every heading has a note, and every part is sound XML', () => {
      const parts = partsOf(templateWorkbook(asked(family, { unit: null })));
      const heads = headings(read(templateWorkbook(asked(family, { unit: null }))));
      expect(parts['xl/comments1.xml']?.match(/<comment /g)).toHaveLength(heads.length);
      expect(parts['xl/drawings/vmlDrawing1.vml']?.match(/<v:shape /g)).toHaveLength(heads.length);
      for (const [name, xml] of Object.entries(parts)) expect(balanced(xml), name).toBe(true);
    });
  });

  test('drop-downs have the kinds, the branches open in the year, and the words of form and nature', () => {
    const rules = (more: Partial<TemplateAsked>, family: Family) =>
      [
        ...(partsOf(templateWorkbook(asked(family, more)))['xl/worksheets/sheet1.xml'] ?? '').matchAll(
          /<dataValidation type="(\w+)"[^>]*sqref="([A-Z]+)3:[A-Z]+\d+"><formula1>([^<]*)<\/formula1>/g,
        ),
      ].map(([, type, column, formula = '']) => [type, column, formula.replaceAll('&quot;', '"')]);
    const lists = (more: Partial<TemplateAsked>, family: Family) =>
      rules(more, family).filter(([type]) => type === 'list');
    const names = (visit: boolean) =>
      kinds.filter((k) => (k.family === 'visit') === visit).map((k) => k.name.zh);
    expect(lists({}, 'activity')).toEqual([
      ['list', 'C', `"${names(false).join(',')}"`],
      ['list', 'E', '"线上,线下"'],
    ]);
    expect(lists({}, 'visit')).toEqual([['list', 'C', `"${names(true).join(',')}"`]]);
    expect(lists({}, 'rectification')).toEqual([['list', 'F', '"立行立改,限期整改,长期坚持"']]);
    for (const family of families)
      // What is longer Excel calls damage.
      for (const [, , formula = ''] of lists({}, family)) expect(formula.length).toBeLessThanOrEqual(257);
    expect(lists({ unit: null }, 'headcount')).toEqual([['list', 'B', "'填写说明'!$E$2:$E$4"]]);
    const notes = read(templateWorkbook(asked('headcount', { unit: null }))).Sheets['填写说明']!;
    expect(['E2', 'E3', 'E4'].map((at) => (notes[at] as { v: string }).v)).toEqual([
      '江海引航中心',
      '东港引航站党支部',
      '西港引航站党支部',
    ]);
    expect(lists({ unit: null, year: 2019 }, 'headcount')).toEqual([['list', 'B', "'填写说明'!$E$2:$E$5"]]);
    expect(rules({}, 'headcount')).toEqual([
      ['date', 'B', '46023'],
      ['whole', 'C', '0'],
    ]);
  });

  test('days show as yyyy-mm-dd, the headings stay in view and head every printed page', () => {
    const parts = partsOf(templateWorkbook(asked('headcount')));
    const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
    expect(sheet).toMatch(/<pane ySplit="2"[^>]*state="frozen"/);
    expect(sheet).toContain('paperSize="9" orientation="landscape"');
    expect(parts['xl/workbook.xml']).toContain("'党员人数'!$1:$2</definedName>");
    const look = Number(/<col min="2"[^>]*style="(\d+)"/.exec(sheet)?.[1]);
    const xfs = [
      ...(/<cellXfs.*<\/cellXfs>/.exec(parts['xl/styles.xml'] ?? '')?.[0] ?? '').matchAll(
        /<xf numFmtId="(\d+)"/g,
      ),
    ];
    expect(xfs[look]?.[1]).toBe('164');
    expect(parts['xl/styles.xml']).toContain('formatCode="yyyy\\-mm\\-dd"');
  });

  test("a branch whose name is another's too is named by its code, and so read back", async () => {
    const groups: Unit[] = [DG, 'XG'].map((parent) => ({
      ...units[1]!,
      code: `${parent}1`,
      name: '第一党小组',
      parent,
      level: 'group' as const,
    }));
    const all = [...units, ...groups];
    const of = asked('visit', { units: all, unit: groups[0]!, year: null });
    expect(templateFileName(of)).toBe('DG1走访台账模板.xlsx');
    expect(templateFileName(asked('activity', { unit: null, year: null }))).toBe('三会一课台账模板.xlsx');
    const list = read(templateWorkbook({ ...of, unit: null })).Sheets['填写说明']!;
    expect([list['E5'], list['E6']].map((cell) => (cell as { v: string }).v)).toEqual(['DG1', 'XG1']);
  });

  test('the same question gives the same bytes', () => {
    expect(templateWorkbook(asked('visit'))).toEqual(templateWorkbook(asked('visit')));
  });
});

/** Every tag is closed in its turn. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, close, name = '', alone] of xml.matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (alone) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0 && !/&(?!amp;|lt;|gt;|quot;)/.test(xml);
}

test('the route gives a file by a name in Chinese, and says what it does not know', async () => {
  const s = await served('sqlite');
  try {
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    const reply = await s.as('leader', '/api/templates/activity?unit=A&year=2026');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toContain('spreadsheetml.sheet');
    expect(decodeURIComponent(reply.headers.get('content-disposition') ?? '')).toContain(
      "filename*=UTF-8''东港引航站党支部2026年三会一课台账模板.xlsx",
    );
    const book = read(new Uint8Array(await reply.arrayBuffer()));
    expect(book.SheetNames).toEqual(['三会一课', '填写说明']);
    expect((book.Sheets['三会一课']!['A1'] as { v: string }).v).toBe('东港引航站党支部 2026年三会一课台账');
    const status = async (path: string) => (await s.as('leader', path)).status;
    expect(await status('/api/templates/headcount?lang=en')).toBe(200);
    expect(await status('/api/templates/other')).toBe(404);
    expect(await status('/api/templates/visit?unit=NOPE')).toBe(422);
    expect(await status('/api/templates/visit?year=26')).toBe(400);
    expect((await s.ask('/api/templates/visit')).status).toBe(401);
  } finally {
    await s.close();
  }
});
