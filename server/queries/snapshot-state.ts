import { z } from 'zod';
import type { Centre } from '../../shared/api.ts';
import type { ViewState } from '../../shared/charts/view.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { addsUp, countsPerMember } from '../../shared/kpi.ts';
import { MOST_BESIDE } from '../../shared/charts/beside-reading.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import { grainOfPart, isPart } from '../../shared/part-of-year.ts';
import { grains, rangeOf, yearOfDay } from '../../shared/period.ts';
import { code, fromParams, questionSchema } from '../../shared/query.ts';
import { lastCoveredIn } from '../../shared/structure.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { viewsOfPart, type ViewId } from '../../shared/views.ts';
import { Refusal, type Fault } from '../errors.ts';
import { messageOf } from '../problem.ts';

/** From a page's parameters to the state for which its chart is drawn. */

/** The page's parameters. `by` belongs to the view, so it is read and has no effect. */
const pageQuery = questionSchema
  .omit({ knownOn: true })
  .partial()
  .extend({
    // Absent is not the same as the default of a bare question.
    grain: z.enum(grains).optional(),
    toDate: z.boolean().optional(),
    /** Running totals from the year's beginning. */
    sum: z.boolean().optional(),
    /** One month or quarter of every year. */
    only: z.string().refine(isPart, 'is not a month or quarter (03, Q1)').optional(),
    /** Units picked to be looked at side by side. */
    beside: z.array(code).min(1).max(MOST_BESIDE).optional(),
  });
/** As many years as a page shows that names none. */
const YEARS_SHOWN = 4;

/** @throws Refusal 400 where it does not parse */
export function parseQuery(query: Readonly<Record<string, unknown>>): z.output<typeof pageQuery> {
  const parsed = pageQuery.safeParse(fromParams(query));
  if (parsed.success) return parsed.data;
  throw new Refusal(
    400,
    'The snapshot’s query does not parse',
    parsed.error.issues.flatMap((issue): Fault[] => {
      const path = ['query', ...issue.path].join('.');
      if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue) }];
      return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'is not a parameter of a page' }));
    }),
  );
}

/** What the query names that does not exist, or cannot be drawn. */
function faultsOf(
  view: ViewId,
  query: z.output<typeof pageQuery> & { readonly kpi: readonly string[] },
  tree: UnitTree,
): Fault[] {
  const faults: Fault[] = [];
  const refuse = (path: string, message: string): void =>
    void faults.push({ path: `query.${path}`, message });
  for (const id of query.kpi)
    if (!kpiById.has(id)) refuse('kpi', `unknown KPI "${id}"; known: ${kpis.map((k) => k.id).join(', ')}`);
  for (const code of query.kind ?? [])
    if (!kindByCode.has(code))
      refuse('kind', `unknown kind "${code}"; known: ${[...kindByCode.keys()].join(', ')}`);
  const unit = query.unit ?? tree.roots[0]?.code;
  if (unit === undefined) refuse('unit', 'there are no units yet; import units.csv first');
  else if (!tree.byCode.has(unit)) refuse('unit', `unknown unit "${unit}"`);
  for (const picked of query.beside ?? [])
    if (!tree.byCode.has(picked)) refuse('beside', `unknown unit "${picked}"`);
  const kpi = kpiById.get(query.kpi[0] ?? '');
  if (view === 'composition' && kpi?.splitsByKind === false)
    refuse('kpi', `${kpi.id} does not split by kind`);
  if (query.per === 'member' && kpi && !countsPerMember(kpi))
    refuse('per', `${kpi.id} is not counted per member; only counts of events are`);
  if (query.sum && kpi && !addsUp(kpi))
    refuse('sum', `${kpi.id} has no running total: figures of its months do not come to the year's`);
  if (query.sum && query.only) refuse('only', 'a running total is of no one month or quarter');
  return faults;
}

/**
 * The query with its choices made, as the page would make them.
 * @throws Refusal 422 where it names what does not exist
 */
export function stateOf(
  view: ViewId,
  query: z.output<typeof pageQuery>,
  { tree, centre: { years: covered, asOf: last, lastDays, yearStart } }: { tree: UnitTree; centre: Centre },
): ViewState {
  const kpi = query.kpi?.[0] ?? (view === 'rectification' ? 'rectification_closure_rate' : 'study_sessions');
  const unit = query.unit ?? tree.roots[0]?.code;
  const faults = faultsOf(view, { ...query, kpi: query.kpi ?? [kpi] }, tree);
  const ofScope = unit === undefined ? null : lastCoveredIn(tree, unit, lastDays);
  const endOf = (years: readonly number[]): string => rangeOf(String(Math.max(...years)), yearStart).to;
  const asOf = query.asOf ?? ofScope ?? last ?? (query.years ? endOf(query.years) : null);
  if (asOf === null)
    faults.push({ path: 'query.years', message: 'name the years, or import a ledger first' });
  if (faults.length > 0 || unit === undefined || asOf === null)
    throw new Refusal(422, 'The snapshot’s query names what does not exist', faults);
  const now = yearOfDay(asOf, yearStart);
  const past = covered.filter((y) => y <= now).slice(-YEARS_SHOWN);
  // A month stands among months.
  const isMonths = query.only !== undefined && grainOfPart(query.only) === 'month';
  const years = query.years ?? (past.length > 0 ? past : [now]);
  return {
    unit,
    kpi,
    years: [...years].sort((a, b) => a - b),
    asOf,
    grain: !isMonths && (query.grain === 'quarter' || query.grain === 'year') ? query.grain : 'month',
    ...(query.kind === undefined ? {} : { kind: query.kind }),
    ...(query.toDate === false ? { whole: true } : {}),
    ...(query.structure === 'today' ? { structure: query.structure } : {}),
    ...(query.per === undefined ? {} : { per: query.per }),
    ...(query.sum ? { sum: true as const } : {}),
    ...(query.only === undefined || !viewsOfPart.has(view) ? {} : { only: query.only }),
    ...(query.beside === undefined ? {} : { beside: query.beside }),
    ...(yearStart === 1 ? {} : { yearStart }),
  };
}
