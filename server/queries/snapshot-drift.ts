import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { stepCodes } from '../../shared/codes.ts';
import { addsUp } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import { later } from '../../shared/period.ts';
import type { Answer, Asked, Cell } from '../../shared/query.ts';
import type { Drift } from '../../shared/snapshots.ts';
import { lastCoveredIn } from '../../shared/structure.ts';
import type { Text } from '../../shared/text.ts';
import { UnitTree } from '../../shared/unit.ts';
import { Refusal } from '../errors.ts';
import { canonicalJson, readSealed, type Sealed } from '../snapshot/sealed.ts';
import { answer } from './answer.ts';
import { centre, dataVersion } from './centre.ts';
import { difference, sinceVersion } from './restatement.ts';
import { sealedText, type SnapshotAsker } from './snapshots.ts';
import { listUnits } from './units.ts';

type Cells = ReadonlyMap<string, Cell>;
type Changed = Drift['changed'][number];
type Split = NonNullable<Changed['split']>;
type Totals = NonNullable<Drift['totals']>;

/**
 * The sealed cells whose figures are no longer the same, with what each difference is made of. `now` is null where the
 * question cannot be asked any more.
 * @param from the day from which is looked now: that of the seal, or today's, when days that followed count as movement
 * @throws Refusal 404
 */
export async function drift(
  db: Db,
  id: string,
  { who, from = 'sealed' }: { readonly who: SnapshotAsker; readonly from?: 'sealed' | 'today' },
): Promise<Drift> {
  const sealed = readSealed(await sealedText(db, id, who));
  const asOf = {
    sealed: sealed.state.asOf,
    now: from === 'sealed' ? sealed.state.asOf : await asOfToday(db, sealed),
  };
  const plain = async (): Promise<Drift> => {
    const changed: Changed[] = [];
    for (const then of sealed.answers)
      changed.push(
        ...pairs(then, await askAgain(db, then.query, asOf.now)).map((pair) => ({ ...pair, split: null })),
      );
    const versions = { sealedVersion: sealed.dataVersion, currentVersion: await dataVersion(db) };
    return { id, ...versions, asOf, changed, totals: null, unsplit: null };
  };
  const first = await plain();
  if (first.changed.length === 0) return { ...first, totals: nothing };
  try {
    return await sinceVersion(
      db,
      () => Promise.resolve(sealed.dataVersion),
      async (trx, { now, worlds }) => ({
        ...first,
        currentVersion: now,
        ...(await splitAll(sealed, { steps: [...worlds.steps, trx], trx, asOf: asOf.now })),
      }),
    );
  } catch (error) {
    const why = error instanceof Refusal ? unsplit[error.status] : undefined;
    if (why === undefined) throw error;
    return { ...first, unsplit: why };
  }
}

const unsplit: Partial<Record<number, Text>> = {
  404: {
    zh: '封存时的数据版本早于变更日志，分不出变化从何而来',
    en: 'the sealed version is from before the journal: what the changes come from cannot be told',
  },
  422: {
    zh: '记录太多，分不出变化从何而来',
    en: 'there are too many records to tell what the changes come from',
  },
};

const none = { late: 0, corrections: 0, definitions: 0, movement: 0 };
const nothing: Totals = { cells: none, sums: [] };

/** The last day that ledgers of the seal's scope cover, as a page that names none would take it; never before the seal's. */
async function asOfToday(db: Db, { state }: Sealed): Promise<string> {
  const { lastDays, asOf } = await centre(db, '');
  const tree = new UnitTree(await listUnits(db));
  const last = (tree.byCode.has(state.unit) ? lastCoveredIn(tree, state.unit, lastDays) : null) ?? asOf;
  return last === null ? state.asOf : later(last, state.asOf);
}

const keyOf = ({ kpi, unit, kind, period }: Cell): string => [kpi, unit, kind ?? '', period].join('\n');
const isSame = (a: Cell | null, b: Cell | null): boolean => canonicalJson(a) === canonicalJson(b);

/** Sealed cells that are otherwise now. */
const pairs = ({ cells }: Answer, now: Cells): { sealed: Cell; now: Cell | null }[] =>
  cells
    .map((cell) => ({ sealed: cell, now: now.get(keyOf(cell)) ?? null }))
    .filter((pair) => !isSame(pair.sealed, pair.now));

