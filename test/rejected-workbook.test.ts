import { read, utils, write } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { readFile } from './reading.ts';
import { cellTexts } from '../server/ledger/sheet.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, listImports, undoImport } from '../server/queries/imports.ts';
import { importUnits, listUnits } from '../server/queries/units.ts';
import type { RejectedRow, RejectedTable } from '../server/workbooks/rejected-table.ts';
import { rejectedWorkbook } from '../server/workbooks/rejected.ts';
import type { ImportReply } from '../shared/imports.ts';
import type { Unit } from '../shared/unit.ts';
import { freshDatabase } from './engines.ts';

const world = { now: () => new Date('2026-11-26T08:00:00Z'), actor: 'office' };
const units =
  'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,,,\nDG,东港引航站党支部,JH,branch,,,\nXG,西港引航站党支部,JH,branch,,,\n';
type LedgerFile = { readonly name: string; readonly bytes: Uint8Array };
const csv = (name: string, text: string): LedgerFile => ({ name, bytes: new TextEncoder().encode(text) });
const columnOf = (cell: string | null): number | null => (cell === null ? null : utils.decode_cell(cell).c);

/** The rows of the first sheet that the report finds errors in, as the import's owner will hand them over. */
function tableOf(
  file: LedgerFile,
  report: ImportReply,
  shape: { title: number; header: number },
): RejectedTable {
  const [sheet] = readFile(file.name, file.bytes).sheets;
  const [found] = report.sheets;
  if (!sheet || !found?.ledger) throw new Error('no ledger was recognised');
  const lines = sheet.rows.map((row) => ({ row: row.row + 1, cells: cellTexts(row.cells) }));
  const of = (row: number) => report.problems.filter((p) => p.row === row);
  return {
    file: file.name,
    sheet: sheet.name,
    title:
      lines
        .slice(0, shape.title)
        .map((l) => l.cells.join(' ').trim())
        .join('\n') || null,
    ledger: found.ledger,
    unit: found.unit,
    from: found.from,
    to: found.to,
    byHand: false,
    header: lines.slice(shape.title, shape.title + shape.header).map((l) => l.cells),
    rows: lines
      .filter(({ row }) => of(row).some((p) => p.severity === 'error'))
      .map(({ row, cells }) => ({
        row,
        cells,
        problems: of(row).map(({ cell, code, message, severity }) => ({
          column: columnOf(cell),
          code,
          message,
          severity,
        })),
      })),
  };
}

const openOut = (bytes: Uint8Array) => {
  const book = read(bytes, { cellStyles: true });
  const rows = (name = book.SheetNames[0] ?? '') =>
    utils.sheet_to_json<string[]>(book.Sheets[name]!, { header: 1, defval: '' });
  return {
    book,
    rows,
    /** Writes into the sheet as a clerk would, and saves the file under a name that says nothing. */
    save: (put: Readonly<Record<string, string | number>>): LedgerFile => {
      const sheet = book.Sheets[book.SheetNames[0] ?? '']!;
      for (const [cell, value] of Object.entries(put))
        utils.sheet_add_aoa(sheet, [[value]], { origin: cell });
      return {
        name: '退回.xlsx',
        bytes: new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
      };
    },
  };
};

