import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery, type RouteLocationRaw } from 'vue-router';
import type { Mark, ViewState } from '../../shared/charts/view.ts';
import { kpiById } from '../../shared/kpis.ts';
import { yearOf } from '../../shared/period.ts';
import { useCentre } from '../stores/centre.ts';
import { addressFaults, addressValues, type AddressFault } from './address.ts';

const DEFAULT_KPI = 'study_sessions';
const YEARS_SHOWN = 4;

/** Changes to the question. `null` takes a part back to its default. */
type Change = {
  unit?: string | null;
  kpi?: string | null;
  years?: readonly number[] | null;
  asOf?: string | null;
  grain?: ViewState['grain'] | null;
  kind?: readonly string[] | null;
  whole?: boolean;
};

/** Address parameters that hold one cell's records and not the question itself. */
const ofRecords = ['period', 'part', 'limit', 'cursor'];

/** Pages whose address is a question; on the others these parameters only wait for the next page. */
const asking: ReadonlySet<string> = new Set([
  'overview',
  'yoy',
  'compare',
  'unit',
  'rectification',
  'records',
]);

const firstOf = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && one !== '' ? one : undefined;
};

/** The years to show when the address names none: the latest, up to the as-of day. */
export const latestYears = (covered: readonly number[], asOf: string, count = YEARS_SHOWN): number[] => {
  const past = covered.filter((y) => y <= yearOf(asOf));
  return past.length > 0 ? past.slice(-count) : [yearOf(asOf)];
};

/**
 * Address → question. What the address leaves out takes its default from the centre. What it says
 * wrongly is told by `faults` and shown in the page's place, before any of it is asked.
 */
export function readQuestion(
  query: LocationQuery,
  centre: { asOf: string | null; years: readonly number[] },
  rootUnit: string,
  pathUnit?: string,
): ViewState {
  const values = addressValues(query);
  const asOf = firstOf(values['asOf']) ?? centre.asOf ?? '2000-12-31';
  const asked = Array.isArray(values['years']) ? values['years'].filter((y) => typeof y === 'number') : [];
  const years = asked.length > 0 ? asked.toSorted((a, b) => a - b) : latestYears(centre.years, asOf);
  const grain = firstOf(values['grain']);
  const kind = Array.isArray(values['kind']) ? (values['kind'] as string[]) : undefined;
  const kpi = firstOf(values['kpi']) ?? DEFAULT_KPI;
  return {
    unit: pathUnit ?? firstOf(values['unit']) ?? rootUnit,
    kpi: kpiById.has(kpi) ? kpi : DEFAULT_KPI,
    years,
    asOf,
    grain: grain === 'quarter' || grain === 'year' ? grain : 'month',
    ...(kind && kind.length > 0 ? { kind } : {}),
    whole: values['toDate'] === false,
  };
}

/** The address parameters of a change, merged into those that stand there. */
export function changed(query: LocationQuery, change: Change): LocationQuery {
  const next: LocationQuery = { ...query };
  const put = (key: string, value: string | null | undefined): void => {
    if (value === undefined) return;
    if (value === null || value === '') delete next[key];
    else next[key] = value;
  };
  put('unit', change.unit);
  put('kpi', change.kpi);
  put('asOf', change.asOf);
  put('grain', change.grain);
  put('years', change.years && change.years.join(','));
  put('kind', change.kind && change.kind.join(','));
  if (change.whole !== undefined) put('toDate', change.whole ? '0' : null);
  return next;
}

export type UseQuestion = {
  state: ComputedRef<ViewState>;
  /** What in the address names nothing; empty on pages that ask no question. */
  faults: ComputedRef<readonly AddressFault[]>;
  thisYear: ComputedRef<number>;
  lastYear: ComputedRef<number>;
  ask: (change: Change) => void;
  pageLink: (path: string, change?: Change) => RouteLocationRaw;
  recordsLink: (mark: Mark) => RouteLocationRaw;
  unitLink: (code: string) => RouteLocationRaw;
  params: (state: ViewState) => Record<string, string>;
};

/** The page's question, read from the address and written back to it. */
export function useQuestion(): UseQuestion {
  const route = useRoute();
  const router = useRouter();
  const store = useCentre();

  const state = computed(() =>
    readQuestion(route.query, store.centre, store.root?.code ?? '', firstOf(route.params['code'])),
  );
  const faults = computed(() => {
    if (!store.ready || !asking.has(String(route.name))) return [];
    const isRecords = route.name === 'records';
    return addressFaults(
      { query: route.query, pathUnit: firstOf(route.params['code']), isRecords },
      store.tree,
    );
  });
  const thisYear = computed(() => state.value.years.at(-1) ?? yearOf(state.value.asOf));
  const lastYear = computed(() => thisYear.value - 1);

  /** The question without what belongs to the records of one cell. */
  const question = (): LocationQuery => {
    const query = { ...route.query };
    for (const key of ofRecords) delete query[key];
    // A mistake is not carried on to the next page.
    for (const { path } of faults.value) delete query[path];
    // On the records page `toDate` is the cell's, not the reader's choice.
    if (route.name === 'records') delete query['toDate'];
    const code = firstOf(route.params['code']);
    return code !== undefined && code !== store.root?.code && store.tree.byCode.has(code)
      ? { ...query, unit: code }
      : query;
  };

  function ask(change: Change): void {
    const { unit, ...rest } = change;
    if (route.params['code'] === undefined || unit === undefined) {
      void router.push({ path: route.path, query: changed(route.query, change) });
    } else
      void router.push({
        path: `/units/${unit ?? store.root?.code ?? ''}`,
        query: changed(route.query, rest),
      });
  }
  const pageLink = (path: string, change: Change = {}): RouteLocationRaw => ({
    path,
    query: changed(question(), change),
  });
  const unitLink = (code: string): RouteLocationRaw => ({
    path: `/units/${code}`,
    query: changed(question(), { unit: null }),
  });
  const recordsLink = (mark: Mark): RouteLocationRaw => ({
    path: '/records',
    query: {
      ...changed(question(), {
        unit: mark.unit,
        kpi: mark.kpi,
        kind: mark.kind ?? null,
        asOf: state.value.asOf,
      }),
      period: mark.period,
      toDate: mark.toDate ? '1' : '0',
      ...(mark.part ? { part: mark.part } : {}),
    },
  });
  const params = (of: ViewState): Record<string, string> => ({
    unit: of.unit,
    kpi: of.kpi,
    years: of.years.join(','),
    asOf: of.asOf,
    grain: of.grain,
    ...(of.kind ? { kind: of.kind.join(',') } : {}),
    ...(of.whole ? { toDate: '0' } : {}),
  });
  return { state, faults, thisYear, lastYear, ask, pageLink, recordsLink, unitLink, params };
}
