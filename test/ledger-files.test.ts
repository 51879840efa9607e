import { utils, write, type BookType, type WorkSheet } from '@e965/xlsx';
import { strToU8, unzipSync, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { judge } from './reading.ts';
import { readFile } from './reading.ts';
import { limits } from '../server/ledger/unreadable.ts';
import type { Unit } from '../shared/unit.ts';

const units: Unit[] = [
  {
    code: 'DG',
    name: '东港引航站党支部',
    parent: null,
    level: 'branch',
    openedOn: null,
    closedOn: null,
    mergedInto: null,
  },
];
const name = (type: string): string => `东港站2022年三会一课.${type}`;

function book(
  sheets: Record<string, WorkSheet>,
  { bookType = 'xlsx' as BookType, date1904 = false, hidden = [] as string[] } = {},
): Uint8Array {
  const workbook = utils.book_new();
  for (const [title, sheet] of Object.entries(sheets)) utils.book_append_sheet(workbook, sheet, title);
  workbook.Workbook = {
    WBProps: { date1904 },
    Sheets: workbook.SheetNames.map((n) => ({ name: n, Hidden: hidden.includes(n) ? 1 : 0 })),
  };
  return new Uint8Array(write(workbook, { type: 'array', bookType, compression: true }) as ArrayBuffer);
}
const table = [
  ['时间', '类型', '应到', '实到'],
  [44625, '支委会', 5, 5],
];
const sheet = (): WorkSheet => utils.aoa_to_sheet(table);
const codes = (bytes: Uint8Array, file = name('xlsx')): string[] =>
  readFile(file, bytes).problems.map((p) => p.code);

function records(file: string, bytes: Uint8Array) {
  const { sheets, problems } = readFile(file, bytes);
  const judged = judge([sheets], { units, options: {}, today: '2024-11-20' });
  return { ...judged, unread: problems, days: judged.staged.records.map((r) => r.date) };
}

describe('workbooks', () => {
  test.each<BookType>(['xlsx', 'xls', 'biff8', 'xlsm', 'xlsb'])('%s', (bookType) =>
    expect(records(name('xlsx'), book({ 表: sheet() }, { bookType })).days).toEqual(['2022-03-05']),
  );

  test('the calendar from 1904', () => {
    const s = utils.aoa_to_sheet([table[0] ?? [], [44625 - 1462, '支委会', 5, 5]]);
    expect(records(name('xlsx'), book({ 表: s }, { date1904: true })).days).toEqual(['2022-03-05']);
  });

  test('formulas give their stored results, merged cells speak for their rows, hidden sheets are not read', () => {
    const s = utils.aoa_to_sheet([
      ['东港站2022年度台账'],
      ['时间', '类型', '人数', null, '缺席人员'],
      [null, null, '应到', '实到', null],
      ['3月5日', '支委会', 5, null, '王某（在船）'],
      [null, null, null, null, '李某'],
      ['3月6日', '党员大会', 30, 30, null],
      [null, '党课', 30, 29, null],
    ]);
    s['D4'] = { t: 'n', v: 3, f: 'C4-2' };
    s['!merges'] = [
      'A1:E1',
      'C2:D2',
      'A2:A3',
      'B2:B3',
      'E2:E3',
      'A4:A5',
      'B4:B5',
      'C4:C5',
      'D4:D5',
      'A6:A7',
    ].map((r) => utils.decode_range(r));
    const { staged, problems, sheets } = records(
      name('xlsx'),
      book({ 表: s, 旧: sheet() }, { hidden: ['旧'] }),
    );
    expect(
      staged.records.map((r) => [r.date, r.kinds, r.family === 'activity' && r.figures.present]),
    ).toEqual([
      ['2022-03-05', ['committee_meeting'], 3],
      ['2022-03-06', ['general_meeting'], 30],
      ['2022-03-06', ['party_lecture'], 29],
    ]);
    expect(problems.map((p) => [p.sheet, p.code])).toEqual([['旧', 'sheet.unrecognised']]);
    expect(sheets.map((x) => [x.sheet, x.ledger, x.rows])).toEqual([
      ['表', 'activity', 3],
      ['旧', null, 0],
    ]);
  });

  test('styled rows without end with nothing in them cost nothing', () => {
    const parts = unzipSync(book({ 表: sheet() }));
    const path = 'xl/worksheets/sheet1.xml';
    const xml = new TextDecoder().decode(parts[path]);
    const empty = Array.from(
      { length: 100_000 },
      (_, i) => `<row r="${i + 10}"><c r="A${i + 10}" s="1"/><c r="B${i + 10}" s="1"/></row>`,
    ).join('');
    parts[path] = strToU8(
      xml
        .replace('</sheetData>', `${empty}</sheetData>`)
        .replace(/<dimension[^>]*>/, '<dimension ref="A1:XFD1048576"/>'),
    );
    const bytes = zipSync(parts);
    const begun = performance.now();
    expect(records(name('xlsx'), bytes).days).toEqual(['2022-03-05']);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('what cannot be seen is taken out of text', () => {
    const s = utils.aoa_to_sheet([...table.slice(0, 1), [44625, '支\u200b委\u202e会', 5, 5]]);
    expect(records(name('xlsx'), book({ 表: s })).staged.records[0]?.kinds).toEqual(['committee_meeting']);
  });

  test('a sheet may be called anything', () =>
    expect(records(name('xlsx'), book({ ['__proto__ ']: sheet(), constructor: sheet() })).unread).toEqual(
      [],
    ));
});

describe('text files', () => {
  const text =
    '时间,类型,主题,应到,实到\n2022-3-5,支委会,"研究\n""计划"",部署",5,5\n2022-3-6,党课,讲课,30,若干\n';
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  test.each<[string, Uint8Array]>([
    ['UTF-8', strToU8(text)],
    ['UTF-8 with a mark', strToU8(`\ufeff${text}`)],
    ['UTF-16', wide],
    ['GB18030', iconv.encode(text, 'gb18030')],
    [
      'two encodings mixed',
      Buffer.concat([
        iconv.encode(text.split('\n')[0] ?? '', 'gb18030'),
        strToU8(text.slice(text.indexOf('\n'))),
      ]),
    ],
    ['tabs', strToU8(text.replace(/,(?!部署)/g, '\t'))],
    ['semicolons', strToU8(text.replace(/,(?!部署)/g, ';'))],
    ['a stated separator', strToU8(`sep=;\n${text.replace(/,(?!部署)/g, ';')}`)],
    ['Windows line ends', strToU8(text.replace(/\n/g, '\r\n'))],
    ['a workbook by name', strToU8(text)],
  ])('%s', (form, bytes) => {
    const { staged, problems } = records(name(form === 'a workbook by name' ? 'xls' : 'csv'), bytes);
    expect(staged.records.map((r) => [r.date, r.title])).toEqual([
      ['2022-03-05', '研究\n"计划",部署'],
      ['2022-03-06', '讲课'],
    ]);
    // The third logical row, though the fourth line.
    expect(problems.map((p) => [p.cell, p.code])).toEqual([['E3', 'count.unknown']]);
  });
});

describe('what is no ledger is one problem, never a crash', () => {
  const good = book({ 表: sheet() });
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['a renamed program', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(500)])],
    ['a PDF', strToU8('%PDF-1.7 ...')],
    ['a cut workbook', good.slice(0, good.length / 2)],
    ['a cut old workbook', book({ 表: sheet() }, { bookType: 'xls' }).slice(0, 700)],
    ['a zip of something else', zipSync({ 'word/document.xml': strToU8('<w/>') })],
    ['noise', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)],
    ['a web page', strToU8('<html><table><tr><td>时间</td></tr></table></html>')],
    [
      'a workbook without sheets',
      zipSync({
        '[Content_Types].xml': strToU8('<Types/>'),
        'xl/workbook.xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'),
      }),
    ],
  ])('%s', (_, bytes) => expect(codes(bytes)).toEqual(['file.unreadable']));

  test('a bomb is not unpacked, whether or not it says its size', () => {
    const size = 3 * 1024 * 1024;
    const bounds = { ...limits, unpacked: 1024 * 1024 };
    const codesOf = (bytes: Uint8Array): string[] =>
      readFile(name('xlsx'), bytes, bounds).problems.map((p) => p.code);
    const bomb = zipSync({ ...unzipSync(good), 'xl/worksheets/sheet1.xml': new Uint8Array(size) });
    expect(codesOf(bomb)).toEqual(['file.too_large']);
    // The directory's statement of the size, made small.
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    for (let i = 0; i < bomb.length - 4; i++)
      if (view.getUint32(i, true) === size) view.setUint32(i, 1000, true);
    expect(codesOf(bomb)).toEqual(['file.too_large']);
  });

  test('more cells than a ledger has are too many', () =>
    expect(readFile(name('xlsx'), good, { ...limits, cells: 7 }).problems.map((p) => p.code)).toEqual([
      'file.too_large',
    ]));

  test('a file over the limit is too large, whatever is in it', () =>
    expect(readFile(name('xlsx'), good, { ...limits, bytes: 500 }).problems).toMatchObject([
      { code: 'file.too_large', message: { en: 'the file is larger than 0 MB (setting IMPORT_MAX_BYTES)' } },
    ]));
});

test('text under the name of a workbook is no workbook; under .xls it is read, as Excel does', () => {
  const text = new TextEncoder().encode('时间,类型,应到\n2022-3-5,支委会,5\n');
  expect(readFile('台账.xlsx', text).problems.map((p) => p.code)).toEqual(['file.unreadable']);
  expect(readFile('台账.xls', text).sheets[0]?.rows.length).toBe(2);
});
