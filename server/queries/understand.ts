import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { countsPerMember, isRecordKpi, perMember, type Kpi } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import { kindByCode, kindFamilies, kinds } from '../../shared/kinds.ts';
import { FIRST_YEAR, LAST_YEAR, periodsOf, rangeOf, yearOf, yearOfDay } from '../../shared/period.ts';
import { questionSchema, type Asked } from '../../shared/query.ts';
import { UnitTree } from '../../shared/unit.ts';
import { Refusal, type Fault } from '../errors.ts';
import { lastCoveredDay } from './centre.ts';
import type { Frame } from './frame.ts';
import { settings } from './settings.ts';
import { normedKinds } from './slots.ts';
import { listUnits } from './units.ts';

const YEARS_MAX = 30;

/** More cells than a page or a sheet can use; a larger question is refused whole, never cut short. */
const CELLS_MAX = 100_000;

/** The question with every name resolved, ready to be answered. */
export type Understood = {
  readonly asked: Asked;
  readonly tree: UnitTree;
  readonly kpis: readonly Kpi[];
};

/**
 * Resolves names and fills in defaults.
 * @throws Refusal 422 naming the parameter: unknown unit, KPI or kind, or a question too large
 */
export async function understand(
  db: Kysely<Database>,
  question: z.output<typeof questionSchema>,
): Promise<Understood> {
  const tree = new UnitTree(await listUnits(db), question.structure);
  const { yearStart } = await settings(db);
  const faults: Fault[] = [];
  const found = question.kpi.flatMap((id) => kpiById.get(id) ?? []);
  for (const id of question.kpi)
    if (!kpiById.has(id))
      faults.push({
        path: 'kpi',
        message: `unknown KPI "${id}"; known: ${kpis.map((k) => k.id).join(', ')}`,
      });
  for (const code of question.kind ?? [])
    if (!kindByCode.has(code))
      faults.push({
        path: 'kind',
        message: `unknown kind "${code}"; known: ${kinds.map((k) => k.code).join(', ')}`,
      });
  const unit = question.unit ?? tree.roots[0]?.code;
  if (unit === undefined)
    faults.push({ path: 'unit', message: 'there are no units yet; import units.csv first' });
  else if (!tree.byCode.has(unit)) faults.push({ path: 'unit', message: `unknown unit "${unit}"` });
  if ((question.years?.length ?? 0) > YEARS_MAX)
    faults.push({ path: 'years', message: `at most ${YEARS_MAX} years in one question` });
  else
    for (const year of question.years ?? [])
      if (year < FIRST_YEAR || year > LAST_YEAR)
        faults.push({
          path: 'years',
          message: `a year lies between ${FIRST_YEAR} and ${LAST_YEAR}; ${year} does not`,
        });
  if (question.asOf && (yearOf(question.asOf) < FIRST_YEAR || yearOf(question.asOf) > LAST_YEAR))
    faults.push({ path: 'asOf', message: `a day lies between ${FIRST_YEAR} and ${LAST_YEAR}` });
  if (question.by === 'kind')
    for (const k of found)
      if (!k.splitsByKind) faults.push({ path: 'by', message: `${k.id} does not split by kind` });
  if (question.per === 'member')
    for (const k of found)
      if (!countsPerMember(k))
        faults.push({ path: 'per', message: `${k.id} is not counted per member; only counts of events are` });
  if (faults.length > 0 || unit === undefined)
    throw new Refusal(422, 'The question names what does not exist', faults);

  const asOf =
    question.asOf ??
    (await lastCoveredDay(db)) ??
    (question.years ? rangeOf(String(Math.max(...question.years)), yearStart).to : null);
  if (asOf === null)
    throw new Refusal(422, 'No ledger has been imported yet', [
      { path: 'years', message: 'name the years, or import a ledger first' },
    ]);
  const asked: Asked = {
    kpi: question.kpi,
    unit,
    by: question.by ?? null,
    years: question.years ?? [yearOfDay(asOf, yearStart)],
    grain: question.grain,
    asOf,
    toDate: question.toDate,
    kind: question.kind ?? null,
    structure: question.structure,
    per: question.per ?? null,
    yearStart,
    knownOn: question.knownOn ?? null,
  };
  refuseTooLarge(asked, tree);
  return { asked, tree, kpis: question.per === 'member' ? found.map(perMember) : found };
}

function refuseTooLarge(asked: Asked, tree: UnitTree): void {
  const parts = asked.by === 'unit' ? tree.parts(asked.unit).length : asked.by === 'kind' ? kinds.length : 1;
  const periods = asked.years.reduce((n, y) => n + periodsOf(y, asked.grain).length, 0);
  const cells = asked.kpi.length * parts * periods;
  if (cells > CELLS_MAX)
    throw new Refusal(422, 'The question is too large', [
      {
        path: 'years',
        message: `${cells} cells asked for, at most ${CELLS_MAX}; ask for fewer years, units or a coarser grain`,
      },
    ]);
}

/** The kinds by which a KPI's figure is split. */
export function kindsOf(frame: Frame, kpi: Kpi): readonly string[] {
  if (kpi.from === 'slots') return normedKinds(frame);
  // A study session may also be a general meeting; it is told by its study kinds.
  if (isRecordKpi(kpi) && kpi.where && 'hasKind' in kpi.where) return kpi.where.hasKind;
  // A ledger of either family may keep no kinds: its rows are of kind "other".
  const isOf = kpi.from === 'visit' ? ['visit', 'other'] : kindFamilies.filter((f) => f !== 'visit');
  return kinds.filter((k) => isOf.includes(k.family)).map((k) => k.code);
}
