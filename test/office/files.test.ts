import * as XLSX from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { officeFile, officeFormats, type OfficeFormat } from '../../server/snapshot/office/office.ts';
import type { Sealed } from '../../server/snapshot/sealed.ts';
import { compare } from '../../shared/charts/compare.ts';
import { formatState } from '../../shared/format.ts';
import { madeInput, madeTree } from '../charts/made.ts';
import { cases, oneOfEach } from './cases.ts';
import { isXml, partsOf, readBook, textOf, wellFormed, type Parts } from './reading.ts';
import { proof, sealOf } from '../sealed.ts';

/** Made once, and read by several tests. */
const made = new Map<string, Promise<Uint8Array>>();
function fileOf(format: OfficeFormat, name: string, sealed: Sealed): Promise<Uint8Array> {
  const key = `${name}.${format}`;
  const known = made.get(key) ?? officeFile(format, sealed, proof);
  made.set(key, known);
  return known;
}

const xmlOf = (parts: Parts): [string, string][] =>
  Object.keys(parts)
    .filter(isXml)
    .map((name) => [name, textOf(parts, name)]);
/** All words of a file, without its markup. */
const wordsOf = (parts: Parts): string =>
  xmlOf(parts)
    .map(([, xml]) =>
      xml
        .replace(/<[^>]+>/g, '\n')
        .replaceAll('&amp;', '&')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"'),
    )
    .join('\n');

describe.each([...oneOfEach('zh'), ...oneOfEach('en')])('$name', ({ name, sealed: plain, lang }) => {
  // Its facts are said anew: the note is one of them.
  const sealed = { ...plain, facts: null, note: { zh: '附注一行', en: 'a note' }[lang] };
  test.each(officeFormats)(
    '%s: every part is well formed, and all that a reader needs is told',
    async (format) => {
      const parts = partsOf(await fileOf(format, name, sealed));
      for (const [, xml] of xmlOf(parts)) wellFormed(xml);
      const words = wordsOf(parts);
      for (const said of [
        sealed.title,
        sealed.says,
        sealed.id,
        sealed.maker,
        sealed.note,
        sealed.kpi.definition[lang],
        proof.sha256,
        proof.link,
        '2025-10-08 02:30 UTC',
        { zh: '演示数据', en: 'demonstration data' }[lang],
        '江海引航中心',
      ])
        expect(words).toContain(said);
      expect(textOf(parts, 'docProps/core.xml')).toContain('>2025-10-08T02:30:00Z<');
      // Every part that is named is there.
      const overrides = [...textOf(parts, '[Content_Types].xml').matchAll(/PartName="\/([^"]+)"/g)].map(
        ([, name]) => name!,
      );
      for (const part of overrides) expect(Object.keys(parts)).toContain(part);
    },
  );

  test('the workbook holds every sealed cell with both halves and its state in words', async () => {
    const book = readBook(await fileOf('xlsx', name, sealed));
    const rows = XLSX.utils.sheet_to_json<(string | number | null)[]>(
      book.Sheets[{ zh: '明细', en: 'Cells' }[lang]]!,
      { header: 1, defval: null, raw: true },
    );
    const cells = sealed.answers.flatMap((a) => a.cells);
    expect(rows).toHaveLength(cells.length + 1);
    cells.forEach((cell, i) => {
      const row = rows[i + 1]!;
      expect([row[1], row[3], ...row.slice(7, 8), ...row.slice(9)]).toEqual([
        cell.unit,
        cell.period,
        cell.value,
        cell.numerator,
        cell.denominator,
        cell.records,
        cell.unknown,
        cell.coverage.covered,
        cell.coverage.due,
        formatState(cell, lang, sealed.state),
      ]);
    });
  });

  test('the workbook’s first sheet is the sealed table: bare figures, else words', async () => {
    const book = readBook(await fileOf('xlsx', name, sealed));
    const sheet = book.Sheets[book.SheetNames[0]!]!;
    sealed.table.rows.forEach((row, y) => {
      expect(sheet[XLSX.utils.encode_cell({ r: y + 5, c: 0 })]?.v).toBe(row.label);
      row.cells.forEach((cell, x) => {
        const found = sheet[XLSX.utils.encode_cell({ r: y + 5, c: x + 1 })];
        expect(found?.v ?? '').toBe(cell.value ?? cell.text);
        // A figure over too few is seen as its fraction.
        if (/^\d+\/\d+$/.test(cell.text)) expect(found?.w).toBe(cell.text);
        expect(found?.t ?? 'z').toBe(cell.value !== undefined ? 'n' : cell.text === '' ? 'z' : 's');
      });
    });
  });

  test('the document’s and the slides’ tables say the same words, row for row', async () => {
    for (const format of ['docx', 'pptx'] as const) {
      const words = wordsOf(partsOf(await fileOf(format, name, sealed)));
      for (const row of sealed.table.rows.slice(0, 15)) expect(words).toContain(row.label);
      for (const { text, state } of sealed.table.rows.slice(0, 10).flatMap((row) => row.cells))
        if (state !== undefined && text.startsWith('— ')) expect(words).toContain(text);
    }
  });
});