describe('rejected rows', () => {
  let db: Db;
  let close = async (): Promise<void> => {};
  let list: Unit[] = [];
  beforeAll(async () => {
    ({ db, close } = await freshDatabase('sqlite'));
    await importUnits(db, new TextEncoder().encode(units), 'units.csv');
    list = await listUnits(db);
  });
  afterAll(() => close());
  beforeEach(async () => {
    for (const { id, status } of await listImports(db))
      if (status === 'checked' || status === 'committed') await undoImport(db, id);
  });
  const check = (file: LedgerFile) => checkImport(db, { files: [file] }, world);
  const take = async (file: LedgerFile): Promise<ImportReply> => {
    const report = await check(file);
    await commitImport(db, report.id, world);
    return report;
  };
  const give = (...tables: RejectedTable[]) => rejectedWorkbook(tables, { lang: 'zh', units: list });
  const stored = async () => ({
    records: (
      await db.selectFrom('activity').select(['title', 'date', 'present']).orderBy('date').execute()
    ).map((r) => ({ ...r })),
    contradictions: (await db.selectFrom('contradiction').select('code').execute()).map((c) => c.code).sort(),
  });

  const meetings = csv(
    '东港站2025年三会一课.csv',
    '序号,时间,类型,主题,应到,实到\n1,3月5日,支委会,一月,5,5\n2,2025-4-6,支委会,二月,5,6\n3,2025-4-31,主题党日,三月,30,25\n4,5月7日,开大会啦,四月,30,25\n5,2025-6-7,党课,五月,30,一堆\n',
  );

  test('corrected, every row that was left out is taken, and none twice', async () => {
    const report = await take(meetings);
    expect(report.sheets).toMatchObject([{ accepted: 1, rejected: 4 }]);
    const before = await stored();
    const out = openOut(give(tableOf(meetings, report, { title: 0, header: 1 })));
    expect(out.rows().map((r) => r.slice(0, 7))).toEqual([
      // The file's name spoke for branch and year, and a file may be renamed.
      ['东港引航站党支部 2025年三会一课台账', '', '', '', '', '', ''],
      ['序号', '时间', '类型', '主题', '应到', '实到', '原行号'],
      ['2', '2025-4-6', '支委会', '二月', '5', '6', '3'],
      ['3', '2025-4-31', '主题党日', '三月', '30', '25', '4'],
      ['4', '5月7日', '开大会啦', '四月', '30', '25', '5'],
      ['5', '2025-6-7', '党课', '五月', '30', '一堆', '6'],
    ]);
    expect(
      out
        .rows()
        .slice(1)
        .map((r) => r[7]),
    ).toEqual([
      '退回原因',
      '实到：实到 6 多于应到 5。核对应到和实到，改正写错的一个。',
      '时间：没有“2025-4-31”这一天。改成真实的日期，如 2026-3-5。',
      '类型：不认识的类型“开大会啦”。改用规范名称，如“支部党员大会”“主题党日”“党课”。',
      '实到：“一堆”不是数。写整数；不知道的留空或写 *，约数写“50余”。',
    ]);
    const again = await take(out.save({ F3: 5, B4: 45776, C5: '党员大会', F6: '28' }));
    expect(again.problems).toEqual([]);
    expect(again.sheets).toMatchObject([
      { unit: 'DG', from: '2025-01', to: '2025-12', rows: 4, accepted: 4 },
    ]);
    const after = await stored();
    expect(after.records.map((r) => [r.title, r.date, r.present])).toEqual([
      ['一月', '2025-03-05', 5],
      ['二月', '2025-04-06', 5],
      ['三月', '2025-04-29', 25],
      ['四月', '2025-05-07', 25],
      ['五月', '2025-06-07', 28],
    ]);
    expect(after.contradictions).toEqual(before.contradictions);
    // Sent a third time it adds nothing.
    expect((await take(out.save({}))).sheets).toMatchObject([{ accepted: 0, duplicates: 4 }]);
    expect(await stored()).toEqual(after);
  });

  test('sent back as it is, it says the same again and contradicts nobody twice', async () => {
    const report = await take(meetings);
    const before = await stored();
    expect(before.contradictions).toEqual(['date.invalid', 'present_gt_expected']);
    const first = give(tableOf(meetings, report, { title: 0, header: 1 }));
    const file = { name: '退回.xlsx', bytes: first };
    const again = await take(file);
    expect(again.problems.map((p) => [p.code, p.cell])).toEqual([
      ['present_gt_expected', 'F3'],
      ['date.invalid', 'B4'],
      ['kind.unknown', 'C5'],
      ['count.invalid', 'F6'],
    ]);
    expect(await stored()).toEqual(before);
    // Returned once more it has our two columns once.
    const second = openOut(give(tableOf(file, again, { title: 1, header: 1 })));
    expect(second.rows()[0]?.[0]).toBe('东港引航站党支部 2025年三会一课台账');
    expect(second.rows()[1]).toEqual(['序号', '时间', '类型', '主题', '应到', '实到', '原行号', '退回原因']);
    expect(
      second
        .rows()
        .slice(2)
        .map((r) => r[6]),
    ).toEqual(['3', '4', '5', '6']);
  });

  test('a row that the clerk has emptied is no row', async () => {
    const report = await check(meetings);
    const out = openOut(give(tableOf(meetings, report, { title: 0, header: 1 })));
    const empty = Object.fromEntries(['A3', 'B3', 'C3', 'D3', 'E3', 'F3'].map((at) => [at, '']));
    expect((await check(out.save({ ...empty, B4: '2025-4-30', C5: '党课', F6: 1 }))).sheets).toMatchObject([
      { rows: 3, accepted: 3, rejected: 0 },
    ]);
  });

  test('the title that says unit and months stays, with the headings of two rows', async () => {
    const sheet = utils.aoa_to_sheet([
      ['东港站2025年第一季度组织生活台账'],
      ['填报人：支部'],
      ['日期', '类型', '人数', '', '请假', '', '备注'],
      ['', '', '应到', '实到', '病假', '事假', ''],
      ['2025-1-5', '支委会', 5, 9, 0, 0, ''],
      ['2025-2-5', '支委会', 5, 4, 1, 0, ''],
    ]);
    sheet['!merges'] = ['A1:G1', 'C3:D3', 'E3:F3', 'A3:A4', 'B3:B4'].map((ref) => utils.decode_range(ref));
    const bytes = new Uint8Array(
      write(
        { SheetNames: ['台账'], Sheets: { 台账: sheet } },
        { type: 'array', bookType: 'xlsx' },
      ) as ArrayBuffer,
    );
    const file = { name: '甲.xlsx', bytes };
    const report = await check(file);
    expect(report.sheets).toMatchObject([
      { unit: 'DG', from: '2025-01', to: '2025-03', rows: 2, rejected: 1 },
    ]);
    const out = openOut(give(tableOf(file, report, { title: 2, header: 2 })));
    expect(out.book.SheetNames).toEqual(['台账']);
    expect(
      out
        .rows()
        .slice(0, 2)
        .map((r) => r[0]),
    ).toEqual(['东港站2025年第一季度组织生活台账', '填报人：支部']);
    const again = await check(out.save({ D5: 4, E5: 1 }));
    expect(again.problems).toEqual([]);
    expect(again.sheets).toMatchObject([
      { unit: 'DG', from: '2025-01', to: '2025-03', rows: 1, accepted: 1 },
    ]);
    await commitImport(db, again.id, world);
    expect(
      await db.selectFrom('activity').select(['present', 'excused', 'unexcused']).execute(),
    ).toMatchObject([{ present: 4, excused: 1 }]);
  });

  test("a kind that the file's name gave to all rows is kept", async () => {
    const file = csv('东港站2025年支委会.csv', '时间,主题,应到,实到\n2025-4-6,甲,5,6\n');
    const out = openOut(give(tableOf(file, await check(file), { title: 0, header: 1 })));
    expect(out.rows()[0]?.[0]).toBe('东港引航站党支部 2025年支部委员会台账');
    const again = await take(out.save({ D3: 5 }));
    expect(again.problems).toEqual([]);
    expect(await db.selectFrom('activity_kind').select('kind').execute()).toEqual([
      { kind: 'committee_meeting' },
    ]);
  });

  test('what was stated by hand holds over a title that says otherwise', async () => {
    const file = csv(
      '西港站2024年台账.csv',
      '西港站2024年度台账,,,\n时间,类型,应到,实到\n4月6日,支委会,5,6\n',
    );
    const given = { unit: 'DG', from: '2025-01', to: '2025-06' };
    const report = await checkImport(db, { files: [file], ...given }, world);
    const table = { ...tableOf(file, report, { title: 1, header: 1 }), byHand: true };
    expect(table).toMatchObject(given);
    const out = openOut(give(table));
    expect([out.book.SheetNames, out.rows()[0]?.[0]]).toEqual([
      ['三会一课'],
      '东港引航站党支部 2025年1-6月三会一课台账',
    ]);
    expect((await check(out.save({ D3: 5 }))).sheets).toMatchObject([{ ...given, accepted: 1 }]);
  });

  test('what no title can say is left to the rows', async () => {
    const file = csv(
      '台账.csv',
      '支部,时间,类型,应到,实到\n东港站,2025-4-6,支委会,5,6\n西港站,2025-5-6,支委会,5,6\n',
    );
    const table = tableOf(file, await check(file), { title: 0, header: 1 });
    expect(table.unit).toBeNull();
    const out = openOut(give(table));
    expect(out.rows()[0]?.[0]).toBe('2025年4-5月三会一课台账');
    expect((await check(out.save({ E3: 5, E4: 4 }))).sheets).toMatchObject([
      { unit: null, from: '2025-04', to: '2025-05', accepted: 2 },
    ]);
  });

  const plain = (
    more: Partial<RejectedTable> = {},
    rows: readonly Partial<RejectedRow>[] = [],
  ): RejectedTable => ({
    file: '甲.xlsx',
    sheet: '表',
    title: null,
    ledger: 'activity',
    unit: 'DG',
    from: '2025-01',
    to: '2025-12',
    byHand: false,
    header: [['日期', '类型', '主题', '应到', '实到']],
    rows: rows.map((row, i) => ({ row: i + 3, cells: [], problems: [], ...row })),
    ...more,
  });
  const partsOf = (bytes: Uint8Array): Record<string, string> =>
    Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));

  test('no cell is ever a formula, whatever it begins with', () => {
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '＝1+1',
      '＋1',
      '－1',
      '＠A',
      "=cmd|' /C calc'!A0",
      '_x003D_1',
      '<a>&"',
    ];
    const rows = texts.map((text) => ({
      cells: ['2025-01-05', '支委会', text, '12', '5'],
      problems: [
        { column: 2, code: 'count.invalid', message: { zh: text, en: text }, severity: 'error' } as const,
      ],
    }));
    const bytes = give(plain({ title: '=东港站2025年', sheet: '=表' }, rows));
    const xml = partsOf(bytes)['xl/worksheets/sheet1.xml'] ?? '';
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml).not.toMatch(/<v>/);
    expect(new Set([...xml.matchAll(/<c [^>]*?t="(\w+)"/g)].map((m) => m[1]))).toEqual(
      new Set(['inlineStr']),
    );
    const book = read(bytes, { cellFormula: true, cellNF: true });
    const sheet = book.Sheets[book.SheetNames[0] ?? '']!;
    expect(
      texts.map((_, i) => [
        (sheet[`C${i + 3}`] as { v: string }).v,
        (sheet[`C${i + 3}`] as { f?: string }).f,
      ]),
    ).toEqual(texts.map((text) => [text, undefined]));
    // Text format: typed over in a spreadsheet, it stays text.
    expect(texts.map((_, i) => (sheet[`C${i + 3}`] as { z?: string }).z)).toEqual(texts.map(() => '@'));
  });

  test('a cell at fault is light red, a doubtful one yellow, and each says why and what to do', () => {
    const problems = [
      {
        column: 4,
        code: 'present_gt_expected',
        message: { zh: '实到多于应到', en: 'more present' },
        severity: 'error',
      },
      {
        column: 0,
        code: 'date.approximate',
        message: { zh: '按 1 日计', en: 'counts as the 1st' },
        severity: 'warning',
      },
      { column: null, code: 'unit.unknown', message: { zh: '看不出支部', en: 'no unit' }, severity: 'error' },
    ] as const;
    const table = plain({}, [{ cells: ['1月', '支委会', '', '5', '6'], problems }]);
    const book = read(give(table), { cellStyles: true });
    const cell = (at: string) =>
      book.Sheets['表']![at] as { v?: string; s?: { fgColor?: { rgb: string } }; c?: { t: string }[] };
    expect([cell('E3'), cell('A3')].map((c) => [c.s?.fgColor?.rgb, c.c?.map((n) => n.t)])).toEqual([
      ['FBDAD7', ['实到多于应到。核对应到和实到，改正写错的一个。']],
      ['FFF3C9', ['按 1 日计']],
    ]);
    expect(cell('B3').c).toBeUndefined();
    expect(cell('G3').v).toBe(
      '实到：实到多于应到。核对应到和实到，改正写错的一个。\n看不出支部。写支部全称；没有支部列的，写在标题里。\n日期：按 1 日计',
    );
    const english = read(rejectedWorkbook([table], { lang: 'en', units: list })).Sheets['表']!;
    expect((english['G3'] as { v: string }).v).toContain('实到: more present. Check both figures');
  });

  test('sheets have names that Excel takes, each its own', () => {
    const names = [
      '三会一课',
      '三会一课',
      'A/B:C*?[1]\\',
      "'引号'",
      '',
      'History',
      '很长的名字'.repeat(8),
      '很长的名字'.repeat(8),
    ];
    const book = read(give(...names.map((sheet) => plain({ sheet }))));
    expect(book.SheetNames).toEqual([
      '三会一课',
      '三会一课 (2)',
      'A_B_C___1__',
      '引号',
      '三会一课 (3)',
      '三会一课 (4)',
      '很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很',
      '很长的名字很长的名字很长的名字很长的名字很长的名字很长 (2)',
    ]);
    for (const name of book.SheetNames) expect(name.length).toBeLessThanOrEqual(31);
  });

  test('ten thousand rows are written in under three seconds', () => {
    const message = { zh: '实到 6 多于应到 5', en: '6 present of 5 expected' };
    const table = plain(
      {},
      Array.from({ length: 10_000 }, (_, i) => ({
        cells: ['2025-01-05', '支委会', `主题${i}`, '5', '6', '备注', '地点', '', '', '一段较长的文字'],
        problems: [{ column: 4, code: 'present_gt_expected', message, severity: 'error' } as const],
      })),
    );
    // Time of the processor: the machine may have other things to do.
    const start = process.cpuUsage();
    const bytes = give(table);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(3);
    const parts = partsOf(bytes);
    expect(parts['xl/worksheets/sheet1.xml']?.match(/<row /g)).toHaveLength(10_002);
    // The reader takes no part over 8 MB beside the sheets; the reason stands in its column in any case.
    expect(parts['xl/comments1.xml']?.match(/<comment /g)).toHaveLength(5000);
    expect(parts['xl/comments1.xml']?.length).toBeLessThan(2_000_000);
    expect(parts['xl/drawings/vmlDrawing1.vml']).toContain('data="1,2,3,4,5"');
  });
});
