import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { SlotRow } from '../../shared/due.ts';
import { formatDate } from '../../shared/format.ts';
import { kinds } from '../../shared/kinds.ts';
import type { ReviewFigure, ReviewSlots } from '../../shared/review.ts';
import type { Text } from '../../shared/text.ts';
import { yearSlots } from '../queries/year-slots.ts';
import type { Asking } from './asking.ts';

/**
 * What the norms ask of the unit in the year, kind by kind: the figure, the periods that lack a meeting,
 * those that are not known, and why some are not asked for.
 * @param figures norm_compliance by kind
 */
export async function slotsAsked(
  db: Kysely<Database>,
  { unit, year, asOf }: Asking,
  figures: readonly ReviewFigure[],
): Promise<ReviewSlots[]> {
  const { rows } = await yearSlots(db, { unit: unit.code, years: [year], asOf, structure: 'then' });
  const told = new Set([...rows.map((r) => r.kind), ...figures.flatMap((f) => f.kind ?? [])]);
  const inOrder = kinds.filter((k) => told.has(k.code));
  return inOrder.map(({ code: kind }) => {
    const of = rows.filter((r) => r.kind === kind);
    const last = of.at(-1);
    return {
      kind,
      norm: last?.norm ?? null,
      every: last?.every ?? null,
      figure: figures.find((f) => f.kind?.[0] === kind) ?? null,
      missed: of.filter((r) => r.due > r.met).map((r) => r.period),
      unknown: of.filter((r) => r.unknown > 0).map((r) => r.period),
      notAsked: distinct(of.flatMap((r) => reasonOf(r) ?? [])),
    };
  });
}

/** Why nothing is asked in a period; null where something is. */
function reasonOf({ state, wanted, exemption, norm }: SlotRow): Text | null {
  if (wanted > 0) return null;
  if (state === 'exempt' && exemption !== null) {
    const { reason, decidedBy, decidedOn } = exemption;
    return {
      zh: `免办：${reason}（${decidedBy}，${formatDate(decidedOn, 'zh')}决定）`,
      en: `exempt: ${reason} (${decidedBy}, ${formatDate(decidedOn, 'en')})`,
    };
  }
  if (state === 'exempt') return { zh: '免办', en: 'exempt' };
  if (state === 'few_members') {
    const least = norm?.minMembers ?? null;
    if (least === null) return { zh: '党员人数少，不要求', en: 'not asked: few members' };
    return { zh: `党员不足 ${least} 人，不要求`, en: `not asked under ${least} members` };
  }
  if (state === 'no_groups') return { zh: '没有党小组，不要求', en: 'not asked: no party groups' };
  if (state === 'not_there')
    return { zh: '当期未全程存续，不要求', en: 'not asked: the branch did not exist throughout' };
  return null;
}

const distinct = (texts: readonly Text[]): Text[] => [...new Map(texts.map((t) => [t.zh, t])).values()];
