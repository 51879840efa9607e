import { isRecordKpi, ledgerOf, type Kpi } from '../../shared/kpi.ts';
import { addDays, monthOf } from '../../shared/period.ts';
import type { Reason, StepCode } from '../../shared/restatement.ts';
import type { Differences, RecordChange, RuleChange } from './differences.ts';
import type { Window } from './frame.ts';
import { sayRuleChange } from './rule-words.ts';

/** All that lies between then and now, whichever figure it concerns. */
export type Between = {
  readonly differences: Pick<Differences, 'records' | 'rules' | 'newUnits'>;
  /** Records and coverage of the days after the earlier cut-off, and items closed in them. */
  readonly movement: readonly RecordChange[];
  readonly closed: readonly { unit: string; raised: string; records: number }[];
  readonly changes: ReadonlyMap<number, { at: string; actor: string; what: string }>;
  readonly files: ReadonlyMap<number, readonly string[]>;
  /** By code, as they are called today. */
  readonly unitNames: ReadonlyMap<string, string>;
};

/** One figure: its units then or now, those above them, and the days that it is of on either side. */
export type Asked = {
  readonly kpi: Kpi;
  readonly units: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
  readonly then: Window;
  readonly now: Window;
  readonly asOf: { readonly then: string; readonly now: string };
};

/**
 * What one step of a figure rests on. Rows that only a later part of the period holds are named
 * where they count; where a difference comes from elsewhere (a ledger of another year makes an inner
 * unit a reporting one) all that the step brought to the figure's units is named.
 * @param isMoved the step moves the figure
 */
export function reasonsFor(code: StepCode, asked: Asked, between: Between, isMoved: boolean): Reason[] {
  if (code === 'definitions') return definitionReasons(asked, between);
  if (code === 'movement') return movementReasons(asked, between);
  const ofStep = between.differences.records.filter((c) => c.step === code && concerns(asked, c));
  const inDays = ofStep.filter((c) => isInDays(asked, c));
  const reasons = ledgerReasons(inDays.length === 0 && isMoved ? ofStep : inDays, between);
  return code === 'late' ? [...newUnitReasons(asked, between), ...reasons] : reasons;
}

/** Does the figure look at this ledger of this unit? */
function concerns({ kpi, units }: Asked, change: RecordChange): boolean {
  if (!units.has(change.unit)) return false;
  if (change.table === 'contradiction') return kpi.from === 'contradiction';
  const needsMembers = kpi.from === 'slots' || (isRecordKpi(kpi) && kpi.type === 'per_member');
  return change.family === ledgerOf(kpi) || (needsMembers && change.family === 'headcount');
}

function isInDays({ kpi, then: window }: Asked, change: RecordChange): boolean {
  if (window.months.length === 0 || change.day > window.to) return false;
  // A headcount is in force until the next; an item stays open; the slot of a year is filled from its January on.
  if (change.family === 'headcount' || (isRecordKpi(kpi) && kpi.over === 'stock')) return true;
  return change.day >= (kpi.from === 'slots' ? `${window.from.slice(0, 4)}-01-01` : window.from);
}

/** Rows of one unit's ledger that came or went with one change, as one reason. */
function ledgerReasons(changes: readonly RecordChange[], between: Between): Reason[] {
  const groups = new Map<string, RecordChange[]>();
  for (const c of changes) {
    const key = [c.version, c.how, c.importId, c.unit, c.family].join('\n');
    const group = groups.get(key);
    if (group) group.push(c);
    else groups.set(key, [c]);
  }
  return [...groups.values()].map((group): Reason => {
    const [first] = group as [RecordChange];
    const files = [...new Set(group.flatMap((c) => c.file ?? []))].sort();
    return {
      type: 'ledger',
      how: first.how,
      what: between.changes.get(first.version)?.what ?? null,
      importId: first.importId,
      files: files.length > 0 ? files : [...(between.files.get(first.importId) ?? [])],
      unit: first.unit,
      family: first.family,
      months: [...new Set(group.map((c) => monthOf(c.day)))].sort(),
      records: group.reduce((n, c) => n + c.records, 0),
      ...doing(first.version, between),
    };
  });
}

