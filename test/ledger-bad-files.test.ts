import { CFB, utils, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { judge } from './reading.ts';
import { readFile } from './reading.ts';
import { limits } from '../server/ledger/unreadable.ts';
import type { Unit } from '../shared/unit.ts';

// Files made to break the reader or to keep it busy: each is refused by name, or read like any other, and soon.

const unit: Unit = {
  code: 'DG',
  name: '东港引航站党支部',
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
};
const sheetPath = 'xl/worksheets/sheet1.xml';
const head = '时间,类型,应到,实到';

/** A workbook of one good row, whose parts are changed before they are packed. */
function workbook(change: (parts: Record<string, Uint8Array>, sheet: string) => void): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([head.split(','), [44625, '支委会', 5, 5]]), '表');
  const parts = unzipSync(new Uint8Array(write(book, { type: 'array' }) as ArrayBuffer));
  change(parts, strFromU8(parts[sheetPath] ?? new Uint8Array()));
  return zipSync(parts, { level: 1 });
}
const withRows = (rows: string): Uint8Array =>
  workbook((parts, sheet) => {
    parts[sheetPath] = strToU8(sheet.replace('</sheetData>', `${rows}</sheetData>`));
  });
const filledRow = (n: number): string =>
  `<row r="${n}">${['A', 'B', 'C', 'D', 'E'].map((c) => `<c r="${c}${n}"><v>1</v></c>`).join('')}</row>`;
const list = (length: number, each: (i: number) => string): string =>
  Array.from({ length }, (_, i) => each(i)).join('');

function read(bytes: Uint8Array, bounds = limits) {
  const begun = performance.now();
  const isWorkbook = [0x50, 0xd0].includes(bytes[0] ?? 0);
  const { sheets, problems } = readFile(`东港站2022年三会一课.${isWorkbook ? 'xlsx' : 'csv'}`, bytes, bounds);
  const judged = judge([sheets], { units: [unit], options: {}, today: '2026-11-20' });
  return {
    codes: problems.map((p) => p.code),
    days: judged.staged.records.map((r) => r.date),
    problems: judged.problems,
    titles: JSON.stringify(judged.staged),
    took: performance.now() - begun,
  };
}
const good = ['2022-03-05'];

describe('workbooks that are read all the same', () => {
  const cases: [what: string, bytes: () => Uint8Array][] = [
    [
      'empty cells with an empty value',
      () => withRows(list(1_000_000, (i) => `<row r="${i + 3}"><c r="A${i + 3}" s="1"><v></v></c></row>`)),
    ],
    [
      'rows past the end of a sheet',
      () => withRows('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
    ],
    [
      'a link to another file',
      () =>
        workbook((parts) => {
          parts['xl/externalLinks/externalLink1.xml'] = strToU8('<externalLink/>');
          parts['xl/externalLinks/_rels/externalLink1.xml.rels'] = strToU8(
            '<Relationships><Relationship Id="rId1" Type="x" Target="http://127.0.0.1:1/x" TargetMode="External"/></Relationships>',
          );
        }),
    ],
    [
      'parts named to leave their folder',
      () =>
        workbook((parts) => {
          parts['../../../../tmp/x'] = strToU8('x');
          parts['/etc/passwd'] = strToU8('x');
        }),
    ],
    [
      'merged cells over the whole sheet, many times',
      () =>
        workbook((parts, sheet) => {
          const merges = '<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000);
          parts[sheetPath] = strToU8(
            sheet.replace('</sheetData>', `</sheetData><mergeCells>${merges}</mergeCells>`),
          );
        }),
    ],
  ];
  test.each(cases)('%s', (_, bytes) => {
    const found = read(bytes());
    expect([found.codes, found.days]).toEqual([[], good]);
    expect(found.took).toBeLessThan(30_000);
  });

  test('deep and shared formulas are not followed', () => {
    const deep = `${'('.repeat(30_000)}1${')'.repeat(30_000)}`;
    const shared = list(
      5000,
      (i) => `<row r="${i + 4}"><c r="A${i + 4}"><f t="shared" si="0"/><v>44626</v></c></row>`,
    );
    const found = read(
      withRows(
        `<row r="3"><c r="A3"><f t="shared" ref="A3:XFD1048576" si="0">${deep}</f><v>44626</v></c></row>${shared}`,
      ),
    );
    expect([found.codes, found.days]).toEqual([[], good]);
    expect(found.took).toBeLessThan(10_000);
  });

  test('entities are not expanded, and no file is opened for them', () => {
    const doctype =
      '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const found = read(
      workbook((parts, sheet) => {
        const row =
          '<row r="3"><c r="A3"><v>44626</v></c><c r="B3" t="str"><v>支委会</v></c><c r="C3" t="str"><v>&b;</v></c><c r="D3" t="str"><v>&f;</v></c></row>';
        parts[sheetPath] = strToU8(
          sheet.replace('<worksheet', `${doctype}<worksheet`).replace('</sheetData>', `${row}</sheetData>`),
        );
      }),
    );
    // What a workbook may not hold is not read over.
    expect([found.codes, found.days]).toEqual([['file.unreadable'], []]);
    expect(JSON.stringify([found.problems, found.titles])).not.toMatch(/aaaaaaaaaa|root:/);
  });
});

