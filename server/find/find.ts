import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { RECORDS_FROM, FOUND_MAX, type Found, type FindReply, type FoundOf } from '../../shared/find.ts';
import { kpis } from '../../shared/kpis.ts';
import { namedPages } from '../../shared/pages.ts';
import { shortName } from '../../shared/unit.ts';
import type { Who } from '../auth/session.ts';
import { listViews } from '../queries/saved-views.ts';
import { listUnits } from '../queries/units.ts';
import { folded, ranked, scores, type Findable, type Ranked } from './matching.ts';
import { recordsTitled } from './titles.ts';

/** Units by code, by name of now and before, long and short, and by what ledgers call them. */
async function units(db: Kysely<Database>): Promise<Findable<FoundOf<'unit'>>[]> {
  const taught = await db
    .selectFrom('vocabulary')
    .select(['word', 'means'])
    .where('what', '=', 'unit')
    .execute();
  return (await listUnits(db)).map(({ code, name, past = [] }) => {
    const full = [name, ...past.map((p) => p.name)];
    const called = taught.filter((word) => word.means === code).map(({ word }) => word);
    return {
      item: { what: 'unit', code, name },
      names: [code, ...full, ...full.map(shortName), ...called],
    };
  });
}

const everyKpi: readonly Findable<FoundOf<'kpi'>>[] = kpis.map(({ id, name }) => ({
  item: { what: 'kpi', id },
  names: [name.zh, name.en, id],
}));
const everyPage = (role: Who['role']): Findable<FoundOf<'page'>>[] =>
  namedPages
    // These are for those who may change what stands there.
    .filter(({ path }) => role === 'admin' || (path !== '/admin' && path !== '/records/new'))
    .map(({ path, name, also }) => ({ item: { what: 'page', path }, names: [name.zh, name.en], also }));

async function views(db: Kysely<Database>, who: Who): Promise<Findable<FoundOf<'view'>>[]> {
  return (await listViews(db, who)).map(({ id, name, address, shared }) => ({
    item: { what: 'view', id, name, address, shared },
    names: [name],
  }));
}

/** All that answers to what was typed, the best first. */
export async function find(db: Kysely<Database>, q: string, who: Who): Promise<FindReply> {
  const wanted = folded(q);
  const spoken = q.trim().replaceAll(/\s+/g, ' ');
  const records = [...spoken].length < RECORDS_FROM ? [] : await recordsTitled(db, spoken, FOUND_MAX);
  const groups = [
    groupOf('unit', ranked(await units(db), wanted, FOUND_MAX)),
    groupOf('view', ranked(await views(db, who), wanted, FOUND_MAX)),
    groupOf('kpi', ranked(everyKpi, wanted, FOUND_MAX)),
    groupOf('page', ranked(everyPage(who.role), wanted, FOUND_MAX)),
    // There are many records, and few are looked for by their first letters: they stand behind what has a name.
    groupOf(
      'record',
      records.map((item) => ({ item, score: scores.pinyinHas })),
    ),
  ];
  return {
    q,
    groups: groups
      .filter(({ found }) => found.length > 0)
      .toSorted((a, b) => b.best - a.best)
      .map(({ what, found }) => ({ what, found })),
  };
}

const groupOf = <W extends Found['what']>(what: W, results: readonly Ranked<Found>[]) => ({
  what,
  best: results[0]?.score ?? 0,
  found: results.map(({ item }) => item),
});
