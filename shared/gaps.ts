import type { Context } from './context.ts';
import { formatMonths } from './format-period.ts';
import { familyNames, type Family } from './kinds.ts';
import { ledgerOf, type Kpi } from './kpi.ts';
import { monthOf, monthsFrom, type DateRange } from './period.ts';
import type { Cell } from './query.ts';
import type { Text } from './text.ts';
import { shortName, type UnitTree } from './unit.ts';

/** Ledgers that a figure lacks: of which units, which months. */

export type Lacking = { readonly unit: string; readonly family: Family; readonly months: readonly string[] };

/**
 * The months that the cell lacks, by unit.
 * @param tree in the structure of the figures
 * @param family of which ledger; absent: of the KPI's own
 */
export function gapsIn(
  kpi: Kpi,
  cell: Pick<Cell, 'unit' | 'within'>,
  { context, tree, days }: { context: Pick<Context, 'gaps'>; tree: UnitTree; days: DateRange },
  family: Family = ledgerOf(kpi),
): Lacking[] {
  const [first, last] = [monthOf(days.from), monthOf(days.to)];
  const isIn = (unit: string, month: string): boolean =>
    tree.isPartOf(cell.unit, cell.within, month) &&
    tree.pathIn(unit, month).some((u) => u.code === cell.unit);
  return context.gaps
    .filter((g) => g.family === family && g.from <= last && g.to >= first)
    .flatMap(({ unit, from, to }) => {
      const months = monthsFrom(from < first ? first : from, to > last ? last : to).filter((m) =>
        isIn(unit, m),
      );
      return months.length === 0 ? [] : [{ unit, family, months }];
    });
}

const NAMED = 2;

/** `缺东港站 2024年4、5月三会一课台账` · `3 branches lack the … ledger: 东港站 Apr–May 2024, … and 1 more`. */
export function sayGaps(gaps: readonly Lacking[], tree: UnitTree): Text {
  const months = new Map<string, string[]>();
  for (const g of gaps) months.set(g.unit, [...(months.get(g.unit) ?? []), ...g.months]);
  const units = [...months].map(([code, own]) => ({
    name: shortName(tree.byCode.get(code)?.name ?? code),
    own,
  }));
  const family = familyNames[gaps[0]?.family ?? 'activity'];
  const [ledger, ledgerEn] = [`${family.zh}台账`, `${family.en.toLowerCase()} ledger`];
  const [first] = units;
  if (units.length <= 1 && first)
    return {
      zh: `缺${first.name} ${formatMonths(first.own, 'zh')}${ledger}`,
      en: `${first.name} lacks the ${ledgerEn} of ${formatMonths(first.own, 'en')}`,
    };
  const named = units.slice(0, NAMED);
  const rest = units.length - named.length;
  const list = (lang: 'zh' | 'en', comma: string): string =>
    named.map(({ name, own }) => `${name} ${formatMonths(own, lang)}`).join(comma);
  return {
    zh: `${units.length} 个支部缺${ledger}：${list('zh', '、')}${rest === 0 ? '' : `，另有 ${rest} 个`}`,
    en: `${units.length} branches lack the ${ledgerEn}: ${list('en', ', ')}${rest === 0 ? '' : ` and ${rest} more`}`,
  };
}
