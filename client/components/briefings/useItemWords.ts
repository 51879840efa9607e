import type { BriefingItem } from '../../../shared/briefing.ts';
import { formatDate, formatYears } from '../../../shared/format.ts';
import { kpiById } from '../../../shared/kpis.ts';
import { fromParams } from '../../../shared/params.ts';
import type { SnapshotMeta } from '../../../shared/snapshots.ts';
import { shortName } from '../../../shared/unit.ts';
import { viewNames } from '../../../shared/views.ts';
import { useDictionary } from '../../composables/useDictionary.ts';
import { useWords } from '../../i18n.ts';
import { useCentre } from '../../stores/centre.ts';
import { briefingWords } from '../../words/briefings.ts';

type LiveView = Extract<BriefingItem, { is: 'view' }>;

/** What an item is called, and what a live chart will be of. */
export function useItemWords(snapshots: () => ReadonlyMap<string, SnapshotMeta>): {
  titleOf: (id: string) => string;
  nameOf: (item: BriefingItem) => string;
  chartOf: (item: LiveView) => string;
  scopeOf: (item: LiveView) => string;
} {
  const words = useDictionary(briefingWords);
  const { say, lang } = useWords();
  const store = useCentre();

  const titleOf = (id: string): string => {
    const known = snapshots().get(id);
    return known ? (known.listing?.title ?? known.title) : words.value.unknownSnapshot(id);
  };
  const kpiName = (query: LiveView['query']): string => {
    const [id] = [fromParams(query)['kpi']].flat();
    const kpi = kpiById.get(String(id ?? ''));
    return kpi ? say(kpi.name) : '';
  };
  const chartOf = ({ view, query }: LiveView): string =>
    [kpiName(query), say(viewNames[view])].filter(Boolean).join(' · ');
  function scopeOf({ query }: LiveView): string {
    const { unit, years, asOf } = fromParams(query);
    const own = store.tree.byCode.get(String(unit ?? store.root?.code ?? ''));
    const named = Array.isArray(years) ? years.filter((y) => typeof y === 'number') : [];
    return [
      own ? (own.parent === null ? own.name : shortName(own.name)) : String(unit ?? ''),
      ...(named.length > 0 ? [formatYears(named, lang.value, store.centre.yearStart)] : []),
      typeof asOf === 'string' ? words.value.liveOn(formatDate(asOf, lang.value)) : words.value.live,
    ].join(' · ');
  }
  function nameOf(item: BriefingItem): string {
    if (item.is === 'snapshot') return titleOf(item.id);
    if (item.is === 'view') return item.title ?? chartOf(item);
    return item.text.trim() === '' ? words.value.kinds[item.is] : item.text.trim().slice(0, 40);
  }
  return { titleOf, nameOf, chartOf, scopeOf };
}
