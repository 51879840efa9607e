import { formatNumber, isSmall, unitAfter } from '../../../shared/format.ts';
import { isPercent, type Kpi } from '../../../shared/kpi.ts';
import type { Figure, Step } from '../../../shared/restatement.ts';
import type { Lang } from '../../../shared/text.ts';

/** One part of a difference, ready to be shown. */
export type Part = {
  /** `+2`, `−1.3 个百分点`, `+1/+2`; `0` where nothing moved, `—` where there is no value to say. */
  readonly text: string;
  /** The halves that it is made of; null where the text says all. */
  readonly halves: { readonly numerator: string; readonly denominator: string | null } | null;
  /** For the bar: signed, in one unit along a figure's parts. */
  readonly amount: number;
  readonly isMoved: boolean;
};

const digitsOf = (n: number): number => (Number.isInteger(n) ? 0 : 1);

/** `+31`, `−4`, `0`. */
function signed(value: number, digits: number): string {
  const text = formatNumber(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}
const signedHalf = (n: number | null): string => (n === null ? '?' : signed(n, digitsOf(n)));

const points = { zh: '个百分点', en: 'points' } as const;

type Moved = Pick<Step, 'value' | 'numerator' | 'denominator'>;

/** Over so few that the figure itself is shown as a fraction, its changes are too. */
export function isOfFew(kpi: Kpi, { then, now, steps }: Figure): boolean {
  const cells = [then, now, ...steps.map((s) => s.to)];
  return kpi.type !== 'median' && cells.some((c) => c !== null && c.value !== null && isSmall(kpi, c));
}

/**
 * A step, or the whole, in words. A count's numerator is its value, and is there even where a value
 * is not.
 * @param asFraction by the halves alone: `+1/+2`
 */
export function partOf(
  kpi: Kpi,
  moved: Moved,
  { lang, asFraction }: { lang: Lang; asFraction: boolean },
): Part {
  const { value, numerator, denominator } = moved;
  const isMoved = [value, numerator, denominator].some((n) => n !== null && n !== 0);
  if (!isMoved)
    return {
      text: [value, numerator, denominator].includes(0) ? '0' : '—',
      halves: null,
      amount: 0,
      isMoved,
    };
  if (kpi.type === 'count')
    return { text: signedHalf(numerator), halves: null, amount: numerator ?? 0, isMoved };
  const halves = {
    numerator: signedHalf(numerator),
    denominator: denominator === null ? null : signedHalf(denominator),
  };
  if (asFraction)
    return {
      text: `${halves.numerator}/${halves.denominator ?? '?'}`,
      halves: null,
      amount: numerator ?? 0,
      isMoved,
    };
  if (value === null) return { text: '—', halves, amount: 0, isMoved };
  const unit = isPercent(kpi) ? points[lang] : unitAfter(kpi, lang);
  const number = signed(isPercent(kpi) ? value * 100 : value, kpi.digits);
  return { text: unit === '' ? number : `${number} ${unit}`, halves, amount: value, isMoved };
}

/** All that changed between then and now. */
export function wholeOf({ then, now, steps }: Figure): Moved {
  const sum = (half: 'numerator' | 'denominator'): number | null =>
    steps.every((s) => s[half] === null) ? null : steps.reduce((n, s) => n + (s[half] ?? 0), 0);
  return {
    value: then?.value == null || now?.value == null ? null : now.value - then.value,
    numerator: sum('numerator'),
    denominator: sum('denominator'),
  };
}
