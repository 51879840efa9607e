import { formatPeriod } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { kpiById } from '../../shared/kpis.ts';
import { shortName } from '../../shared/unit.ts';
import { useWords } from '../i18n.ts';
import { useCentre } from '../stores/centre.ts';
import { noteWords } from '../words/notes.ts';
import { useDictionary } from './useDictionary.ts';

/** The parts of a chart's point in words. */
export function usePointWords(): {
  unitName: (code: string) => string;
  kpiName: (id: string) => string;
  periodName: (period: string) => string;
  kindName: (kinds: readonly string[] | undefined) => string;
} {
  const store = useCentre();
  const { say, lang } = useWords();
  const words = useDictionary(noteWords);
  return {
    unitName: (code) => shortName(store.tree.byCode.get(code)?.name ?? code),
    kpiName: (id) => {
      const kpi = kpiById.get(id);
      return kpi ? say(kpi.name) : id;
    },
    periodName: (period) => formatPeriod(period, lang.value, store.centre.yearStart),
    kindName: (kinds = []) =>
      kinds
        .map((code) => {
          const kind = kindByCode.get(code);
          return kind ? say(kind.name) : code;
        })
        .join(lang.value === 'zh' ? '、' : ', ') || words.value.allKinds,
  };
}
