import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { breaksOf, type Break } from '../../shared/breaks.ts';
import type { Context } from '../../shared/context.ts';
import type { Pace, paceQuestionSchema, PaceReply } from '../../shared/due.ts';
import { isRecordKpi, type RecordKpi } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import { deciding } from '../../shared/norms.ts';
import { slotPace, valuePace, yearGone, type Judged } from '../../shared/pace.ts';
import { monthOf, yearOfDay } from '../../shared/period.ts';
import { questionSchema, type Asked } from '../../shared/query.ts';
import { cellsOf, scopesOf } from './answer.ts';
import { dataVersion } from './centre.ts';
import { contextOf } from './context.ts';
import { Frame, windowOf, type Place, type Window } from './frame.ts';
import { statedSlots, tallyOf, unitsWithin } from './slot-states.ts';
import { countEvents } from './slots.ts';
import { understand } from './understand.ts';

/** Figures per member: a norm of theirs is of the whole year. */
const perMember = kpis.filter((k): k is RecordKpi => isRecordKpi(k) && k.type === 'per_member');

type Asking = {
  readonly asked: Asked;
  readonly scopes: readonly Place[];
  /** Of this year, and of last year up to the same day. */
  readonly now: Window;
  readonly before: Window;
  readonly context: Context;
};

/**
 * How far the year of the as-of day has come in a scope, or in each of its parts, beside what should
 * have been reached by now, last year on the same day, and what the year comes to if it goes on like
 * this: for the slots of the norms, and for figures per member. What each means: shared/pace.ts.
 * @throws Refusal 422 where the unit is unknown or no ledger has been imported
 */
export async function pace(
  db: Kysely<Database>,
  { by, ...question }: z.output<typeof paceQuestionSchema>,
): Promise<PaceReply> {
  const understood = await understand(
    db,
    questionSchema.parse({ ...question, kpi: ['norm_compliance', ...perMember.map((k) => k.id)] }),
  );
  const { unit, asOf, structure, yearStart } = understood.asked;
  const year = yearOfDay(asOf, yearStart);
  const asked: Asked = { ...understood.asked, by: by ?? null, years: [year - 1, year], toDate: true };
  const frame = await Frame.load(db, understood.tree);
  const [before, now] = [year - 1, year].map((y) => windowOf(String(y), asOf, true, yearStart)) as [
    Window,
    Window,
  ];
  const scopes = scopesOf(frame, asked, [now]);
  const windows = [before, now];
  const context = await contextOf(db, frame, { asked, kpis: understood.kpis, windows, scopes });
  const asking = { asked, now, before, scopes, context };
  const judged = [
    ...(await ofSlots(db, frame, asking)),
    ...(await Promise.all(perMember.map((kpi) => ofMembers(db, frame, kpi, asking)))).flat(),
  ];
  return {
    query: { unit, by: by ?? null, year, asOf, structure, yearStart },
    dataVersion: await dataVersion(db),
    pace: judged,
  };
}

async function ofSlots(db: Kysely<Database>, frame: Frame, asking: Asking): Promise<Pace[]> {
  const { asked, scopes, now, before } = asking;
  // A norm's year may begin before the centre's.
  const days = { from: `${before.from.slice(0, 4)}-01-01`, to: asked.asOf };
  const events = await countEvents(db, frame, unitsWithin(frame, asked.unit, days), days);
  return scopes.map((scope) =>
    placed(frame, scope, asking, {
      kpi: 'norm_compliance',
      coverage: frame.coverage(scope, 'activity', now.months),
      ...slotPace({
        now: tallyOf(statedSlots(frame, scope, now, events)),
        before: tallyOf(statedSlots(frame, scope, before, events)),
      }),
    }),
  );
}

async function ofMembers(
  db: Kysely<Database>,
  frame: Frame,
  kpi: RecordKpi,
  asking: Asking,
): Promise<Pace[]> {
  const { asked, scopes, now, before } = asking;
  const cells = await cellsOf(db, frame, kpi, { asked, windows: [before, now], scopes, kind: null });
  const gone = yearGone(asked.asOf, asked.yearStart);
  const norms = frame.rules.valueNorms.filter((n) => n.kpi === kpi.id);
  return scopes.flatMap((scope) => {
    const [past, present] = [before, now].map(({ period }) =>
      cells.find((c) => c.unit === scope.unit && c.period === period),
    );
    if (!past || !present) return [];
    const path = frame.tree.pathIn(scope.unit, monthOf(now.end)).map((u) => u.code);
    const norm = deciding(norms, path, now.end)?.value ?? null;
    return placed(frame, scope, asking, {
      kpi: kpi.id,
      coverage: present.coverage,
      ...valuePace({ norm, gone, now: present, before: past }),
    });
  });
}

const joined = (breaks: readonly Break[]): Break['text'] => ({
  zh: breaks.map((b) => b.text.zh).join('；'),
  en: breaks.map((b) => b.text.en).join('; '),
});

/** Says of which unit, year and day the figures are. */
function placed(
  frame: Frame,
  { unit, within }: Place,
  { asked, now, before, context }: Asking,
  judged: Judged & Pick<Pace, 'kpi' | 'coverage'>,
): Pace {
  const isWhole = within === undefined || now.months.every((m) => frame.tree.isPartOf(unit, within, m));
  const kpi = kpiById.get(judged.kpi);
  const breaks = kpi ? breaksOf(kpi, context, { unit, tree: frame.tree }) : [];
  const broken = breaks.filter((b) => b.verdict === 'not_comparable' && b.on > before.from && b.on <= now.to);
  return {
    ...judged,
    unit,
    ...(isWhole ? {} : { within }),
    year: now.year,
    gone: yearGone(asked.asOf, asked.yearStart).share,
    before: { ...judged.before, asOf: before.to, ...(broken.length === 0 ? {} : { broken: joined(broken) }) },
  };
}
