import { isTimeZone } from './clock.ts';
import { kindByCode } from './kinds.ts';
import { isPercent } from './kpi.ts';
import { kpiById } from './kpis.ts';
import { deciding, inForce, isSlotNorm, type Exemption, type Norm } from './norms.ts';
import { isDate } from './period.ts';
import type {
  AnyChange,
  DefinitionDraft,
  ExemptionDraft,
  NormDraft,
  RulesReply,
  SettingsDraft,
} from './rule-change.ts';
import type { Text } from './text.ts';

/**
 * What is wrong with a change of the rules, judged alike by the form, before it is sent, and by the
 * server; and what the rules ask of a unit on a day.
 */

/** `path` is a field of the row: `unit`, `source.zh`. */
export type RuleFault = { readonly path: string; readonly says: Text };

/** What a change is judged against. */
export type Known = {
  readonly units: { has(code: string): boolean };
  readonly norms: readonly Norm[];
  readonly exemptions: readonly Exemption[];
  readonly settings: Pick<RulesReply['settings'], 'halfDay' | 'day'>;
};

const says = (zh: string, en: string): Text => ({ zh, en });
const missing = says('请填写', 'is missing');
const noDay = says('不是日期', 'is not a date (YYYY-MM-DD)');
const unknownUnit = says('没有这个单位', 'is not a known unit');
const unknownKind = says('没有这个类型', 'is not a known kind of meeting');
const unknownKpi = says('没有这个指标', 'is not a known KPI');
const toBeforeFrom = says('早于起始日', 'is before the first day');
const ofOther = says('与所选的规定方式不符', 'does not belong to this sort of norm');

/** Every fault of a change; none where it can be made. A removal cannot be wrong. */
export function ruleFaults(change: AnyChange, known: Known): RuleFault[] {
  if (change.action === 'remove') return [];
  const own = 'id' in change ? change.id : null;
  switch (change.what) {
    case 'norm':
      return normFaults(change.row, known, own);
    case 'exemption':
      return exemptionFaults(change.row, known, own);
    case 'definition':
      return definitionFaults(change.row);
    case 'setting':
      return settingFaults(change.row, known.settings);
  }
}

/** Collects faults, one a field: the first that is found is the one to mend. */
function judging(): { faults: RuleFault[]; wrong: (path: string, is: boolean, text: Text) => void } {
  const faults: RuleFault[] = [];
  return {
    faults,
    wrong: (path, is, text) => {
      if (is && !faults.some((f) => f.path === path)) faults.push({ path, says: text });
    },
  };
}

type Wrong = ReturnType<typeof judging>['wrong'];

function normFaults(row: NormDraft, { units, norms }: Known, own: number | null): RuleFault[] {
  const { faults, wrong } = judging();
  const isOfUnit = row.layer === 'unit';
  wrong(
    'unit',
    isOfUnit && !row.unit,
    says('“单位”一级的规定要指明单位', 'is missing: a norm of this layer names its unit'),
  );
  wrong(
    'unit',
    !isOfUnit && row.unit !== null,
    says('只有“单位”一级的规定指明单位', 'is named by norms of the layer "unit" alone'),
  );
  wrong('unit', row.unit !== null && !units.has(row.unit), unknownUnit);
  wrong(
    'kind',
    row.kind === null && row.kpi === null,
    says('请选类型或指标', 'is missing: a norm is of a kind or of a KPI'),
  );
  wrong(
    'kpi',
    row.kind !== null && row.kpi !== null,
    says('类型和指标只能选一个', 'stands beside a kind: a norm is of one of them'),
  );
  if (row.kind !== null) slotFaults(row, wrong);
  else if (row.kpi !== null) valueFaults(row, wrong);
  wrong('from', row.from !== null && !isDate(row.from), noDay);
  wrong('to', row.to !== null && !isDate(row.to), noDay);
  wrong('to', row.from !== null && row.to !== null && row.to < row.from, toBeforeFrom);
  wrong('source.zh', row.source.zh === '', missing);
  const twin = norms.some(
    (n) =>
      n.id !== own &&
      n.layer === row.layer &&
      n.unit === row.unit &&
      n.from === row.from &&
      (isSlotNorm(n) ? n.kind === row.kind : n.kpi === row.kpi),
  );
  // Which of the two decided would hang on the order in which they were written.
  wrong(
    'from',
    twin,
    says('同级、同单位、同一天起已有一条规定', 'is that of another norm of this layer, unit and matter'),
  );
  return faults;
}

function slotFaults(row: NormDraft, wrong: Wrong): void {
  const kind = kindByCode.get(row.kind ?? '');
  wrong('kind', row.kind === '', missing);
  wrong('kind', kind === undefined || kind.family === 'visit', unknownKind);
  wrong('every', row.every === null, missing);
  wrong('value', row.value !== null, ofOther);
}

