import { computed, type ComputedRef } from 'vue';
import { useRoute, type RouteLocationRaw } from 'vue-router';
import type { Mark } from '../../shared/charts/view.ts';
import { formatPeriod, formatPeriodInYear } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { grainOf, monthOf, rangeOf, yearOfDay } from '../../shared/period.ts';
import { shortName, type Unit } from '../../shared/unit.ts';
import { useWords } from '../i18n.ts';
import { useCentre } from '../stores/centre.ts';
import { drillWords } from '../words/drill.ts';
import { useDictionary } from './useDictionary.ts';
import { useQuestion } from './useQuestion.ts';

/** One step of the way from the centre down; without `to` it is where one stands. */
export type Crumb = { readonly key: string; readonly label: string; readonly to?: RouteLocationRaw };

/** `2026-03` → `['2026', '2026-03']`: the periods that hold it, the widest first, and itself. */
export function periodsTo(period: string, yearStart = 1): string[] {
  const grain = grainOf(period);
  if (grain === null) return [];
  const year = String(yearOfDay(rangeOf(period, yearStart).from, yearStart));
  if (grain === 'year') return [period];
  return grain === 'day' ? [year, monthOf(period), period] : [year, period];
}

/** A group is called by what its name adds to its branch's; others by their short name. */
export function nameUnder(unit: Unit, parent: Unit | undefined): string {
  if (unit.parent === null) return unit.name;
  const own = parent && unit.name !== parent.name && unit.name.startsWith(parent.name);
  return own ? unit.name.slice(parent.name.length) : shortName(unit.name);
}

/** The ways up from a page: its units, and from records on their period and kind. */
export function useCrumbs(): {
  /** From the centre to the unit. `stay`: each step is this page of that unit, else the unit's own page. */
  units: (code: string, stay?: boolean) => Crumb[];
  /** The records of each wider period, then those of the kind. */
  records: (of: Omit<Mark, 'part'>) => Crumb[];
  isBelowRoot: ComputedRef<boolean>;
} {
  const route = useRoute();
  const store = useCentre();
  const { state, pageLink, unitLink, recordsLink } = useQuestion();
  const { lang, say } = useWords();
  const words = useDictionary(drillWords);

  return {
    units: (code, stay = false) =>
      store.tree.path(code).map((unit, i, path) => ({
        key: unit.code,
        label: nameUnder(unit, path[i - 1]),
        to: stay
          ? pageLink(route.path, { unit: unit.parent === null ? null : unit.code })
          : unit.parent === null
            ? pageLink('/', { unit: null, kind: null })
            : unitLink(unit.code),
      })),
    records({ kind, ...mark }) {
      const { yearStart = 1 } = state.value;
      const steps: Crumb[] = periodsTo(mark.period, yearStart).map((period, i) => ({
        key: period,
        label: (i === 0 ? formatPeriod : formatPeriodInYear)(period, lang.value, yearStart),
        to: recordsLink({ ...mark, period }),
      }));
      if (!kind || kind.length === 0) return steps;
      const names = kind.map((k) => say(kindByCode.get(k)?.name ?? { zh: k, en: k }));
      return [
        ...steps,
        { key: kind.join(), label: words.value.kinds(names), to: recordsLink({ ...mark, kind }) },
      ];
    },
    isBelowRoot: computed(() => state.value.unit !== store.root?.code),
  };
}
