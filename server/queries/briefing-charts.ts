import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { BriefingItem } from '../../shared/briefing.ts';
import { UnitTree } from '../../shared/unit.ts';
import { Refusal, type Fault } from '../errors.ts';
import { canonicalJson, readSealed, sha256, type Sealed } from '../snapshot/sealed.ts';
import { centre } from './centre.ts';
import { settings } from './settings.ts';
import { sealIn, type SealMaking } from './snapshot-seal.ts';
import { listUnits } from './units.ts';

type Snapshot = { readonly id: string; readonly sha256: string; readonly sealed: Sealed };
export type Taken = {
  /** For each item that is a chart. */
  readonly charts: readonly (Snapshot & { readonly isNew: boolean })[];
  readonly centre: string;
  readonly demo: boolean;
  readonly dataVersion: number;
  readonly timeZone: string;
};

export type Outline = {
  readonly items: readonly BriefingItem[];
  readonly lang: 'zh' | 'en';
  /** For each of the items; of those that are no views it is not used. */
  readonly makings: readonly SealMaking[];
};

/** All charts of an outline, in its order. @throws Refusal 422 with what is wrong in each */
export async function takeCharts(trx: Kysely<Database>, { items, lang, makings }: Outline): Promise<Taken> {
  const faults: Fault[] = [];
  const charts: Taken['charts'][number][] = [];
  for (const [i, item] of items.entries()) {
    if (item.is === 'snapshot') {
      const found = await keptSnapshot(trx, item.id);
      if (typeof found === 'string') faults.push({ path: `items.${i}`, message: found });
      else charts.push({ ...found, isNew: false });
    } else if (item.is === 'view') {
      try {
        const { view, query, title } = item;
        const body = { view, query, lang, ...(title === null ? {} : { title }) };
        const making = makings[i];
        if (!making) throw new RangeError(`nothing is said of the making of items.${i}`);
        const sealed = await sealIn(trx, body, making);
        charts.push({ id: sealed.id, sha256: sha256(canonicalJson(sealed)), sealed, isNew: true });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const own = error.errors.length > 0 ? error.errors : [{ path: 'query', message: error.message }];
        faults.push(...own.map((f) => ({ ...f, path: `items.${i}.${f.path}` })));
      }
    }
  }
  const [first] = faults;
  if (first) throw new Refusal(422, `${first.path} ${first.message}`, faults);
  const { demo, dataVersion } = await centre(trx, '');
  const tree = new UnitTree(await listUnits(trx));
  const { timeZone } = await settings(trx);
  return { charts, centre: tree.roots[0]?.name ?? '', demo, dataVersion, timeZone };
}

/** A snapshot that was there before, or why it cannot be taken. */
async function keptSnapshot(db: Kysely<Database>, id: string): Promise<Snapshot | string> {
  const row = await db
    .selectFrom('snapshot')
    .select(['id', 'sha256', 'sealed', 'withdrawn_at', 'withdrawn_why'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return `there is no snapshot "${id}"`;
  if (row.withdrawn_at !== null) return `the snapshot has been withdrawn: ${row.withdrawn_why ?? ''}`;
  return { id, sha256: row.sha256, sealed: readSealed(row.sealed) };
}