describe('workbooks that are refused', () => {
  const part = (name: string, content: string): Uint8Array =>
    workbook((parts) => void (parts[name] = strToU8(content)));
  test.each<[what: string, code: string, bytes: () => Uint8Array]>([
    [
      'more cells than a ledger has, before they are parsed',
      'file.too_large',
      () => withRows(list(11_000, (i) => filledRow(i + 3))),
    ],
    [
      'styles without end',
      'file.too_large',
      () => part('xl/styles.xml', `<styleSheet>${'<xf/>'.repeat(40_000)}</styleSheet>`),
    ],
    [
      'sheets without end',
      'file.too_large',
      () =>
        workbook((parts) => {
          const path = 'xl/workbook.xml';
          const one = /<sheet [^>]*>/;
          const text = strFromU8(parts[path] ?? new Uint8Array());
          parts[path] = strToU8(
            text.replace(one, (s) => list(60, (i) => s.replace(/name="[^"]*"/, `name="s${i}"`))),
          );
        }),
    ],
  ])('%s', (_, code, bytes) => {
    const found = read(bytes(), { ...limits, cells: 50_000, beside: 100_000, sheets: 50 });
    expect([found.codes, found.days]).toEqual([[code], []]);
    expect(found.took).toBeLessThan(5000);
  });

  const compound = (streams: Readonly<Record<string, number>>): Uint8Array => {
    const file = CFB.utils.cfb_new();
    for (const [path, size] of Object.entries(streams)) CFB.utils.cfb_add(file, path, Buffer.alloc(size, 9));
    return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer);
  };
  test('with a password, by name', () => {
    const bytes = compound({ '/EncryptionInfo': 200, '/EncryptedPackage': 5000 });
    const [problem] = readFile('a.xlsx', bytes).problems;
    expect([problem?.code, problem?.message.zh]).toEqual(['file.unreadable', '文件有密码，请去掉密码后再交']);
  });
  test('a text document of the same wrapping', () =>
    expect(read(compound({ '/WordDocument': 5000 })).codes).toEqual(['file.unreadable']));
});

test('a damaged old workbook is given up after seconds, though its parser would go on for minutes', () => {
  const book = utils.book_new();
  const rows = Array.from({ length: 30 }, (_, i) => [44562 + i * 7, '支委会', `t${i}`, 5, 5]);
  utils.book_append_sheet(book, utils.aoa_to_sheet([['时间', '类型', '主题', '应到', '实到'], ...rows]), 'a');
  const bytes = new Uint8Array(write(book, { type: 'array', bookType: 'biff5' }) as ArrayBuffer);
  // A part of the file once more in a later place, as a bad copy leaves it.
  bytes.copyWithin(3796, 3087);
  const found = read(bytes);
  expect(found.codes).toEqual(['file.unreadable']);
  expect(found.took).toBeLessThan(15_000);
}, 30_000);

describe('text files', () => {
  test.each<[what: string, bytes: Uint8Array]>([
    ['nothing but line ends', Buffer.alloc(1_000_000, '\n')],
    ['nothing but quotes', Buffer.alloc(1_000_000, '"')],
    ['one open quote', Buffer.concat([Buffer.from('"'), Buffer.alloc(1_000_000, 'a')])],
    ['thousands of headings in a row', Buffer.from(`${'时间,类型,'.repeat(4000)}\n`.repeat(10))],
    ['UTF-32', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.alloc(400, 1)])],
  ])('%s are no ledger', (_, bytes) => {
    const found = read(bytes);
    expect([found.codes, found.problems.map((p) => p.code), found.days]).toEqual([
      [],
      ['sheet.unrecognised'],
      [],
    ]);
    expect(found.took).toBeLessThan(5000);
  });

  test('more columns than a spreadsheet has are too many', () =>
    expect(read(Buffer.alloc(1_000_000, ',')).codes).toEqual(['file.too_large']));

  test('UTF-16 without its mark, and half a character, are refused or read', () => {
    const text = `${head}\n2022-3-5,支委会,5,5\n`;
    expect(read(Buffer.from(text.repeat(5), 'utf16le')).codes).toEqual(['file.unreadable']);
    const odd = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le'), Buffer.from([1])]);
    expect(read(odd).days).toEqual(good);
  });

  test('ten thousand bad rows are each listed, and the good one is taken', () => {
    const found = read(Buffer.from(`${head}\n${'x,y\n'.repeat(10_000)}2022-3-5,支委会,5,5\n`));
    expect(found.days).toEqual(good);
    expect(new Set(found.problems.map((p) => p.row)).size).toBe(10_000);
    expect(found.took).toBeLessThan(5000);
  });
});

test('names of a prototype are words like any other', () => {
  const found = read(
    Buffer.from(
      `党支部,时间,类型,主题,__proto__,constructor\n__proto__,2022-1-5,支委会,a,1,1\nDG,2022-1-6,constructor,a,1,1\nDG,2022-3-5,支委会,__proto__,1,1\n`,
    ),
  );
  expect(found.days).toEqual(good);
  expect(found.problems.map((p) => `${p.cell} ${p.code}`)).toEqual([
    'E1 heading.unknown',
    'F1 heading.unknown',
    'A2 unit.unknown',
    'C3 kind.unknown',
  ]);
  expect(({} as Record<string, unknown>)['1']).toBeUndefined();
});
