import type { Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { BriefingItem, BriefingReply } from '../../shared/briefing.ts';
import { dayIn } from '../../shared/clock.ts';
import { UnitTree } from '../../shared/unit.ts';
import { counterpartKeys } from '../briefing/again.ts';
import { changesBetween } from '../briefing/changes.ts';
import { chartsOf, type BriefingSeal, type ChartItem, type SealedItem } from '../briefing/sealed.ts';
import { Refusal, type Fault } from '../errors.ts';
import { canonicalJson, readSealed, sha256, type Sealed } from '../snapshot/sealed.ts';
import { briefingSeal, draftOf, getBriefing, type BriefingRow } from './briefings.ts';
import { centre } from './centre.ts';
import { settings } from './settings.ts';
import { keepSnapshot, rowsOf, sealIn, type Sealing, type SnapshotRows } from './snapshot-create.ts';
import { listUnits } from './units.ts';

type Snapshot = { readonly id: string; readonly sha256: string; readonly sealed: Sealed };
type Taken = {
  /** For each item that is a chart. */
  readonly charts: readonly (Snapshot & { readonly isNew: boolean })[];
  readonly centre: string;
  readonly demo: boolean;
  readonly dataVersion: number;
  readonly timeZone: string;
};

/**
 * Seals a draft as a whole: its views become snapshots of one state of the data, its snapshots stay, and what has changed
 * since the former briefing is said. Nothing of it is asked for again.
 * @throws Refusal 404, 403, 409 where it is sealed, 422 by `items.N` for a chart that cannot be
 */
export async function sealBriefing(db: Db, id: string, by: Sealing): Promise<BriefingReply> {
  const row = await draftOf(db, id, by.who);
  const items = JSON.parse(row.outline) as BriefingItem[];
  const lang = row.lang === 'en' ? 'en' : 'zh';
  // One transaction: an import between two charts would seal two versions as one.
  const taken = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((trx) => takeAll(trx, { items, lang }, by));
  const former = await formerOf(db, row, by);
  const seal = sealOf(row, { items, taken, former }, by);
  const text = canonicalJson(seal);
  const snapshots: SnapshotRows[] = [];
  for (const chart of taken.charts) if (chart.isNew) snapshots.push(await rowsOf(chart.sealed, by));
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('briefing')
      .set({
        sealed_at: seal.sealedAt,
        changed_at: seal.sealedAt,
        sealed: text,
        sha256: sha256(text),
        data_version: seal.dataVersion,
      })
      .where('id', '=', id)
      .where('sealed_at', 'is', null)
      .where('outline', '=', row.outline)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Refusal(409, 'the briefing has been changed or sealed meanwhile');
    for (const one of snapshots) await keepSnapshot(trx, one);
  });
  return getBriefing(db, id, by.who);
}

/** All charts of an outline, in its order. @throws Refusal 422 with what is wrong in each */
async function takeAll(
  trx: Kysely<Database>,
  { items, lang }: { readonly items: readonly BriefingItem[]; readonly lang: 'zh' | 'en' },
  by: Sealing,
): Promise<Taken> {
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
        const sealed = await sealIn(trx, { view, query, lang, ...(title === null ? {} : { title }) }, by);
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

type Former = {
  readonly id: string;
  readonly sha256: string;
  /** By the counterparts' keys. */
  readonly charts: ReadonlyMap<string, Sealed>;
};

async function formerOf(db: Db, { former }: BriefingRow, { who }: Sealing): Promise<Former | null> {
  if (former === null) return null;
  const { seal, sha256: own } = await briefingSeal(db, former, { ...who, role: 'admin' });
  const charts = chartsOf(seal);
  const keys = counterpartKeys(charts);
  const found = new Map<string, Sealed>();
  for (const [i, chart] of charts.entries()) {
    const row = await db
      .selectFrom('snapshot')
      .select('sealed')
      .where('id', '=', chart.id)
      .executeTakeFirst();
    if (row) found.set(keys[i] ?? '', readSealed(row.sealed));
  }
  return { id: former, sha256: own, charts: found };
}

function sealOf(
  row: BriefingRow,
  {
    items,
    taken,
    former,
  }: { readonly items: readonly BriefingItem[]; readonly taken: Taken; readonly former: Former | null },
  { now, who }: Sealing,
): BriefingSeal {
  const sealedAt = now();
  const asked = items.filter((item) => item.is === 'view' || item.is === 'snapshot');
  const charts = taken.charts.map((chart, i): Omit<ChartItem, 'changes'> & { readonly sealed: Sealed } => {
    const item = asked[i];
    return {
      id: chart.id,
      sha256: chart.sha256,
      sealed: chart.sealed,
      comment: item?.comment || null,
      asked: item?.is === 'view' ? item : null,
    };
  });
  const keys = counterpartKeys(charts);
  let n = 0;
  const sealedItems = items.map((item): SealedItem => {
    if (item.is === 'heading' || item.is === 'text') return item;
    const [chart, key] = [charts[n], keys[n++]];
    if (!chart) throw new Error('a chart was not taken');
    const { sealed, ...rest } = chart;
    const then = former?.charts.get(key ?? '');
    // A snapshot that stood in both is the same.
    const changes = then === undefined || then.id === chart.id ? null : changesBetween(then, sealed);
    return { is: 'snapshot', ...rest, changes };
  });
  return {
    format: 'hangbiao-briefing/1',
    id: row.id,
    title: row.title,
    occasion: row.occasion,
    lang: row.lang === 'en' ? 'en' : 'zh',
    centre: taken.centre,
    demo: taken.demo || charts.some((c) => c.sealed.demo),
    maker: who.name,
    sealedAt: sealedAt.toISOString(),
    day: dayIn(taken.timeZone, sealedAt),
    dataVersion: taken.dataVersion,
    items: sealedItems,
    former: former === null ? null : { id: former.id, sha256: former.sha256 },
    schedule: row.schedule,
  };
}
