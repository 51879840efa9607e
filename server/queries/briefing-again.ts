import type { Db } from '../../db/connect.ts';
import type { BriefingReply } from '../../shared/briefing.ts';
import { yearOfDay } from '../../shared/period.ts';
import { lastCoveredIn } from '../../shared/structure.ts';
import { UnitTree } from '../../shared/unit.ts';
import { outlineAgain } from '../briefing/again.ts';
import { chartsOf } from '../briefing/sealed.ts';
import { readSealed } from '../snapshot/sealed.ts';
import { briefingSeal, draftRow, getBriefing, type BriefingDoing } from './briefings.ts';
import { centre } from './centre.ts';
import { listUnits } from './units.ts';

/**
 * A new draft of a sealed briefing's outline: its charts are asked for again, and years that were chosen move on as far
 * as the last year that ledgers cover has.
 * @throws Refusal 404, and 409 where it is a draft itself
 */
export async function remakeBriefing(
  db: Db,
  { id, schedule }: { readonly id: string; readonly schedule?: string },
  by: BriefingDoing,
): Promise<BriefingReply> {
  const { seal } = await briefingSeal(db, id, by.who);
  const { lastDays, asOf, yearStart } = await centre(db, '');
  const tree = new UnitTree(await listUnits(db));
  const lastYears = new Map<string, { readonly then: number; readonly now: number }>();
  for (const chart of chartsOf(seal)) {
    const row = await db
      .selectFrom('snapshot')
      .select('sealed')
      .where('id', '=', chart.id)
      .executeTakeFirst();
    if (!row || chart.asked === null) continue;
    const { state } = readSealed(row.sealed);
    const last = (tree.byCode.has(state.unit) ? lastCoveredIn(tree, state.unit, lastDays) : null) ?? asOf;
    const then = yearOfDay(state.asOf, state.yearStart ?? 1);
    lastYears.set(chart.id, { then, now: last === null ? then : yearOfDay(last, yearStart) });
  }
  const items = outlineAgain(seal, (chart) => {
    const years = lastYears.get(chart.id);
    return years === undefined ? 0 : Math.max(0, years.now - years.then);
  });
  const { title, occasion, lang } = seal;
  const row = draftRow({ title, occasion, lang, items }, by, {
    former: id,
    ...(schedule === undefined ? {} : { schedule }),
  });
  await db.insertInto('briefing').values(row).execute();
  return getBriefing(db, row.id, by.who);
}
