import { computed, type ComputedRef } from 'vue';
import { judging, type Change } from '../../shared/change.ts';
import { grainLookedAt, periodLookedAt } from '../../shared/charts/span.ts';
import { heldNorm, isHeldAnyDay } from '../../shared/held.ts';
import { kpiById } from '../../shared/kpis.ts';
import { periodsOf } from '../../shared/period.ts';
import type { Answer, Cell, Question } from '../../shared/query.ts';
import type { ApiProblem } from '../api.ts';
import { useCentre } from '../stores/centre.ts';
import { useAnswers } from './useAnswers.ts';
import { useQuestion } from './useQuestion.ts';

/**
 * This year's figures of a unit beside those of the same days (or, when so chosen, the whole) of
 * last year, and both years by month or quarter.
 */
export function useYearFigures(
  kpis: readonly string[],
  grain: 'month' | 'quarter' = 'month',
): {
  now: (kpi: string) => Cell | undefined;
  before: (kpi: string) => Cell | undefined;
  /** How this year stands against the last; null while there is no answer. */
  moved: (kpi: string) => Change | null;
  /** What the year's figure is held against. */
  norm: (kpi: string) => number | null;
  /** Values by month or quarter, the first of the year first. */
  partsNow: (kpi: string) => readonly (number | null)[];
  partsBefore: (kpi: string) => readonly (number | null)[];
  ready: ComputedRef<boolean>;
  stale: ComputedRef<boolean>;
  error: ComputedRef<ApiProblem | Error | null>;
} {
  const store = useCentre();
  const { state, thisYear, lastYear } = useQuestion();
  const questions = computed<Question[]>(() => {
    const { unit, asOf, whole } = state.value;
    const years = [lastYear.value, thisYear.value];
    const kpi = [...kpis];
    return [
      { kpi, unit, years, grain: grainLookedAt(state.value), asOf, toDate: !whole },
      { kpi, unit, years, grain, asOf },
    ];
  });
  const { answers, stale, error } = useAnswers(() => questions.value);

  const placed = (answer: Answer | undefined): Map<string, Cell> =>
    new Map((answer?.cells ?? []).map((cell) => [`${cell.kpi} ${cell.period}`, cell]));
  const byYear = computed(() => placed(answers.value?.[0]));
  const byPart = computed(() => placed(answers.value?.[1]));
  /** The year that the answers are of: while new ones are under way it is not yet the one asked for. */
  const answered = computed(() => answers.value?.[0]?.query.years.at(-1) ?? thisYear.value);
  const only = computed<string | undefined>((former) => (stale.value ? former : state.value.only));
  const cellOf = (kpi: string, year: number): Cell | undefined =>
    byYear.value.get(
      `${kpi} ${periodLookedAt({ only: only.value, yearStart: state.value.yearStart }, year)}`,
    );
  const values = (kpi: string, year: number): (number | null)[] =>
    periodsOf(year, grain, state.value.yearStart).map(
      (part) => byPart.value.get(`${kpi} ${part}`)?.value ?? null,
    );

  return {
    now: (kpi) => cellOf(kpi, answered.value),
    before: (kpi) => cellOf(kpi, answered.value - 1),
    moved(kpi) {
      const [answer] = answers.value ?? [];
      const cell = cellOf(kpi, answered.value);
      if (!answer || !cell) return null;
      return judging(answer, store.tree)(knownKpi(kpi), cell, cellOf(kpi, answered.value - 1) ?? null);
    },
    norm(kpi) {
      const [answer] = answers.value ?? [];
      const cell = cellOf(kpi, answered.value);
      // What is asked of a year is not asked of its month.
      if (only.value !== undefined && !isHeldAnyDay(knownKpi(kpi))) return null;
      return answer && cell ? (heldNorm(answer.context, cell, answer.query.yearStart)?.value ?? null) : null;
    },
    partsNow: (kpi) => values(kpi, answered.value),
    partsBefore: (kpi) => values(kpi, answered.value - 1),
    ready: computed(() => answers.value !== undefined),
    stale,
    error,
  };
}

/** The KPI of that id; for ids written in the program, which cannot be unknown. */
export function knownKpi(id: string): NonNullable<ReturnType<typeof kpiById.get>> {
  const kpi = kpiById.get(id);
  if (!kpi) throw new RangeError(`no KPI "${id}"`);
  return kpi;
}
