import {
  formatCellLong,
  formatNumber,
  formatWithUnit,
  unitAfter,
  type Seen,
} from '../../../shared/format.ts';
import type { Kpi } from '../../../shared/kpi.ts';
import type { Cell } from '../../../shared/query.ts';
import type { Lang } from '../../../shared/text.ts';

const half = (n: number): string => formatNumber(n, Number.isInteger(n) ? 0 : 1);

/**
 * A cell as an equation in words: `实到人次 55 ÷ 应到人次 66 = 83.3%`; a count is its figure alone,
 * and what has no value says why.
 */
export function cellInWords(kpi: Kpi, cell: Cell, lang: Lang, seen: Seen): string {
  const figure = formatCellLong(kpi, cell, lang, seen);
  if (kpi.type === 'count' || kpi.type === 'median') return figure;
  const { numerator, denominator, value } = cell;
  if (numerator === null || denominator === null) return figure;
  const halves = `${kpi.numerator.label[lang]} ${half(numerator)} ÷ ${kpi.denominator.label[lang]} ${half(denominator)}`;
  if (value === null) return `${halves} = —`;
  const text = formatWithUnit(kpi, value, lang);
  return `${halves} = ${unitAfter(kpi, lang) === '' ? text : text.trim()}`;
}
