import { computed, type ComputedRef } from 'vue';
import { judging } from '../../shared/change.ts';
import { grainLookedAt, isToCome, periodLookedAt, sayNoFigure } from '../../shared/charts/span.ts';
import { headlineKpis } from '../../shared/kpis.ts';
import type { Answer, Question } from '../../shared/query.ts';
import { sayOverview } from '../../shared/say.ts';
import { useWords } from '../i18n.ts';
import { useCentre } from '../stores/centre.ts';
import { useAnswers } from './useAnswers.ts';
import { useQuestion } from './useQuestion.ts';

/** Read beside the headline figures, on their cards. */
const besideThem = ['available_attendance_rate', 'visit_issues_resolved_rate', 'rectification_overdue'];

/** The headline figures of this year and the last, whole and by months, and what they come to in one sentence. */
export function useHeadline(): {
  /** By years, and by months. */
  answers: ComputedRef<readonly Answer[] | undefined>;
  /** Undefined while it is being asked for. */
  answer: ComputedRef<string | undefined>;
  /** The month or quarter of every year that they are of; undefined: whole years. */
  part: ComputedRef<string | undefined>;
  stale: ComputedRef<boolean>;
  error: ComputedRef<Error | null>;
} {
  const store = useCentre();
  const { state, thisYear, lastYear } = useQuestion();
  const { lang } = useWords();
  const asked = computed<Question[]>(() => {
    const { unit, asOf, whole } = state.value;
    const years = [lastYear.value, thisYear.value];
    return [
      {
        kpi: [...headlineKpis, ...besideThem],
        unit,
        years,
        asOf,
        grain: grainLookedAt(state.value),
        toDate: !whole,
      },
      { kpi: [...headlineKpis], unit, years, asOf, grain: 'month' },
    ];
  });
  const { answers, stale, error } = useAnswers(() => asked.value);
  const part = computed<string | undefined>((former) => (stale.value ? former : state.value.only));
  const answer = computed(() => {
    const [years] = answers.value ?? [];
    if (!years) return error.value ? '—' : undefined;
    const seen = { ...state.value, only: part.value };
    if (seen.only && isToCome(seen, thisYear.value)) return sayNoFigure(seen, lang.value);
    const changeOf = judging(years, store.tree);
    const periodOf = (year: number): string => periodLookedAt(seen, year);
    return sayOverview({ cells: years.cells, year: thisYear.value, changeOf, periodOf }, lang.value);
  });
  return { answers, answer, part, stale, error };
}
