import { formatWithUnit } from '../format.ts';
import { heldNorm } from '../held.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Answer } from '../query.ts';
import type { Lang } from '../text.ts';
import { startOf } from './parts.ts';
import { line, words, type Shape, type Stage } from './shapes.ts';
import type { Palette } from './theme.ts';
import type { ViewState } from './view.ts';

/** Norms on a chart: of whom, from when, and drawn as steps where they change. */

/** The norm of a unit's period, as its answer has it; null where there is none. */
export type NormOf = (of: { readonly unit: string; readonly period: string }) => number | null;

export function normsOf(state: ViewState, answer: Answer | undefined): NormOf {
  // A norm for a count says nothing of the count per member.
  if (answer === undefined || state.per === 'member') return () => null;
  return ({ unit, period }) =>
    heldNorm(answer.context, { kpi: state.kpi, unit, period }, startOf(state))?.value ?? null;
}

/** `80%`, `32 学时`: a norm is a round figure, and keeps its digit where it is none. */
export function normValue(kpi: Kpi, norm: number, lang: Lang): string {
  const shown = isPercent(kpi) ? norm * 100 : norm;
  const digits = Number.isInteger(Math.round(shown * 1e6) / 1e6) ? 0 : 1;
  return formatWithUnit({ ...kpi, digits }, norm, lang);
}

/** `规定 80%` · `Norm 80%`. */
export const normText = (kpi: Kpi, norm: number, lang: Lang): string =>
  `${lang === 'zh' ? '规定' : 'Norm'} ${normValue(kpi, norm, lang)}`;

/** Columns of an axis, both included, over which the norm is the same. */
export type Step = { readonly from: number; readonly to: number; readonly value: number };

export function stepsOf(norms: readonly (number | null)[]): Step[] {
  const steps: { from: number; to: number; value: number }[] = [];
  norms.forEach((value, i) => {
    const last = steps.at(-1);
    if (value === null) return;
    if (last && last.value === value && last.to === i - 1) last.to = i;
    else steps.push({ from: i, to: i, value });
  });
  return steps;
}

/**
 * A dotted line in steps, named where it begins and where it changes; `names` gives each step's words.
 * A line that does not change runs over the whole plot.
 */
export function stepShapes(
  steps: readonly Step[],
  { plot, at, step }: Stage,
  { palette, names, stroke = palette.ink }: { palette: Palette; names: (s: Step) => string; stroke?: string },
): Shape[] {
  const left = (i: number): number => Math.max(plot.x, at(i, 0)[0] - step / 2);
  const right = (i: number): number => Math.min(plot.x + plot.width, at(i, 0)[0] + step / 2);
  const style = { stroke, dash: [2, 3] };
  return steps.flatMap((s, i) => {
    const y = at(0, s.value)[1];
    const before = steps[i - 1];
    const x = left(s.from);
    const text = names(s);
    return [
      line([x, y], [right(s.to), y], style),
      ...(before && before.to === s.from - 1 ? [line([x, at(0, before.value)[1]], [x, y], style)] : []),
      ...(text === ''
        ? []
        : [words(x + (i === 0 ? 0 : 3), y - 9, text, { fill: palette.soft, halo: palette.card })]),
    ];
  });
}
