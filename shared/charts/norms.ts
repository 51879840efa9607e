import { formatWithUnit } from '../format.ts';
import { heldNorm, isHeldAnyDay } from '../held.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Answer } from '../query.ts';
import type { Lang } from '../text.ts';
import { kpiOf, startOf } from './parts.ts';
import { line, words, type Shape, type Stage } from './shapes.ts';
import type { Palette } from './theme.ts';
import type { ViewState } from './view.ts';

/** Norms on a chart: of whom, from when, and drawn as steps where they change. */

/** The norm of a unit's period, as its answer has it; null where there is none. */
export type NormOf = (of: { readonly unit: string; readonly period: string }) => number | null;

export function normsOf(state: ViewState, answer: Answer | undefined): NormOf {
  // A norm for a count says nothing of the count per member, nor one for the year of a month.
  if (answer === undefined || state.per === 'member' || !isNormOfPart(state)) return () => null;
  return ({ unit, period }) =>
    heldNorm(answer.context, { kpi: state.kpi, unit, period }, startOf(state))?.value ?? null;
}

/** Where a month or quarter is picked: is what is asked of a year asked of it, too? A share is; 32 hours are not. */
export const isNormOfPart = ({ kpi, only }: Pick<ViewState, 'kpi' | 'only'>): boolean =>
  only === undefined || isHeldAnyDay(kpiOf({ kpi }));

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

/** A dotted line in steps: flat over its columns, upright where it changes from one to the next. */
export function stepShapes(steps: readonly Step[], stage: Stage, stroke: string): Shape[] {
  const { at } = stage;
  const style = { stroke, dash: [2, 3] };
  return steps.flatMap((s, i) => {
    const y = at(0, s.value)[1];
    const before = steps[i - 1];
    const [from, to] = endsOf(s, stage);
    return [
      line([from, y], [to, y], style),
      ...(before && before.to === s.from - 1 ? [line([from, at(0, before.value)[1]], [from, y], style)] : []),
    ];
  });
}

/** A step's words stand over its beginning, or, where `atEnd`, over its end. */
export function stepName(
  s: Step,
  stage: Stage,
  { text, palette, atEnd = false }: { text: string; palette: Palette; atEnd?: boolean },
): Shape {
  const [from, to] = endsOf(s, stage);
  return words(atEnd ? to : from + (s.from === 0 ? 0 : 3), stage.at(0, s.value)[1] - 9, text, {
    fill: palette.soft,
    align: atEnd ? 'right' : 'left',
    halo: palette.card,
  });
}

const endsOf = (s: Step, { plot, at, step }: Stage): [number, number] => [
  Math.max(plot.x, at(s.from, 0)[0] - step / 2),
  Math.min(plot.x + plot.width, at(s.to, 0)[0] + step / 2),
];
