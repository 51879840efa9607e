import type { Pace } from '../../../shared/due.ts';
import { formatFraction, formatNumber, formatPercent, formatWithUnit } from '../../../shared/format.ts';
import { isPercent, type Kpi } from '../../../shared/kpi.ts';
import { kpiById } from '../../../shared/kpis.ts';
import { LEAST_DENOMINATOR } from '../../../shared/norms.ts';
import { paceReasonWords } from '../../../shared/pace.ts';
import type { Lang } from '../../../shared/text.ts';
import { paceWords } from '../../words/pace.ts';

/** A pace in words, part by part; `gap` says how far it is behind what is due, where that is known. */
export type SaidPace = {
  readonly name: string;
  readonly now: string;
  readonly before: string;
  readonly due: string;
  readonly course: string;
  readonly unknown: string;
  /** Empty `tone`: too few, or too little known, to judge by. */
  readonly gap: { readonly text: string; readonly tone: 'good' | 'warn' | '' } | null;
  /** All of it, for the line under the bar. */
  readonly line: string;
  readonly spoken: string;
};

/** `94%`; what is not quite all, or not quite nothing, keeps the digit that shows it. */
export function shareText(value: number): string {
  const rounded = Math.round(value * 100);
  return formatPercent(value, (rounded === 100 && value < 1) || (rounded === 0 && value > 0) ? 1 : 0);
}

const kpiOf = (pace: Pace): Kpi => kpiById.get(pace.kpi) as Kpi;

/** A figure of the pace in its own unit. */
export const figureText = (pace: Pace, value: number, lang: Lang): string =>
  isPercent(kpiOf(pace)) ? shareText(value) : formatWithUnit(kpiOf(pace), value, lang);

export function sayPace(pace: Pace, lang: Lang): SaidPace {
  const words = paceWords[lang];
  const kpi = kpiOf(pace);
  const name = words.names[pace.kpi] ?? kpi.name[lang];
  const isSlots = isPercent(kpi);
  const now = nowText(pace, lang);
  const broken = pace.before.broken ? words.broken(pace.before.broken[lang]) : '';
  const before =
    pace.before.value === null
      ? words.beforeNone(paceReasonWords[pace.before.because ?? 'not_reported'][lang])
      : words.before(
          `${pace.before.unknown > 0 ? '≥ ' : ''}${figureText(pace, pace.before.value, lang)}${broken}`,
        );
  const due =
    pace.due.value === null || pace.gone === 1 ? '' : words.due(figureText(pace, pace.due.value, lang));
  const course = pace.because === null ? courseText(pace, lang) : '';
  const unknown =
    pace.unknown === 0 || pace.because !== null
      ? ''
      : isSlots
        ? words.unknownSlots(pace.unknown)
        : words.unknownHours(pace.unknown);
  const norm = isSlots || pace.norm === null ? '' : words.norm(figureText(pace, pace.norm, lang));
  const join = (parts: readonly string[]): string => parts.filter((p) => p !== '').join(words.stop);
  const line = join([before, due, course, norm, unknown]);
  return {
    name,
    now,
    before,
    due,
    course,
    unknown,
    gap: gapOf(pace, lang),
    line,
    spoken: `${name} ${join([now, line])}`,
  };
}

function nowText(pace: Pace, lang: Lang): string {
  const { value, numerator, denominator } = pace.now;
  if (value === null) return paceReasonWords[pace.because ?? 'not_reported'][lang];
  const words = paceWords[lang];
  if (!isPercent(kpiOf(pace))) {
    const least = pace.unknown > 0 ? '≥ ' : '';
    return words.soFar(`${least}${figureText(pace, value, lang)}`);
  }
  return words.done(formatFraction(numerator, denominator), shareText(value));
}

function courseText(pace: Pace, lang: Lang): string {
  const { value, least, most, because } = pace.course;
  const words = paceWords[lang];
  if (value === null || least === null) return paceReasonWords[because ?? 'too_early'][lang];
  const say = pace.gone === 1 ? words.courseOver : words.course;
  const text = (n: number): string => figureText(pace, n, lang);
  if (most === null) return (pace.gone === 1 ? words.overLeast : words.courseLeast)(text(least));
  return say(text(least) === text(most) ? text(least) : words.range(text(least), text(most)));
}

/** What is missing to what is due by now: slots by their number, hours by theirs. */
function gapOf(pace: Pace, lang: Lang): SaidPace['gap'] {
  const words = paceWords[lang];
  const { now, due } = pace;
  if (now.value === null || due.value === null) return null;
  if (isPercent(kpiOf(pace))) {
    const behind = (due.numerator ?? 0) - (now.numerator ?? 0);
    const isEnough = (due.numerator ?? 0) >= LEAST_DENOMINATOR;
    if (behind > 0) return { text: words.behind(behind), tone: isEnough ? 'warn' : '' };
    return pace.unknown > 0 ? null : { text: words.onPace, tone: isEnough ? 'good' : '' };
  }
  // A shortfall may lie in what is not reported.
  if (now.value >= due.value) return { text: words.onPace, tone: 'good' };
  const digits = kpiOf(pace).digits;
  const by = formatNumber(due.value - now.value, digits);
  if (!/[1-9]/.test(by)) return { text: words.onPace, tone: 'good' };
  const text = words.short(formatWithUnit(kpiOf(pace), due.value - now.value, lang));
  return { text, tone: pace.unknown > 0 ? '' : 'warn' };
}