function valueFaults(row: NormDraft, wrong: Wrong): void {
  const kpi = kpiById.get(row.kpi ?? '');
  wrong('kpi', row.kpi === '', missing);
  wrong('kpi', kpi === undefined, unknownKpi);
  wrong('value', row.value === null, missing);
  const value = row.value ?? 0;
  wrong('value', value < 0, says('不能小于 0', 'is less than 0'));
  wrong(
    'value',
    kpi !== undefined && isPercent(kpi) && value > 1,
    says('应在 0 到 100% 之间', 'lies outside 0…1 (0 to 100 %)'),
  );
  for (const path of ['every', 'per', 'minMembers'] as const) wrong(path, row[path] !== null, ofOther);
}

function exemptionFaults(row: ExemptionDraft, { units, exemptions }: Known, own: number | null): RuleFault[] {
  const { faults, wrong } = judging();
  wrong('unit', row.unit === '', missing);
  wrong('unit', !units.has(row.unit), unknownUnit);
  wrong('kind', row.kind === '', missing);
  const kind = kindByCode.get(row.kind);
  wrong('kind', kind === undefined || kind.family === 'visit', unknownKind);
  for (const path of ['from', 'reason', 'decidedBy', 'decidedOn'] as const)
    wrong(path, row[path] === '', missing);
  wrong('from', !isDate(row.from), noDay);
  wrong('to', row.to !== null && !isDate(row.to), noDay);
  wrong('decidedOn', !isDate(row.decidedOn), noDay);
  wrong('to', row.to !== null && row.to < row.from, toBeforeFrom);
  const other = exemptions.find(
    (e) =>
      e.id !== own &&
      e.unit === row.unit &&
      e.kind === row.kind &&
      (e.to === null || e.to >= row.from) &&
      (row.to === null || e.from <= row.to),
  );
  if (other) {
    const [zhTo, enTo] = other.to === null ? ['未定', 'open'] : [other.to, other.to];
    wrong(
      'from',
      true,
      says(
        `与已有的免办重叠（${other.from} 至 ${zhTo}）`,
        `overlaps an exemption of this unit and kind (${other.from} – ${enTo})`,
      ),
    );
  }
  return faults;
}

function definitionFaults(row: DefinitionDraft): RuleFault[] {
  const { faults, wrong } = judging();
  wrong('kpi', row.kpi === '', missing);
  wrong('kpi', !kpiById.has(row.kpi), unknownKpi);
  wrong('on', row.on === '', missing);
  wrong('on', !isDate(row.on), noDay);
  wrong('note', row.note === '', missing);
  return faults;
}

const DAY = 24;

function settingFaults(row: SettingsDraft, known: Known['settings']): RuleFault[] {
  const { faults, wrong } = judging();
  const { yearStart, timeZone } = row;
  wrong(
    'yearStart',
    yearStart !== undefined && (yearStart < 1 || yearStart > 12),
    says('应为 1 到 12 月', 'lies outside 1…12'),
  );
  wrong(
    'timeZone',
    timeZone !== undefined && !isTimeZone(timeZone),
    says('没有这个时区', 'is not a known time zone (Asia/Shanghai)'),
  );
  for (const path of ['halfDay', 'day'] as const) {
    const hours = row[path] ?? null;
    wrong(
      path,
      hours !== null && !(hours > 0 && hours <= DAY),
      says(`应大于 0，不超过 ${DAY} 小时`, `lies outside 0…${DAY} hours, or is 0`),
    );
  }
  // What is not written stays as it is.
  const { halfDay = known.halfDay, day = known.day } = row;
  wrong(
    row.halfDay === undefined ? 'day' : 'halfDay',
    halfDay !== null && day !== null && halfDay > day,
    says(
      `半天不能长于一天（${halfDay} 与 ${day} 小时）`,
      `makes half a day longer than a day (${halfDay} and ${day} h)`,
    ),
  );
  return faults;
}

/** What one norm is about: a kind of meeting, or a figure. */
export const matterOf = (norm: Norm): string => (isSlotNorm(norm) ? norm.kind : norm.kpi);

/** What is asked of a unit in one matter on a day, and what would be asked if that norm were not. */
export type AskedOn = {
  readonly matter: string;
  readonly decides: Norm;
  /** Norms in force for the unit that yield to it, the strongest first. */
  readonly yields: readonly Norm[];
  /** Lifts the norm for the time being. */
  readonly exemption: Exemption | null;
};

/**
 * Every matter that some norm in force speaks of, in the order in which the norms were written.
 * @param path the unit's codes from the root down to itself, as on that day
 */
export function askedOn(
  { norms, exemptions }: Pick<Known, 'norms' | 'exemptions'>,
  path: readonly string[],
  day: string,
): AskedOn[] {
  return [...new Set(norms.map(matterOf))].flatMap((matter) => {
    const ranked: Norm[] = [];
    let left = norms.filter((n) => matterOf(n) === matter);
    for (let best = deciding(left, path, day); best !== null; best = deciding(left, path, day)) {
      const { id } = best;
      ranked.push(best);
      left = left.filter((n) => n.id !== id);
    }
    const [decides, ...yields] = ranked;
    if (!decides) return [];
    const exemption =
      exemptions.find((e) => e.kind === matter && path.includes(e.unit) && inForce(e, day)) ?? null;
    return [{ matter, decides, yields, exemption }];
  });
}
