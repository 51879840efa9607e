import { formatFraction, formatPeriod, formatState, isAtLeast, isSmall } from '../../../shared/format.ts';
import type { Kpi } from '../../../shared/kpi.ts';
import { LEAST_DENOMINATOR } from '../../../shared/norms.ts';
import type { Cell } from '../../../shared/query.ts';
import type { Lang, Text } from '../../../shared/text.ts';
import type { ViewState } from '../../../shared/charts/view.ts';

/** What a chart's points cannot show, in words under it. */

export type Spot = { readonly cell: Cell | null; readonly name: string };

/** A cell named by its period. */
export const spotAt = (state: ViewState, lang: Lang, cell: Cell | null): Spot => ({
  cell,
  name: cell === null ? '' : formatPeriod(cell.period, lang, state.yearStart),
});

const words = {
  few: {
    zh: `分母少于 ${LEAST_DENOMINATOR}，只写分数，不画点`,
    en: `under ${LEAST_DENOMINATOR}, as a fraction and no point`,
  },
  partial: { zh: '台账不全', en: 'partly reported' },
  least: { zh: '有不明的数，是下限', en: 'some unknown: a lower bound' },
} satisfies Record<string, Text>;

const notDue: ReadonlySet<string> = new Set(['未到期', 'not due']);
const MOST = 8;

/** `未报：2025年4月、2025年5月`; of many the first eight, and how many there are. */
export function listed(label: string, names: readonly string[], lang: Lang): string {
  const [colon, comma] = lang === 'zh' ? ['：', '、'] : [': ', ', '];
  const shown = names.slice(0, MOST).join(comma);
  if (names.length <= MOST) return `${label}${colon}${shown}`;
  return lang === 'zh'
    ? `${label}${colon}${shown} 等 ${names.length} 处，全部见表`
    : `${label}${colon}${shown} and ${names.length - MOST} more, all in the table`;
}

/**
 * @param few is a figure over too few left out of the lines?
 */
export function remarksOf(
  spots: readonly Spot[],
  { kpi, state, lang, few = true }: { kpi: Kpi; state: ViewState; lang: Lang; few?: boolean },
): string[] {
  const groups = new Map<string, string[]>();
  const put = (label: string, name: string): void =>
    void groups.set(label, [...(groups.get(label) ?? []), name]);
  for (const { cell, name } of spots) {
    if (cell === null) continue;
    if (cell.value === null) {
      const why = formatState(cell, lang, state);
      if (!notDue.has(why)) put(why, name);
      continue;
    }
    if (few && isSmall(kpi, cell))
      put(words.few[lang], `${name} ${formatFraction(cell.numerator, cell.denominator)}`);
    if (isAtLeast(kpi, cell)) put(words.least[lang], name);
    if (cell.status === 'partial')
      put(words.partial[lang], `${name} ${cell.coverage.covered}/${cell.coverage.due}`);
  }
  return [...groups].map(([label, names]) => listed(label, names, lang));
}
