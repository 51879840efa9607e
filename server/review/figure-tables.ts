import {
  cellParts,
  formatChange,
  formatFraction,
  formatMonths,
  formatPeriodList,
  formatState,
  formatUnknown,
  formatWithUnit,
  isAtLeast,
  isSmall,
} from '../../shared/format.ts';
import { normValue } from '../../shared/charts/norms.ts';
import { isSaid } from '../../shared/change.ts';
import { isPercent } from '../../shared/kpi.ts';
import { grainOf } from '../../shared/period.ts';
import type { ReviewFigure, ReviewSlots } from '../../shared/review.ts';
import { known } from './figures.ts';
import { daysShown, kindName, nameOf, noteOf } from './notes.ts';
import { plain, type Block, type Cell, type Column, type Line, type Writing } from './paper.ts';

/** The tables in which the figures stand, each with its note. */

/** The heads of the columns of the two years. */
function yearsOf(writing: Writing): [string, string] {
  const { review, w } = writing;
  return [
    daysShown(review.year, writing),
    review.isOver ? daysShown(review.year - 1, writing) : w.columns.sameDays,
  ];
}

/** A figure as it is printed, with its note; under a rate its halves, under a sum what of it is not known. */
function figureCell(figure: ReviewFigure, which: 'now' | 'before', writing: Writing): Cell {
  const { review, lang, note, rules } = writing;
  const [kpi, cell] = [known(figure.kpi), figure[which]];
  const { value, unit } = cellParts(kpi, cell, lang, { asOf: review.asOf, yearStart: review.yearStart });
  const number = note(noteOf(figure, which, writing));
  if (!rules.has(kpi.id)) rules.set(kpi.id, number);
  const first: Line = { text: unit === '' ? value : `${value} ${unit}`, note: number };
  if (cell.value === null || kpi.type === 'median' || isSmall(kpi, cell)) return [first];
  if (isAtLeast(kpi, cell)) return [first, { text: formatUnknown(cell.unknown, lang) }];
  return kpi.type === 'count' ? [first] : [first, { text: formatFraction(cell.numerator, cell.denominator) }];
}

function changeCell({ kpi, change }: ReviewFigure, { lang, w }: Writing): Cell {
  const said = formatChange(known(kpi), change, lang, { relative: false });
  if (said === '' || !isSaid(change)) return plain(w.notComparable);
  const lines = [said];
  if (change.verdict === 'partial') lines.push(w.partly);
  if (change.verdict === 'not_comparable') lines.push(w.notComparable);
  return lines.map((text) => ({ text }));
}

/** What the figure is held against, and how far it is from it. */
function normCell(figure: ReviewFigure, { lang, w }: Writing): Cell {
  const { norm, standing, now } = figure;
  const kpi = known(figure.kpi);
  if (norm === null) return plain(w.noNorm);
  const lines = [normValue(kpi, norm.value, lang)];
  const gap = now.value === null || isSmall(kpi, now) ? null : now.value - norm.value;
  if (standing === 'met') lines.push(w.met);
  else if (gap !== null && standing !== null) {
    const by = isPercent(kpi)
      ? w.points((Math.abs(gap) * 100).toFixed(kpi.digits))
      : formatWithUnit(kpi, Math.abs(gap), lang);
    lines.push(gap < 0 ? w.short(by) : w.over(by));
  }
  if (standing === 'later') lines.push(w.later);
  return lines.map((text) => ({ text }));
}

const stateCell = ({ now }: ReviewFigure, { review, lang }: Writing): Cell =>
  plain(formatState(now, lang, { asOf: review.asOf, yearStart: review.yearStart }));

/** figure | this year | same days last year | change | norm | state */
export function figureTable(figures: readonly ReviewFigure[], writing: Writing): Block {
  const { columns } = writing.w;
  const [now, before] = yearsOf(writing);
  return {
    is: 'table',
    columns: [
      { head: columns.figure, width: 16 },
      { head: now, width: 19 },
      { head: before, width: 19 },
      { head: columns.change, width: 16 },
      { head: columns.norm, width: 16 },
      { head: columns.state, width: 14 },
    ],
    rows: figures.map((f) => [
      plain(nameOf(f, writing)),
      figureCell(f, 'now', writing),
      figureCell(f, 'before', writing),
      changeCell(f, writing),
      normCell(f, writing),
      stateCell(f, writing),
    ]),
  };
}

/** kind | this year | same days last year | change | state */
export function kindTable(figures: readonly ReviewFigure[], writing: Writing): Block {
  const { columns } = writing.w;
  const [now, before] = yearsOf(writing);
  return {
    is: 'table',
    columns: [
      { head: columns.kind, width: 26 },
      { head: now, width: 20 },
      { head: before, width: 20 },
      { head: columns.change, width: 17 },
      { head: columns.state, width: 17 },
    ],
    rows: figures.map((f) => [
      plain((f.kind ?? []).map((k) => kindName(k, writing.lang)).join(writing.w.comma)),
      figureCell(f, 'now', writing),
      figureCell(f, 'before', writing),
      changeCell(f, writing),
      stateCell(f, writing),
    ]),
  };
}

/** kind | norm | held/due this year | same days last year | what is missing */
export function slotTable(slots: readonly ReviewSlots[], writing: Writing): Block {
  const { columns } = writing.w;
  const [now, before] = yearsOf(writing);
  const of: Column[] = [
    { head: columns.kind, width: 17 },
    { head: columns.norm, width: 33 },
    { head: now, width: 15 },
    { head: before, width: 15 },
    { head: columns.missed, width: 20 },
  ];
  return {
    is: 'table',
    columns: of,
    rows: slots.map((s) => [
      plain(kindName(s.kind, writing.lang)),
      askedCell(s, writing),
      s.figure ? figureCell(s.figure, 'now', writing) : plain(absent(s, writing)),
      s.figure ? figureCell(s.figure, 'before', writing) : plain(writing.w.none),
      missingCell(s, writing),
    ]),
  };
}

/** Nothing has fallen due: because its period has not ended, or because nothing is asked. */
const absent = ({ every, notAsked }: ReviewSlots, { w }: Writing): string =>
  every !== null && notAsked.length === 0 ? w.notDue : w.none;

function askedCell({ every, norm }: ReviewSlots, { lang, w }: Writing): Cell {
  if (every === null) return plain(w.noNorm);
  const often = norm?.per === 'group' ? w.perGroup(w.every[every]) : w.every[every];
  return [{ text: often }, ...(norm === null ? [] : [{ text: norm.source[lang] }])];
}

function missingCell({ missed, unknown, notAsked }: ReviewSlots, { lang, w }: Writing): Cell {
  // Months in a row are told as one.
  const periods = (of: readonly string[]): string =>
    of.every((p) => grainOf(p) === 'month') ? formatMonths(of, lang) : formatPeriodList(of, lang);
  const lines = [
    ...(missed.length === 0 ? [] : [periods(missed)]),
    ...(unknown.length === 0 ? [] : [w.unknownIn(periods(unknown))]),
    ...notAsked.map((why) => why[lang]),
  ];
  return lines.length === 0 ? plain(w.none) : lines.map((text) => ({ text }));
}