async function askAgain(db: Kysely<Database>, asked: Asked, asOf: string): Promise<Cells> {
  const { by, kind, per, knownOn: _, yearStart: _start, ...rest } = asked;
  try {
    const { cells } = await answer(db, {
      ...rest,
      asOf,
      ...(by === null ? {} : { by }),
      ...(kind === null ? {} : { kind }),
      ...(per === null ? {} : { per }),
    });
    return new Map(cells.map((c) => [keyOf(c), c]));
  } catch (error) {
    // A unit may be gone, or not be known yet; then it has no figures there.
    if (error instanceof Refusal) return new Map();
    throw error;
  }
}

/** The worlds from the seal's to today's rules, all seen from the seal's day, and today's data seen from today. */
type Sides = {
  readonly steps: readonly Kysely<Database>[];
  readonly trx: Kysely<Database>;
  readonly asOf: string;
};

async function splitAll(
  sealed: Sealed,
  { steps, trx, asOf }: Sides,
): Promise<Pick<Drift, 'changed' | 'totals'>> {
  const changed: Changed[] = [];
  const cells = { ...none };
  const sums: Totals['sums'] = [];
  for (const then of sealed.answers) {
    const asked: Cells[] = [];
    for (const world of steps) asked.push(await askAgain(world, then.query, sealed.state.asOf));
    asked.push(
      asOf === sealed.state.asOf ? (asked.at(-1) ?? new Map()) : await askAgain(trx, then.query, asOf),
    );
    const found = pairs(then, asked.at(-1) ?? new Map()).map((pair) => {
      const way = asked.map((world) => world.get(keyOf(pair.sealed)) ?? null);
      for (const code of movedBy(pair.sealed, way)) cells[code]++;
      return { ...pair, split: splitOf(pair.sealed, way) };
    });
    changed.push(...found);
    sums.push(...sumsOf(then, found));
  }
  return { changed, totals: { cells, sums } };
}

/** A formula that a release of this program changed since is a changed definition too. */
function movedBy(sealed: Cell, way: readonly (Cell | null)[]): (typeof stepCodes)[number][] {
  return stepCodes.filter(
    (code, i) =>
      !isSame(way[i] ?? null, way[i + 1] ?? null) ||
      (code === 'definitions' && !isSame(sealed, way[0] ?? null)),
  );
}

/** @param way the cell as known then, with late ledgers, with corrections, by today's rules, as of today */
function splitOf(sealed: Cell, way: readonly (Cell | null)[]): Split {
  const part = (of: (cell: Cell) => number | null): Record<keyof Split, number | null> => {
    const figure = (i: number): number | null => {
      const cell = way[i];
      return cell ? of(cell) : null;
    };
    const [late, corrections, rules, movement] = [0, 1, 2, 3].map((i) =>
      difference(figure(i), figure(i + 1)),
    );
    const program = difference(of(sealed), figure(0));
    const definitions = rules == null && program === null ? null : (rules ?? 0) + (program ?? 0);
    return {
      late: late ?? null,
      corrections: corrections ?? null,
      definitions,
      movement: movement ?? null,
    };
  };
  const numerator = part((c) => c.numerator);
  const denominator = part((c) => c.denominator);
  const hasValues = [sealed, ...way].every((cell) => cell?.value != null);
  const value = hasValues ? part((c) => c.value) : null;
  const of = (code: keyof Split): Split['late'] => ({
    numerator: numerator[code],
    denominator: denominator[code],
    value: value?.[code] ?? null,
  });
  return {
    late: of('late'),
    corrections: of('corrections'),
    definitions: of('definitions'),
    movement: of('movement'),
  };
}

/** What the changed cells of one question come to, where months come to years. */
function sumsOf({ query }: Answer, changed: readonly Changed[]): Totals['sums'] {
  return query.kpi.flatMap((id) => {
    const kpi = kpiById.get(id);
    const own = changed.filter((c) => c.sealed.kpi === id);
    if (!kpi || !addsUp(kpi) || own.length === 0) return [];
    const parts = { ...none };
    for (const { split } of own) for (const code of stepCodes) parts[code] += split?.[code].numerator ?? 0;
    const whole = own.reduce((sum, c) => sum + (difference(c.sealed.numerator, c.now?.numerator) ?? 0), 0);
    return [{ kpi: id, grain: query.grain, by: query.by, parts, whole }];
  });
}
