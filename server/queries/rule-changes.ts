import type { RuleChange } from '../../shared/context.ts';
import { kindByCode } from '../../shared/kinds.ts';
import type { Kpi } from '../../shared/kpi.ts';
import { deciding, inForce, type Exemption, type SlotNorm, type ValueNorm } from '../../shared/norms.ts';
import { addDays, addMonths, firstDay, monthOf, type DateRange } from '../../shared/period.ts';
import type { Asked } from '../../shared/query.ts';
import type { Unit } from '../../shared/unit.ts';
import type { Frame, Place } from './frame.ts';

/**
 * Days on which what is asked of somebody becomes another. A norm that begins under one that decides
 * all the same, or that is replaced by its like, changes nothing and is not told.
 */

type Asking = { readonly asked: Asked; readonly kpis: readonly Kpi[]; readonly scopes: readonly Place[] };
/** A day on which it may change, and for whom: a unit with those below it, or everybody. */
type Cause = { readonly on: string; readonly unit: string | null };
type Text = RuleChange['text'];

/** @param within the units that stood in the scope at some time, and the days of the question */
export function ruleChanges(
  frame: Frame,
  { asked, kpis, scopes }: Asking,
  within: { readonly units: readonly Unit[]; readonly range: DateRange },
): RuleChange[] {
  const { range, units } = within;
  const branches = units.filter((u) => u.level !== 'group').map((u) => u.code);
  const judged = [...new Set([asked.unit, ...scopes.map((s) => s.unit)])];
  const isWithin = ({ on }: Cause): boolean => on > range.from && on <= range.to;
  const found = new Map<string, RuleChange>();
  const tell = (change: RuleChange): void => {
    const { kpi, unit, on, what, kind, text } = change;
    const key = [kpi, unit, on, what, kind, what === 'definition' ? text.zh : ''].join('\n');
    if (!found.has(key)) found.set(key, change);
  };
  for (const kpi of kpis) {
    for (const kind of kpi.from === 'slots' ? kindsOf(frame, asked) : [])
      for (const cause of slotCauses(frame, kind, units).filter(isWithin)) {
        const text = demandChange(frame, kind, cause, branches);
        if (text) tell({ kpi: kpi.id, unit: cause.unit, on: cause.on, what: 'norm', kind, text });
      }
    const norms = frame.rules.valueNorms.filter((n) => n.kpi === kpi.id);
    for (const cause of norms.flatMap(bordersOf).filter(isWithin)) {
      const text = valueChange(frame, norms, cause, judged);
      if (text) tell({ kpi: kpi.id, unit: cause.unit, on: cause.on, what: 'value', kind: null, text });
    }
    for (const { on, note } of frame.rules.definitionChanges.filter(
      (d) => d.kpi === kpi.id && isWithin({ ...d, unit: null }),
    ))
      tell({ kpi: kpi.id, unit: null, on, what: 'definition', kind: null, text: { zh: note, en: note } });
  }
  return [...found.values()];
}

const kindsOf = (frame: Frame, { kind }: Asked): string[] =>
  [...new Set(frame.rules.slotNorms.map((n) => n.kind))].filter((k) => kind === null || kind.includes(k));

/** The first day of a rule, and the first after it. */
const bordersOf = ({
  unit,
  from,
  to,
}: {
  unit: string | null;
  from: string | null;
  to: string | null;
}): Cause[] => [
  ...(from === null ? [] : [{ on: from, unit }]),
  ...(to === null ? [] : [{ on: addDays(to, 1), unit }]),
];

function slotCauses(frame: Frame, kind: string, units: readonly Unit[]): Cause[] {
  const ofKind = <T extends { readonly kind: string }>(rules: readonly T[]): T[] =>
    rules.filter((r) => r.kind === kind);
  const moves = units.flatMap((u) =>
    (u.past ?? []).map((p) => {
      const on = addDays(p.until, 1);
      // A unit belongs for a whole month where it stood on the first.
      return { unit: u.code, on: on.endsWith('-01') ? on : firstDay(addMonths(monthOf(on), 1)) };
    }),
  );
  return [...ofKind(frame.rules.slotNorms), ...ofKind(frame.rules.exemptions)]
    .flatMap(bordersOf)
    .concat(moves);
}

type Demand = { readonly norm: SlotNorm | null; readonly exemption: Exemption | null };

function demandOn(frame: Frame, kind: string, path: readonly string[], day: string): Demand {
  const norm = deciding(
    frame.rules.slotNorms.filter((n) => n.kind === kind),
    path,
    day,
  );
  if (norm === null || norm.every === 'never') return { norm: null, exemption: null };
  const exemption = frame.rules.exemptions.find(
    (e) => e.kind === kind && path.includes(e.unit) && inForce(e, day),
  );
  return { norm, exemption: exemption ?? null };
}

const sizeOf = ({ norm, exemption }: Demand): string =>
  norm === null ? 'none' : exemption ? 'exempt' : [norm.every, norm.per, norm.minMembers].join(' ');

/** What changes for the first of the cause's units for which anything does; null where nothing does for any. */
function demandChange(frame: Frame, kind: string, cause: Cause, branches: readonly string[]): Text | null {
  for (const unit of branches) {
    const [before, after] = sides(frame, unit, cause, (path, day) => demandOn(frame, kind, path, day));
    if (before === null || after === null || sizeOf(before) === sizeOf(after)) continue;
    const name = kindByCode.get(kind)?.name ?? { zh: kind, en: kind };
    const [zh, en] = [`“${name.zh}”的规定`, `the norm for "${name.en}"`];
    if (after.norm === null) return { zh: `${zh}停止执行`, en: `${en} ceased` };
    if (after.exemption)
      return {
        zh: `免办“${name.zh}”（${after.exemption.reason}）`,
        en: `exempt from "${name.en}" (${after.exemption.reason})`,
      };
    if (before.exemption) return { zh: `“${name.zh}”免办到期`, en: `the exemption from "${name.en}" ended` };
    return { zh: `${zh}变更（${after.norm.source.zh}）`, en: `${en} changed (${after.norm.source.en})` };
  }
  return null;
}

function valueChange(
  frame: Frame,
  norms: readonly ValueNorm[],
  cause: Cause,
  units: readonly string[],
): Text | null {
  for (const unit of units) {
    const [before, after] = sides(frame, unit, cause, (path, day) => ({ norm: deciding(norms, path, day) }));
    if (before === null || after === null || before.norm?.value === after.norm?.value) continue;
    return after.norm === null
      ? { zh: '对照的标准停止执行', en: 'the norm ceased' }
      : { zh: `对照的标准变更（${after.norm.source.zh}）`, en: `the norm changed (${after.norm.source.en})` };
  }
  return null;
}

/** What holds for a unit on the day before and on the day; nulls where the cause does not concern it. */
function sides<T>(
  frame: Frame,
  unit: string,
  { on, unit: whose }: Cause,
  hold: (path: readonly string[], day: string) => T,
): [T, T] | [null, null] {
  const days = [addDays(on, -1), on] as const;
  const [old, now] = days.map((day) => frame.tree.pathIn(unit, monthOf(day)).map((u) => u.code));
  if (!old || !now) return [null, null];
  if (whose !== null && !old.includes(whose) && !now.includes(whose)) return [null, null];
  return [hold(old, days[0]), hold(now, days[1])];
}
