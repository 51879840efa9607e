import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Doubt } from '../../shared/context.ts';
import type { ContradictionCode } from '../../shared/contradictions.ts';
import type { Family } from '../../shared/kinds.ts';
import { monthOf } from '../../shared/period.ts';
import { UnitTree } from '../../shared/unit.ts';
import { fullMonths, overfullEvents, type Within } from './crosscheck.ts';
import { sharedEvents } from './shared-events.ts';
import { listUnits } from './units.ts';

type Asked = Within & { readonly families: readonly Family[] };

/**
 * The contradictions in the ledgers of the units, counted by unit, ledger, month and kind, so that a
 * figure can say that it rests on one.
 * @param asked days `from`…`to`, both included: what is later than `to` is not looked at
 */
export async function doubtsOf(db: Kysely<Database>, asked: Asked): Promise<Doubt[]> {
  if (asked.units.length === 0 || asked.families.length === 0 || asked.from > asked.to) return [];
  const found = await storedDoubts(db, asked);
  return asked.families.includes('activity') ? [...found, ...(await derivedDoubts(db, asked))] : found;
}

async function storedDoubts(db: Kysely<Database>, { units, families, from, to }: Asked): Promise<Doubt[]> {
  const month = sql<string>`substr(date, 1, 7)`;
  const rows = await db
    .selectFrom('contradiction')
    .select((e) => ['unit', 'family', month.as('month'), 'code', e.fn.countAll<number>().as('count')])
    .where('unit', 'in', [...units])
    .where('family', 'in', [...families])
    .where('date', '>=', from)
    .where('date', '<=', to)
    .groupBy(['unit', 'family', month, 'code'])
    .orderBy('unit')
    .orderBy(month)
    .orderBy('code')
    .execute();
  return rows.map((r) => ({ ...r, family: r.family as Family, count: Number(r.count) }));
}

async function derivedDoubts(db: Kysely<Database>, asked: Asked): Promise<Doubt[]> {
  const tree = new UnitTree(await listUnits(db));
  const doubts = new Map<string, Doubt>();
  const add = (unit: string, month: string, code: ContradictionCode, once?: string): void => {
    const key = [unit, month, code, once].join('\n');
    const count = once === undefined ? (doubts.get(key)?.count ?? 0) + 1 : 1;
    doubts.set(key, {
      unit,
      family: 'activity',
      month,
      code,
      count,
      ...(once === undefined ? {} : { once }),
    });
  };
  for (const { unit, date } of await overfullEvents(db, tree, asked))
    add(unit, monthOf(date), 'present_gt_members');
  for (const { unit, month } of await fullMonths(db, asked))
    if (month >= monthOf(asked.from)) add(unit, month, 'always_all_present', `${unit} ${month.slice(0, 4)}`);
  const units = new Set(asked.units);
  for (const { date, title, records } of await sharedEvents(db, tree, asked))
    for (const { unit } of records)
      if (units.has(unit)) add(unit, monthOf(date), 'same_event', `${date} ${title}`);
  return [...doubts.values()];
}
