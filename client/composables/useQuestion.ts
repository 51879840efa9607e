import { computed, getCurrentInstance, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery, type RouteLocationRaw } from 'vue-router';
import { sumSpan } from '../../shared/charts/sums.ts';
import type { Mark, ViewState } from '../../shared/charts/view.ts';
import { addsUp, countsPerMember } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { grainOfPart, isPart } from '../../shared/part-of-year.ts';
import { earlier, isDate, yearOfDay } from '../../shared/period.ts';
import { useCentre } from '../stores/centre.ts';
import { addressFaults, addressValues, type AddressFault } from './address.ts';
import { later } from './later.ts';

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
  structure?: 'today' | null;
  per?: 'member' | null;
  /** Running totals from the year's beginning. */
  sum?: true | null;
  /** The month or quarter of every year to which the page is narrowed: `03`, `Q1`. */
  only?: string | null;
  /** Units looked at side by side, in the order of the picking. */
  beside?: readonly string[] | null;
  /** The earlier of the two years between which units are drawn as slopes. */
  since?: string | null;
  /** The unit whose figure is taken apart beside the comparison. */
  at?: string | null;
};

/** Address parameters of one page (a cell's records, the past compared with) and not of the question itself. */
const ofRecords = [
  'period',
  'until',
  'part',
  'limit',
  'cursor',
  'within',
  'knownOn',
  'version',
  'code',
  'at',
];

/** Pages on which the reader can choose how units stand, and counts per member; elsewhere neither is asked for. */
const structured: ReadonlySet<string> = new Set(['yoy', 'compare', 'records']);
const perMembered: ReadonlySet<string> = new Set(['compare', 'records']);
const summed: ReadonlySet<string> = new Set(['yoy']);
/** Pages that can be narrowed to a month or quarter. */
const narrowed: ReadonlySet<string> = new Set(['overview', 'yoy', 'compare', 'unit']);
/** Pages of one cell's records, which may end before the question's own day. */
const ofOneCell: ReadonlySet<string> = new Set(['records', 'record']);

/** Pages whose address is a question; on the others these parameters only wait for the next page. */
const asking: ReadonlySet<string> = new Set([
  'overview',
  'yoy',
  'compare',
  'unit',
  'rectification',
  'records',
  'changes',
  'contradictions',
]);

const firstOf = (value: unknown): string | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' && one !== '' ? one : undefined;
};

/** The years to show when the address names none: the latest, up to the as-of day. */
export const latestYears = (
  { years, yearStart = 1 }: { years: readonly number[]; yearStart?: number },
  asOf: string,
  count = YEARS_SHOWN,
): number[] => {
  const now = yearOfDay(asOf, yearStart);
  const past = years.filter((y) => y <= now);
  return past.length > 0 ? past.slice(-count) : [now];
};

/** What the address's defaults are made from. */
type Known = {
  readonly asOf: string | null;
  readonly years: readonly number[];
  readonly yearStart?: number;
  /** The last day that the unit's ledgers cover. */
  readonly lastDayOf?: (unit: string) => string | null;
};

/**
 * Address → question. What the address leaves out takes its default from the centre. What it says
 * wrongly is told by `faults` and shown in the page's place, before any of it is asked.
 */
