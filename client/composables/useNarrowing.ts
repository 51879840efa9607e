import { useRouter, type RouteLocationRaw } from 'vue-router';
import { bySameDays, markOf, partName, periodLookedAt, thisYear } from '../../shared/charts/parts.ts';
import type { Mark, ViewState } from '../../shared/charts/view.ts';
import type { Answer } from '../../shared/query.ts';
import { useWords } from '../i18n.ts';
import { useQuestion } from './useQuestion.ts';

/** A chart of kinds narrows its page to the one that is chosen, and back; the chips lead on to its records. */
export function useNarrowing(): {
  /** Chosen once: the page is of that kind. Chosen again: of all. What is of no kind opens its records. */
  narrow: (mark: Mark) => void;
  /** Chosen once: the page is of that month or quarter. Chosen again: of whole years. Says which, for those who hear it. */
  narrowTo: (part: string) => string;
  /** The same state over all kinds, with those that the page is narrowed to picked out. */
  allKinds: (state: ViewState) => ViewState;
  /** The records of the narrowed figure: from the answer in which it stands. Nothing where all kinds are shown. */
  leftOf: (answer: Answer | undefined, kpi: string) => { to?: RouteLocationRaw; count?: number };
} {
  const router = useRouter();
  const { state, ask, recordsLink } = useQuestion();
  const { t, lang } = useWords();

  return {
    narrow(mark) {
      const kind = mark.kind?.[0];
      if (kind === undefined) {
        void router.push(recordsLink(mark));
        return;
      }
      const isPicked = state.value.kpi === mark.kpi && state.value.kind?.join() === kind;
      ask({ kpi: mark.kpi, kind: isPicked ? null : [kind] });
    },
    narrowTo(part) {
      const isPicked = state.value.only === part;
      ask({ only: isPicked ? null : part });
      const name = partName({ ...state.value, only: part }, lang.value) ?? part;
      return t(isPicked ? 'chart.onlyNot' : 'chart.only', { name });
    },
    allKinds: (of) => ({ ...of, kind: undefined, picked: state.value.kind }),
    leftOf(answer, kpi) {
      if (!state.value.kind && !state.value.only) return {};
      const period = periodLookedAt(state.value, thisYear(state.value));
      const cell = answer?.cells.find((c) => c.kpi === kpi && c.period === period) ?? null;
      const mark = markOf({ ...state.value, kpi }, cell, bySameDays(state.value));
      return cell && mark ? { to: recordsLink(mark), count: cell.records } : {};
    },
  };
}
