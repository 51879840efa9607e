import { LEAST_DENOMINATOR } from './norms.ts';
import type { Kpi } from './kpi.ts';
import type { Cell } from './query.ts';
import type { Text } from './text.ts';

/** May two figures be set beside each other? Every difference that is shown says so. */
export type Verdict = 'comparable' | 'partial' | 'not_comparable';

export type Change = {
  /** In the KPI's own unit (a ratio's in 0…1); null where a value is absent. */
  readonly delta: number | null;
  /** Of the earlier figure; null where that is 0 or absent. */
  readonly relative: number | null;
  readonly verdict: Verdict;
  readonly because: Text | null;
};

const because = (zh: string, en: string): Text => ({ zh, en });

/**
 * How a figure stands against an earlier one, and whether that says anything.
 * @param then null when there is no earlier figure at all (a unit that did not exist)
 */
export function change(kpi: Kpi, now: Cell, then: Cell | null): Change {
  const none = { delta: null, relative: null, verdict: 'not_comparable' } as const;
  if (then === null) return { ...none, because: because('没有去年的数', 'no figure last year') };
  for (const [cell, zh, en] of [
    [now, '本期', 'this period'],
    [then, '去年同期', 'last year'],
  ] as const) {
    if (cell.value !== null) continue;
    const unreported = cell.status === 'none';
    return {
      ...none,
      because: unreported
        ? because(`${zh}台账未报`, `${en} not reported`)
        : because(`${zh}没有数值`, `no value ${en}`),
    };
  }
  const delta = now.value! - then.value!;
  const relative = then.value === 0 ? null : delta / then.value!;
  return { delta, relative, ...judge(kpi, now, then) };
}

function judge(kpi: Kpi, now: Cell, then: Cell): Pick<Change, 'verdict' | 'because'> {
  const least = Math.min(now.denominator ?? Infinity, then.denominator ?? Infinity);
  if (kpi.type !== 'count' && least < LEAST_DENOMINATOR)
    return {
      verdict: 'not_comparable',
      because: because(`分母少于 ${LEAST_DENOMINATOR}`, `a denominator under ${LEAST_DENOMINATOR}`),
    };
  for (const [cell, zh, en] of [
    [now, '本期', 'this period'],
    [then, '去年同期', 'last year'],
  ] as const)
    if (cell.status === 'partial') {
      const { covered, due } = cell.coverage;
      return {
        verdict: 'partial',
        because: because(
          `${zh}台账只报 ${covered}/${due} 个支部月`,
          `${en} only ${covered} of ${due} branch-months reported`,
        ),
      };
    }
  const unknown = kpi.type === 'count' ? now.unknown + then.unknown : 0;
  if (unknown > 0)
    return { verdict: 'partial', because: because(`${unknown} 条数不明`, `${unknown} figures unknown`) };
  return { verdict: 'comparable', because: null };
}
