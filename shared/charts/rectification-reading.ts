import { formatShare, formatYear } from '../format.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { finder, periodsIn, sentence, standOf, startOf, thisYear } from './parts.ts';
import type { ViewInput } from './view.ts';

/** What the answers on rectification say, before anything is drawn. */

export const CLOSURE = 'rectification_closure_rate';
export const OVERDUE = 'rectification_overdue';

export type Quarter = {
  readonly period: string;
  readonly closure: Cell | null;
  readonly overdue: Cell | null;
  readonly raised: number;
  readonly closed: number;
};

/** The years' quarters in order, each with its problems and what was overdue at its end. */
export function read({ state, answers }: ViewInput): Quarter[] {
  const find = finder(answers[0]);
  return state.years
    .flatMap((year) => periodsIn(state, year, 'quarter'))
    .map((period) => {
      const closure = find({ kpi: CLOSURE, period });
      return {
        period,
        closure,
        overdue: find({ kpi: OVERDUE, period }),
        raised: closure?.denominator ?? 0,
        closed: closure?.numerator ?? 0,
      };
    });
}

/** One line on this year's problems, and what is overdue now. */
export function says(input: ViewInput, lang: Lang): string {
  const { state } = input;
  const quarters = read(input);
  const year = thisYear(state);
  const name = formatYear(year, lang, startOf(state));
  const own = quarters.filter(
    (q) => q.period.startsWith(String(year)) && q.closure !== null && q.closure.status !== 'none',
  );
  if (own.length === 0)
    return lang === 'zh' ? `${name}整改台账未报。` : `${name}: rectification not reported.`;
  const raised = own.reduce((sum, q) => sum + q.raised, 0);
  const closed = own.reduce((sum, q) => sum + q.closed, 0);
  const last = quarters.filter((q) => standOf(q.period, state) !== 'later').at(-1);
  const overdue = last?.overdue?.value ?? null;
  const share =
    raised < 10
      ? ''
      : lang === 'zh'
        ? `（${formatShare(closed, raised)}）`
        : ` (${formatShare(closed, raised)})`;
  return sentence(
    [
      lang === 'zh'
        ? `${name}发现 ${raised} 项，已销号 ${closed} 项${share}`
        : `${raised} raised in ${name}, ${closed} closed${share}`,
      overdue === null
        ? null
        : lang === 'zh'
          ? overdue === 0
            ? '没有逾期'
            : `${overdue} 项逾期`
          : overdue === 0
            ? 'none overdue'
            : `${overdue} overdue`,
    ],
    lang,
  );
}
