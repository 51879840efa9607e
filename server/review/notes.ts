import { formatDate, formatToDate, formatYear } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import type { Kpi } from '../../shared/kpi.ts';
import { sameDay } from '../../shared/period.ts';
import type { Cell } from '../../shared/query.ts';
import type { ReviewFigure } from '../../shared/review.ts';
import { sayRule } from '../../shared/say.ts';
import { recordsAddress } from './address.ts';
import { known } from './figures.ts';
import type { Note, Writing } from './paper.ts';

/** The KPI's name, with the kinds that it is narrowed to. */
export function nameOf({ kpi, kind }: Pick<ReviewFigure, 'kpi' | 'kind'>, { lang, w }: Writing): string {
  const name = known(kpi).name[lang];
  if (kind === undefined) return name;
  return `${name}${w.open}${kind.map((k) => kindName(k, lang)).join(w.comma)}${w.close}`;
}

export const kindName = (code: string, lang: Writing['lang']): string =>
  kindByCode.get(code)?.name[lang] ?? code;

/** `2026年1–9月` · `Jan–Sep 2026`; a year that is over by its name. */
export function daysShown(year: number, { review, lang }: Writing): string {
  const { asOf, yearStart, isOver } = review;
  const name = formatYear(year, lang, yearStart);
  if (isOver) return name;
  const days = formatToDate(sameDay(year, asOf, yearStart), lang, yearStart);
  return lang === 'zh' ? `${name}${days}` : `${days} ${name}`;
}

/** How one printed figure is made, of what, as of when, and where its records are. */
export function noteOf(figure: ReviewFigure, which: 'now' | 'before', writing: Writing): Note {
  const { review, lang, w } = writing;
  const { year, asOf, dataVersion, unit } = review;
  const [kpi, cell, of] = [known(figure.kpi), figure[which], which === 'now' ? year : year - 1];
  const { covered, due } = cell.coverage;
  const said = [
    w.note.of(nameOf(figure, writing), daysShown(of, writing)) + w.colon + halvesOf(kpi, cell, writing),
    ...(cell.unknown > 0 ? [unknownOf(kpi, cell, writing)] : []),
    ...(cell.status === 'partial' ? [w.note.coverage(covered, due)] : []),
    ruleOf(kpi, writing),
    w.note.asOf(formatDate(which === 'now' ? asOf : sameDay(of, asOf, review.yearStart), lang), dataVersion),
  ];
  return {
    text: said.join(w.clause) + w.stop,
    link: {
      text: w.pages.records,
      address: recordsAddress(figure, { unit: unit.code, period: cell.period, asOf }),
    },
  };
}

/** In full once; after that by the number of the note that has it. */
function ruleOf(kpi: Kpi, { lang, w, rules }: Writing): string {
  const told = rules.get(kpi.id);
  return told === undefined ? w.note.rule(sayRule(kpi, lang)) : w.note.sameRule(told);
}

function halvesOf(kpi: Kpi, { numerator, denominator, status }: Cell, { lang, w }: Writing): string {
  const half = (n: number | null): string => (n === null ? w.none : w.number(n));
  const top = kpi.numerator.label[lang];
  if (numerator === null) return `${w.none} ${absence[status === 'none' ? 'none' : 'na'][lang]}`;
  if (kpi.type === 'median') return w.note.median(half(numerator), half(denominator));
  if (kpi.type === 'count') return w.note.count(top, half(numerator));
  return w.note.halves(top, half(numerator), kpi.denominator.label[lang], half(denominator));
}

const absence = {
  none: { zh: '台账未报', en: 'not reported' },
  na: { zh: '不适用', en: 'not applicable' },
} as const;

function unknownOf(kpi: Kpi, { unknown }: Cell, { w }: Writing): string {
  if (kpi.from === 'slots') return w.note.unknownSlots(unknown);
  return w.note.unknown(unknown, kpi.type === 'count');
}
