import type { Db } from '../../db/connect.ts';
import type { BriefingItem, BriefingReply } from '../../shared/briefing.ts';
import { dayIn } from '../../shared/clock.ts';
import { counterpartKeys } from '../briefing/again.ts';
import { changesBetween } from '../briefing/changes.ts';
import { chartsOf, type BriefingSeal, type ChartItem, type SealedItem } from '../briefing/sealed.ts';
import { Refusal } from '../errors.ts';
import { readerHere } from '../reader/reader.ts';
import { canonicalJson, readSealed, sha256, type Sealed } from '../snapshot/sealed.ts';
import type { Taken } from './briefing-charts.ts';
import { briefingSeal, draftOf, getBriefing, type BriefingRow } from './briefings.ts';
import { keepSnapshot, makingOf, rowsOf, type Sealing, type SnapshotRows } from './snapshot-create.ts';

/**
 * Seals a draft as a whole: its views become snapshots of one state of the data, its snapshots stay, and what has changed
 * since the former briefing is said. Nothing of it is asked for again.
 * @throws Refusal 404, 403, 409 where it is sealed, 422 by `items.N` for a chart that cannot be
 */
export async function sealBriefing(db: Db, id: string, by: Sealing): Promise<BriefingReply> {
  const row = await draftOf(db, id, by.who);
  const items = JSON.parse(row.outline) as BriefingItem[];
  const lang = row.lang === 'en' ? 'en' : 'zh';
  const { reader = readerHere(db) } = by;
  const taken = await reader.charts({ items, lang, makings: items.map(() => makingOf(by)) });
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
