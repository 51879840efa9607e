import type { BriefingItem } from '../../shared/briefing.ts';
import { fromParams } from '../../shared/query.ts';
import { canonicalJson } from '../snapshot/sealed.ts';
import type { BriefingSeal, ChartItem } from './sealed.ts';

/** A briefing made again of the outline of a sealed one. */

type ViewItem = Extract<BriefingItem, { is: 'view' }>;

/** The same question without the days and years that it is asked of: by it a chart is found in the briefing before. */
function questionKey({ view, query }: ViewItem): string {
  const { asOf: _, years: __, ...rest } = fromParams(query) as Record<string, unknown>;
  return canonicalJson({ view, rest });
}

/** By which charts of two briefings are each other's counterparts; of several alike the first is that of the first. */
export function counterpartKeys(charts: readonly Pick<ChartItem, 'id' | 'asked'>[]): string[] {
  const seen = new Map<string, number>();
  return charts.map(({ id, asked }) => {
    const key = asked === null ? id : questionKey(asked);
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return `${key} ${n}`;
  });
}

/**
 * The outline for the next time: charts that were made with the briefing are asked for again, as of the day that will
 * be the last one then; snapshots that were chosen stay.
 * @param moved by how many years the years of a chart have moved on since its seal
 */
export function outlineAgain(
  sealed: BriefingSeal,
  moved: (chart: ChartItem & { readonly asked: ViewItem }) => number,
): BriefingItem[] {
  return sealed.items.map((item): BriefingItem => {
    if (item.is !== 'snapshot') return item;
    const { asked, id, comment } = item;
    if (asked === null) return { is: 'snapshot', id, comment };
    const { asOf: _, ...query } = fromParams(asked.query) as Record<string, unknown>;
    const years = query.years;
    const by = moved({ ...item, asked });
    return {
      ...asked,
      comment,
      query: Array.isArray(years)
        ? { ...query, years: years.map((year) => (typeof year === 'number' ? year + by : (year as unknown))) }
        : query,
    };
  });
}
