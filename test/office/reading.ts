import * as XLSX from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

/** Office files as an independent reader finds them: package, XML, spreadsheet library. */

export type Parts = Record<string, Uint8Array>;
export const partsOf = (bytes: Uint8Array): Parts => unzipSync(bytes);
export const textOf = (parts: Parts, name: string): string => strFromU8(parts[name] ?? new Uint8Array());
export const isXml = (name: string): boolean => /\.(xml|rels)$/.test(name);

/** Throws where the XML is not well formed. */
export function wellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
}

export type ReadSeries = {
  name: string;
  categories: string[];
  /** Of its points, by the number of the category: what is not there is a gap. */
  points: Map<number, string>;
  count: number;
  nameAt: string;
  categoriesAt: string;
  valuesAt: string;
};

/** The series of a chart's part, with what their caches hold and where their figures stand. */
export function readChart(xml: string): { series: ReadSeries[]; blanks: string } {
  const series: ReadSeries[] = [];
  const path: string[] = [];
  let [index, text, blanks] = [-1, '', ''];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, attributes }) => {
    path.push(local);
    text = '';
    if (local === 'ser')
      series.push({
        name: '',
        categories: [],
        points: new Map(),
        count: -1,
        nameAt: '',
        categoriesAt: '',
        valuesAt: '',
      });
    if (local === 'pt') index = Number(attributes['idx']?.value);
    if (local === 'ptCount' && path.includes('val')) series.at(-1)!.count = Number(attributes['val']?.value);
    if (local === 'dispBlanksAs') blanks = attributes['val']?.value ?? '';
  });
  parser.on('text', (chunk) => void (text += chunk));
  parser.on('closetag', ({ local }) => {
    const own = series.at(-1);
    const within = (name: string): boolean => path.includes('ser') && path.includes(name);
    if (own !== undefined && local === 'v') {
      if (within('tx')) own.name = text;
      else if (within('cat')) own.categories[index] = text;
      else if (within('val')) own.points.set(index, text);
    }
    if (own !== undefined && local === 'f')
      own[within('tx') ? 'nameAt' : within('cat') ? 'categoriesAt' : 'valuesAt'] = text;
    path.pop();
  });
  parser.write(xml).close();
  return { series, blanks };
}

/** Charts of a package in the order of their numbers. */
export const chartsIn = (parts: Parts): { name: string; xml: string }[] =>
  Object.keys(parts)
    .filter((name) => /\/charts\/chart\d+\.xml$/.test(name))
    .sort((a, b) => Number(/\d+/.exec(a.split('/').at(-1)!)) - Number(/\d+/.exec(b.split('/').at(-1)!)))
    .map((name) => ({ name, xml: textOf(parts, name) }));

export type Book = ReturnType<typeof XLSX.read>;
export const readBook = (bytes: Uint8Array): Book =>
  XLSX.read(bytes, { type: 'array', cellFormula: true, cellStyles: true, cellNF: true });

/** The cells that a chart's formula names: `'图表数据'!$B$4:$B$15`. */
export function cellsAt(book: Book, formula: string): (string | number | undefined)[] {
  const [, sheet = '', range = ''] = /^'(.*)'!(.*)$/.exec(formula) ?? [];
  const found = book.Sheets[sheet.replaceAll("''", "'")];
  if (!found) throw new Error(`${formula}: there is no such sheet`);
  const { s, e } = XLSX.utils.decode_range(range.replaceAll('$', ''));
  const cells: (string | number | undefined)[] = [];
  for (let row = s.r; row <= e.r; row++)
    for (let column = s.c; column <= e.c; column++) {
      const value: unknown = found[XLSX.utils.encode_cell({ r: row, c: column })]?.v;
      cells.push(value === '' ? undefined : (value as string | number | undefined));
    }
  return cells;
}
