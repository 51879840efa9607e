import { kpiOf } from '../../../shared/charts/parts.ts';
import { formatPeriod, formatState } from '../../../shared/format.ts';
import { kindByCode } from '../../../shared/kinds.ts';
import type { Answer, Cell } from '../../../shared/query.ts';
import type { Lang, Text } from '../../../shared/text.ts';
import { UnitTree } from '../../../shared/unit.ts';
import type { Sealed } from '../sealed.ts';
import type { BookCell, BookSheet, Style } from './book.ts';
import { formatOf, palette } from './look.ts';
import { say } from './words.ts';

/** Every sealed cell with both of its halves, a row each: what calculations are made from. */

type Row = { readonly cell: Cell; readonly answer: Answer; readonly sealed: Sealed; readonly tree: UnitTree };
type Column = {
  readonly name: Text;
  readonly width: number;
  value(row: Row, lang: Lang): string | number | null;
  format?(row: Row): string;
};

const COUNT = 'General';
const count = (name: Text, value: (cell: Cell) => number | null): Column => ({
  name,
  width: 11,
  value: ({ cell }) => value(cell),
  format: () => COUNT,
});
const kpiIn = ({ cell, sealed }: Row) => kpiOf({ kpi: cell.kpi, per: sealed.state.per });

const columns: readonly Column[] = [
  { name: { zh: '指标', en: 'Figure' }, width: 20, value: (row, lang) => kpiIn(row).name[lang] },
  { name: { zh: '单位代码', en: 'Unit code' }, width: 12, value: ({ cell }) => cell.unit },
  {
    name: { zh: '单位', en: 'Unit' },
    width: 30,
    value: ({ cell, tree }) => tree.byCode.get(cell.unit)?.name ?? cell.unit,
  },
  { name: { zh: '期间代码', en: 'Period code' }, width: 12, value: ({ cell }) => cell.period },
  {
    name: { zh: '期间', en: 'Period' },
    width: 16,
    value: ({ cell, answer }, lang) => formatPeriod(cell.period, lang, answer.query.yearStart),
  },
  {
    name: { zh: '截取', en: 'Cut' },
    width: 12,
    value: ({ answer }, lang) =>
      answer.query.toDate
        ? { zh: '至同一日', en: 'to the same day' }[lang]
        : { zh: '整期', en: 'whole' }[lang],
  },
  {
    name: { zh: '类型', en: 'Kind' },
    width: 14,
    value: ({ cell }, lang) =>
      cell.kind === undefined ? '' : (kindByCode.get(cell.kind)?.name[lang] ?? cell.kind),
  },
  {
    name: { zh: '数值', en: 'Value' },
    width: 12,
    value: ({ cell }) => cell.value,
    format: (row) => formatOf(kpiIn(row)),
  },
  {
    name: { zh: '计量单位', en: 'Unit of measure' },
    width: 12,
    value: (row, lang) => kpiIn(row).unit[lang],
  },
  count({ zh: '分子', en: 'Numerator' }, (cell) => cell.numerator),
  count({ zh: '分母', en: 'Denominator' }, (cell) => cell.denominator),
  count({ zh: '记录', en: 'Records' }, (cell) => cell.records),
  count({ zh: '不明', en: 'Unknown' }, (cell) => cell.unknown),
  count({ zh: '已报月', en: 'Covered' }, (cell) => cell.coverage.covered),
  count({ zh: '应报月', en: 'Due' }, (cell) => cell.coverage.due),
  {
    name: { zh: '状态', en: 'State' },
    width: 26,
    value: ({ cell, sealed }, lang) => formatState(cell, lang, sealed.state),
  },
];

const head: Style = { bold: true, fill: palette.band, line: 'under', wrap: true };

export function cellsSheet(sealed: Sealed): BookSheet {
  const { lang, answers } = sealed;
  const tree = new UnitTree(sealed.units);
  const rows = answers.flatMap((answer) => answer.cells.map((cell): Row => ({ cell, answer, sealed, tree })));
  return {
    name: say('cells', lang),
    rows: [
      { cells: columns.map(({ name }) => ({ value: name[lang], style: head })), height: 32 },
      ...rows.map((row) => ({
        cells: columns.map((column): BookCell => {
          const format = column.format?.(row);
          return { value: column.value(row, lang), style: format === undefined ? {} : { format } };
        }),
      })),
    ],
    widths: columns.map(({ width }) => width),
    frozen: { rows: 1, columns: 3 },
    repeated: [0, 0],
    filtered: rows.length === 0 ? null : { rows: [0, rows.length], columns: columns.length },
    charts: [],
    pictures: [],
  };
}
