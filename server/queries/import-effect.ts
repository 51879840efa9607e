import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { CommitChoices, EffectReply } from '../../shared/imports.ts';
import { kpis } from '../../shared/kpis.ts';
import { firstDay, yearOfDay } from '../../shared/period.ts';
import type { Cell, Question } from '../../shared/query.ts';
import { UnitTree } from '../../shared/unit.ts';
import { storeImport } from '../import/commit.ts';
import type { Report } from '../import/report.ts';
import { answer } from './answer.ts';
import { changing, lastCoveredDay } from './centre.ts';
import { waiting } from './imports.ts';
import { settings } from './settings.ts';
import { listUnits } from './units.ts';

/** More than anyone reads before a commit; `total` says how many there are. */
const LISTED = 300;
/** Units and years of which the figures are asked; an import of more tells of the centre alone. */
const UNITS = 12;
const YEARS = 10;

type Figure = EffectReply['moved'][number]['before'];

/**
 * Which KPIs a commit would move, and by how much: it is made within a transaction, the figures are asked before and
 * after, and the transaction is taken back.
 * @throws Refusal as the commit itself
 */
export async function importEffect(db: Db, id: number, choices: CommitChoices): Promise<EffectReply> {
  // On PostgreSQL both askings see one state of the data, whoever else writes; SQLite lets nobody else in.
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').execute();
  try {
    const report = JSON.parse((await waiting(trx, id)).report) as Report;
    const was = await lastCoveredDay(trx);
    const questions = await questionsFor(trx, report);
    const before = was === null ? new Map<string, Cell>() : await figuresOf(trx, questions, was);
    const note = { at: '', actor: '', what: 'import', detail: String(id) } as const;
    await changing(trx, note, (version) =>
      storeImport(trx, { importId: id, version }, { report, choices, keepNames: false, progress: () => {} }),
    );
    const is = await lastCoveredDay(trx);
    const after = is === null ? new Map<string, Cell>() : await figuresOf(trx, questions, is);
    const moved = movedFigures(before, after);
    return {
      moved: moved.slice(0, LISTED),
      total: moved.length,
      asOf: { before: was, after: is },
      stopped: false,
    };
  } finally {
    await trx.rollback().execute();
  }
}

/** The centre, and the units that the import speaks of, in the years that it covers. */
async function questionsFor(trx: Kysely<Database>, { coverage }: Report): Promise<Question[]> {
  const tree = new UnitTree(await listUnits(trx));
  const { yearStart } = await settings(trx);
  const years = new Set<number>();
  for (const { from_month, to_month } of coverage)
    for (
      let y = yearOfDay(firstDay(from_month), yearStart);
      y <= yearOfDay(firstDay(to_month), yearStart);
      y++
    )
      years.add(y);
  const concerned = [...new Set(coverage.map((c) => c.unit))];
  const [root] = tree.roots;
  const units = [...(root ? [root.code] : []), ...(concerned.length <= UNITS ? concerned : [])];
  const recent = [...years].toSorted((a, b) => a - b).slice(-YEARS);
  if (recent.length === 0) return [];
  return [...new Set(units)].map((unit) => ({ kpi: kpis.map((k) => k.id), unit, years: recent }));
}

async function figuresOf(
  trx: Kysely<Database>,
  questions: readonly Question[],
  asOf: string,
): Promise<Map<string, Cell>> {
  const cells = new Map<string, Cell>();
  for (const question of questions)
    for (const cell of (await answer(trx, { ...question, asOf })).cells)
      cells.set([cell.kpi, cell.unit, cell.period].join('\n'), cell);
  return cells;
}

const none: Figure = { value: null, numerator: null, denominator: null, status: 'none' };
const figureOf = (cell: Cell | undefined): Figure =>
  cell
    ? { value: cell.value, numerator: cell.numerator, denominator: cell.denominator, status: cell.status }
    : none;

function movedFigures(
  before: ReadonlyMap<string, Cell>,
  after: ReadonlyMap<string, Cell>,
): EffectReply['moved'] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [figureOf(before.get(key)), figureOf(after.get(key))];
    const cell = after.get(key) ?? before.get(key);
    const stays = (Object.keys(was) as (keyof Figure)[]).every((k) => was[k] === is[k]);
    if (stays || !cell) return [];
    return [{ kpi: cell.kpi, unit: cell.unit, period: cell.period, before: was, after: is }];
  });
}