export function readQuestion(
  query: LocationQuery,
  centre: Known,
  rootUnit: string,
  pathUnit?: string,
): ViewState {
  const values = addressValues(query);
  const unit = pathUnit ?? firstOf(values['unit']) ?? rootUnit;
  const asOf = firstOf(values['asOf']) ?? centre.lastDayOf?.(unit) ?? centre.asOf ?? '2000-12-31';
  const named = Array.isArray(values['years']) ? values['years'].filter((y) => typeof y === 'number') : [];
  const years = named.length > 0 ? named.toSorted((a, b) => a - b) : latestYears(centre, asOf);
  const grain = firstOf(values['grain']);
  const kind = Array.isArray(values['kind']) ? (values['kind'] as string[]) : undefined;
  const asked = firstOf(values['kpi']) ?? DEFAULT_KPI;
  const kpi = kpiById.get(asked) ?? kpiById.get(DEFAULT_KPI)!;
  const { yearStart = 1 } = centre;
  const part = firstOf(values['only']);
  const only = part !== undefined && isPart(part) ? part : undefined;
  // A month stands among months.
  const isMonths = only !== undefined && grainOfPart(only) === 'month';
  return {
    unit,
    kpi: kpi.id,
    years,
    asOf,
    grain: !isMonths && (grain === 'quarter' || grain === 'year') ? grain : 'month',
    ...(kind && kind.length > 0 ? { kind } : {}),
    whole: values['toDate'] === false,
    ...(values['structure'] === 'today' ? { structure: 'today' } : {}),
    ...(values['per'] === 'member' && countsPerMember(kpi) ? { per: 'member' } : {}),
    ...(values['sum'] === true && addsUp(kpi) ? { sum: true } : {}),
    ...(only === undefined ? {} : { only }),
    ...(yearStart === 1 ? {} : { yearStart }),
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
  put('structure', change.structure);
  put('per', change.per);
  put('sum', change.sum === undefined ? undefined : change.sum && '1');
  // A figure that cannot be added up leaves the running total behind.
  const kpi = kpiById.get(change.kpi ?? '');
  if (kpi && !addsUp(kpi)) put('sum', null);
  put('only', change.only);
  // A year's running total is of no one month; nor is a month among quarters.
  if (change.only) put('sum', null);
  else if (change.sum) put('only', null);
  const isMonth = !String(next['only'] ?? 'Q').startsWith('Q');
  if (isMonth && next['grain'] === 'quarter') put(change.only ? 'grain' : 'only', null);
  put('beside', change.beside && change.beside.join(','));
  put('since', change.since);
  put('at', change.at);
  if (change.asOf !== undefined) put('until', null);
  if (change.whole !== undefined) put('toDate', change.whole ? '0' : null);
  return next;
}

/** Where links lead on from. */
type Place = {
  readonly name: string;
  readonly query: LocationQuery;
  /** The address's parameters that another page takes over. */
  readonly question: LocationQuery;
  readonly state: ViewState;
};

export type UseQuestion = {
  state: ComputedRef<ViewState>;
  /** What in the address names nothing; empty on pages that ask no question. */
  faults: ComputedRef<readonly AddressFault[]>;
  thisYear: ComputedRef<number>;
  lastYear: ComputedRef<number>;
  /** Can the page be narrowed to a month or quarter? */
  narrows: ComputedRef<boolean>;
  ask: (change: Change) => void;
  pageLink: (path: string, change?: Change) => RouteLocationRaw;
  recordsLink: (mark: Mark) => RouteLocationRaw;
  unitLink: (code: string) => RouteLocationRaw;
  params: (state: ViewState) => Record<string, string>;
};

/** The page's question, read from the address and written back to it. A picture on the big screen has an address of its own. */
export function useQuestion(): UseQuestion {
  const router = useRouter();
  const route = useRoute();
  const store = useCentre();

  /** As the address has it, whichever page it stands on. */
  const read = computed<ViewState>(() => {
    const known = { ...store.centre, lastDayOf: store.lastDayOf };
    return readQuestion(route.query, known, store.root?.code ?? '', firstOf(route.params['code']));
  });
  const state = computed<ViewState>(() => {
    const page = String(route.name);
    const { structure, per, sum, only, asOf, ...rest } = read.value;
    const until = ofOneCell.has(page) ? firstOf(route.query['until']) : undefined;
    return {
      ...rest,
      asOf: until !== undefined && isDate(until) ? earlier(until, asOf) : asOf,
      ...(sum !== undefined && summed.has(page) ? { sum } : {}),
      ...(only !== undefined && narrowed.has(page) ? { only } : {}),
      ...(structure !== undefined && structured.has(page) ? { structure } : {}),
      ...(per !== undefined && perMembered.has(page) ? { per } : {}),
    };
  });
  const faults = computed(() => {
    if (!store.ready || !asking.has(String(route.name))) return [];
    const isRecords = route.name === 'records';
    return addressFaults(
      { query: route.query, pathUnit: firstOf(route.params['code']), isRecords },
      store.tree,
    );
  });
  const thisYear = computed(
    () => state.value.years.at(-1) ?? yearOfDay(state.value.asOf, state.value.yearStart),
  );
  const lastYear = computed(() => thisYear.value - 1);

  const narrows = computed(() => narrowed.has(String(route.name)));

  /** The question without what belongs to the records of one cell. */
  const questionNow = (): LocationQuery => {
    const query = { ...route.query };
    for (const key of ofRecords) delete query[key];
    // A mistake is not carried on to the next page.
    for (const { path } of faults.value) delete query[path];
    // On the pages of records `toDate` is the cell's, not the reader's choice.
    if (route.name === 'records' || route.name === 'record') delete query['toDate'];
    const code = firstOf(route.params['code']);
    return code !== undefined && code !== store.root?.code && store.tree.byCode.has(code)
      ? { ...query, unit: code }
      : query;
  };

  const placeNow = (): Place => ({
    name: String(route.name),
    query: route.query,
    question: questionNow(),
    state: read.value,
  });
  const placeShown = later(placeNow);
  /** There are dozens of links on a page, and each carries the question on: those that stand in it follow its chart. */
  const place = (): Place => (getCurrentInstance() ? placeShown.value : placeNow());

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
    query: changed(place().question, change),
  });
  const unitLink = (code: string): RouteLocationRaw => ({
    path: `/units/${code}`,
    query: changed(place().question, { unit: null }),
  });
  /** Of a running total the year, up to the mark's end; the records of one that is looked at stay cut where they are. */
  function spanOf(mark: Mark, { name, query, state: asked }: Place): { period: string; until?: string } {
    if (mark.sum) return sumSpan(mark, asked);
    const { period, until } = query;
    const isSame = ofOneCell.has(name) && mark.period === firstOf(period);
    return { period: mark.period, ...(isSame && firstOf(until) ? { until: firstOf(until) } : {}) };
  }
  function recordsLink(mark: Mark): RouteLocationRaw {
    const from = place();
    const query = changed(from.question, {
      unit: mark.unit,
      kpi: mark.kpi,
      kind: mark.kind ?? null,
      asOf: from.state.asOf,
      structure: mark.structure ?? null,
      per: mark.per ?? null,
    });
    return {
      path: '/records',
      query: {
        ...query,
        ...spanOf(mark, from),
        toDate: mark.toDate ? '1' : '0',
        ...(mark.part ? { part: mark.part } : {}),
        ...(mark.within ? { within: mark.within } : {}),
      },
    };
  }
  const params = (of: ViewState): Record<string, string> => ({
    unit: of.unit,
    kpi: of.kpi,
    years: of.years.join(','),
    asOf: of.asOf,
    grain: of.grain,
    ...(of.kind ? { kind: of.kind.join(',') } : {}),
    ...(of.whole ? { toDate: '0' } : {}),
    ...(of.structure ? { structure: of.structure } : {}),
    ...(of.per ? { per: of.per } : {}),
    ...(of.sum ? { sum: '1' } : {}),
    ...(of.only ? { only: of.only } : {}),
    ...(of.beside && of.beside.length > 0 ? { beside: of.beside.join(',') } : {}),
  });
  return { state, faults, thisYear, lastYear, narrows, ask, pageLink, recordsLink, unitLink, params };
}
