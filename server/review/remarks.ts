import { normValue } from '../../shared/charts/norms.ts';
import { formatDay, formatValue } from '../../shared/format.ts';
import { themes, type ReviewEvent, type ReviewFigure, type ReviewTheme } from '../../shared/review.ts';
import { known } from './figures.ts';
import { kindName, nameOf } from './notes.ts';
import { label, line, type Block, type Writing } from './paper.ts';

/** What must be said beside a table: whether its years compare, how others stand, what is not known. */

/** Why figures do or do not compare with last year's; figures of one reason in one sentence. */
function comparisons(figures: readonly ReviewFigure[], { lang, w }: Writing): string[] {
  const said = new Map<string, { names: string[]; verdict: string; why: string }>();
  for (const { kpi, change } of figures) {
    if (change.because === null) continue;
    const why = change.because[lang];
    const key = `${change.verdict} ${why}`;
    const one = said.get(key) ?? { names: [], verdict: w.verdict[change.verdict], why };
    one.names.push(known(kpi).name[lang]);
    said.set(key, one);
  }
  return [...said.values()].map(({ names, verdict, why }) => w.comparison(names.join(w.comma), verdict, why));
}

const bands = (figures: readonly ReviewFigure[], writing: Writing): string[] =>
  figures.flatMap((f) => {
    if (f.band === null) return [];
    const [kpi, { low, high, units }] = [known(f.kpi), f.band];
    const value = (n: number): string => formatValue(kpi, n);
    return writing.w.band(nameOf(f, writing), units, value(low), value(high));
  });

const sources = (figures: readonly ReviewFigure[], writing: Writing): string[] =>
  figures.flatMap((f) => {
    if (f.norm === null) return [];
    const { lang, w } = writing;
    const value = normValue(known(f.kpi), f.norm.value, lang);
    return w.normSource(nameOf(f, writing), value, f.norm.source[lang]) + w.stop;
  });

/** Below the table of a theme: comparability, peers, the norm's source, what the theme leaves out. */
export function remarksOn({ id, figures }: ReviewTheme, writing: Writing): Block[] {
  const note = themes.find((t) => t.id === id)?.note;
  return [
    ...comparisons(figures, writing),
    ...bands(figures, writing),
    ...sources(figures, writing),
    ...(note === undefined ? [] : [note[writing.lang]]),
  ].map(line);
}

/** What of a theme is not known, by figure; and which months no ledger covers. */
export function unknownOf(theme: ReviewTheme, writing: Writing): Block[] {
  const { w, lang } = writing;
  const { figures, gaps } = theme;
  const said = [
    ...unknownFigures(figures, writing),
    ...(gaps.now === null ? [] : [w.gaps(gaps.now[lang])]),
    ...(gaps.before === null ? [] : [w.gapsBefore(gaps.before[lang])]),
    ...(figures.every((f) => f.now.status === 'none') ? [w.unreported] : []),
  ];
  if (said.length === 0)
    said.push(figures.some((f) => f.now.coverage.due > 0) ? w.nothingUnknown : w.nothingDue);
  return [label(w.unknownTitle), ...said.map(line)];
}

/** Figures of which the same is not known in one sentence. */
function unknownFigures(figures: readonly ReviewFigure[], writing: Writing): string[] {
  const { w } = writing;
  const names = new Map<string, string[]>();
  for (const figure of figures) {
    const said = unknownIn(figure, writing).join(w.clause);
    if (said !== '') names.set(said, [...(names.get(said) ?? []), nameOf(figure, writing)]);
  }
  return [...names].map(([said, of]) => of.join(w.comma) + w.colon + said + w.stop);
}

function unknownIn({ kpi, now, before, unknown }: ReviewFigure, writing: Writing): string[] {
  const { w } = writing;
  if (kpi === 'norm_compliance') return now.unknown > 0 ? [w.unknownSlots(now.unknown)] : [];
  const rest = unknown.total - unknown.listed.length;
  const days = unknown.listed.map((e) => eventShort(e, writing)).join(w.comma);
  return [
    ...(now.unknown > 0 ? [w.unknown(now.unknown, days === '' ? '' : w.days(days, rest))] : []),
    ...(before.unknown > 0 ? [w.unknownBefore(before.unknown)] : []),
  ];
}

/** `3月5日企业走访` · `5 Mar enterprise visit`. */
function eventShort({ date, kinds }: ReviewEvent, { lang, w }: Writing): string {
  const day = formatDay(date, lang);
  const kind = kinds.map((k) => kindName(k, lang)).join(lang === 'zh' ? '、' : w.comma);
  if (kind === '') return day;
  return lang === 'zh' ? `${day}${kind}` : `${day} ${kind}`;
}