function doing(
  version: number,
  { changes }: Between,
): { version: number | null; at: string | null; actor: string | null } {
  const change = changes.get(version);
  return { version: version === 0 ? null : version, at: change?.at ?? null, actor: change?.actor ?? null };
}

const newUnitReasons = ({ units }: Asked, between: Between): Reason[] =>
  between.differences.newUnits
    .filter((u) => units.has(String(u['code'])))
    .map((u) => ({
      type: 'new_unit',
      unit: String(u['code']),
      ...doing(Number(u['version'] ?? 0), between),
    }));

const ruleTypes = {
  unit: 'unit',
  unit_past: 'unit',
  norm: 'norm',
  exemption: 'exemption',
  definition_change: 'definition',
  setting: 'setting',
} as const;

function definitionReasons(asked: Asked, between: Between): Reason[] {
  const counted = new Set(between.differences.newUnits.map((u) => u['code']));
  return between.differences.rules
    .filter((rule) => binds(asked, rule) && !(rule.table === 'unit' && counted.has(rule.now?.['code'])))
    .map((rule) => ({
      type: ruleTypes[rule.table],
      unit: unitOf(rule),
      ...sayRuleChange(rule, (code) => between.unitNames.get(code) ?? code),
      ...doing(rule.version, between),
    }));
}

function unitOf({ table, then, now }: RuleChange): string | null {
  const unit = (now ?? then)?.[table === 'unit' ? 'code' : 'unit'];
  return typeof unit === 'string' ? unit : null;
}

/** Can the rule move the figure, or what it is held against? */
function binds({ kpi, units, above }: Asked, rule: RuleChange): boolean {
  const row = rule.now ?? rule.then ?? {};
  const unit = unitOf(rule);
  const isNear = unit === null || units.has(unit) || above.has(unit);
  switch (rule.table) {
    case 'unit':
    case 'unit_past':
      return unit !== null && units.has(unit);
    case 'norm':
      return isNear && (row['kpi'] === kpi.id || (kpi.from === 'slots' && typeof row['kind'] === 'string'));
    case 'exemption':
      return isNear && kpi.from === 'slots';
    case 'definition_change':
      return row['kpi'] === kpi.id;
    case 'setting':
      return row['key'] === 'yearStart';
  }
}

function movementReasons(asked: Asked, between: Between): Reason[] {
  const { then, now, kpi, units, asOf } = asked;
  if (asOf.now === asOf.then) return [];
  if (asOf.now < asOf.then)
    return then.to > now.to
      ? [{ type: 'fewer_days', from: addDays(now.to, 1), to: then.to, records: 0 }]
      : [];
  const from = then.months.length > 0 ? addDays(then.to, 1) : now.from;
  const inDays = between.movement.filter((c) => concerns(asked, c) && c.day >= from && c.day <= now.to);
  const reasons: Reason[] = [];
  const count = (of: readonly { records: number }[]): number => of.reduce((n, c) => n + c.records, 0);
  if (from <= now.to) reasons.push({ type: 'days', from, to: now.to, records: count(inDays) });
  if (kpi.from === 'rectification') {
    // A cohort is of those raised in its days; what is open at the end, of all.
    const isAsked = (raised: string): boolean =>
      kpi.over === 'stock' || (raised >= now.from && raised <= now.to);
    const closed = between.closed.filter((c) => units.has(c.unit) && isAsked(c.raised));
    const days = { from: addDays(asOf.then, 1), to: asOf.now };
    if (closed.length > 0) reasons.push({ type: 'closed', ...days, records: count(closed) });
  }
  return [...reasons, ...ledgerReasons(inDays, between)];
}