const hostile = [
  '=1+1',
  '+cmd',
  '-2+3',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '=HYPERLINK("http://x")',
];
describe('names that would be formulas', () => {
  const tree = madeTree(0, Object.fromEntries(hostile.map((name, i) => [`S${i + 1}`, { name }])));
  const input = madeInput(
    compare,
    { kpi: 'study_sessions' },
    ({ unit, period }) => ({ numerator: period === '2024' ? 30 : 30 - Number(unit.slice(1)) }),
    tree,
  );
  const sealed = sealOf('compare', input, { title: '=cmd|x', note: '=1+1', maker: '@me' });

  test('stay text; falls stay numbers below zero', async () => {
    const bytes = await officeFile('xlsx', sealed, proof);
    const parts = partsOf(bytes);
    for (const [, xml] of xmlOf(parts).filter(([name]) => name.includes('worksheets')))
      expect(xml).not.toMatch(/<f[ >]/);
    const book = readBook(bytes);
    const found = book.SheetNames.flatMap((name) =>
      Object.entries(book.Sheets[name]!).flatMap(([at, cell]) =>
        at.startsWith('!') ? [] : [cell as XLSX.CellObject],
      ),
    );
    expect(found.filter((cell) => cell.f !== undefined)).toEqual([]);
    for (const name of hostile)
      expect(found.some((cell) => cell.t === 's' && cell.v === name.replace('\r', ''))).toBe(true);
    const changes = sealed.table.rows.map((row) => row.cells[2]!.value);
    expect(changes.every((v) => v !== undefined && v < 0)).toBe(true);
    const first = book.Sheets[book.SheetNames[0]!]!;
    changes.forEach((value, i) => expect(first[`D${i + 6}`]).toMatchObject({ t: 'n', v: value }));
  });

  test.each(officeFormats)(
    '%s: markup, control characters and turns of direction in names are words or gone',
    async (format) => {
      const bad = '<script>&"\u0000\u202e\ud800_x0041_';
      const nasty = sealOf(
        'compare',
        madeInput(
          compare,
          { kpi: 'study_sessions' },
          () => ({ numerator: 3 }),
          madeTree(0, { S1: { name: bad } }),
        ),
        { title: bad, maker: bad },
      );
      const parts = partsOf(await officeFile(format, nasty, proof));
      for (const [, xml] of xmlOf(parts)) {
        wellFormed(xml);
        // oxlint-disable-next-line no-control-regex
        expect(xml).not.toMatch(/<script|[\u0000\u202e]/);
      }
      expect(wordsOf(parts)).toContain('<script>&"');
    },
  );
});

describe('what is much', () => {
  const name = '长江口外高桥大型集装箱船舶引航作业与安全生产联合攻关先锋模范引航站党支部委员会第一';
  const tree = madeTree(189, { S1: { name: `${name}党支部` } });
  const input = madeInput(
    compare,
    { kpi: 'study_hours_per_member' },
    ({ unit }) => (unit === 'S3' ? null : { numerator: 300 + Number(unit.slice(1)), denominator: 20 }),
    tree,
  );
  const sealed = sealOf('compare', input);

  test('a name of forty characters and two hundred branches are whole in every format', async () => {
    expect([...name].length).toBeGreaterThanOrEqual(40);
    for (const format of officeFormats) {
      const words = wordsOf(partsOf(await fileOf(format, 'much', sealed)));
      expect(words).toContain(name);
      for (const { name: unit } of tree.units.slice(1))
        expect(words).toContain(unit.replace(/引航站党支部$|党支部$/, ''));
    }
  });

  test('slides say which of the units they show', async () => {
    const words = wordsOf(partsOf(await fileOf('pptx', 'much', sealed)));
    expect(words).toContain('第 26–50 个，共 199 个');
    expect(words).toMatch(/第 1–\d+ 行，共 200 行/);
  });

  test('slides that would be too many say how many there are, and where the rest is', async () => {
    const many = cases.find((c) => c.name.startsWith('multiples-many'))!.sealed;
    const words = wordsOf(partsOf(await officeFile('pptx', many, proof)));
    const [said = '', shown, all] =
      /本文件只有表的前 (\d+) 页，共 (\d+) 页；其余在[^\n]*里/.exec(words) ?? [];
    expect(said).toContain(`其余在同一快照（${many.id}）的 XLSX 和 CSV里`);
    expect([Number(shown), Number(all) > 16]).toEqual([16, true]);
    // On the first of these slides and on the last.
    expect(words.split(said)).toHaveLength(3);
  });
});
