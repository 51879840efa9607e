import { kindByCode, type Family } from './kinds.ts';
import { addDays, isDate } from './period.ts';
import { recordFields, wholeRecord, type RecordField, type RecordFields } from './record-fields.ts';
import type { RuleFault } from './rules.ts';
import { printable, type Text } from './text.ts';
import type { Unit } from './unit.ts';

/**
 * What is wrong with a record written by hand, judged alike by the form, before it is sent, and by the
 * server. `path` is a field of the record, or `why`.
 */
export type RecordFault = RuleFault;

export type RecordKnown = {
  readonly units: { get(code: string): Pick<Unit, 'openedOn' | 'closedOn'> | undefined };
  /** The day on which it is written, ISO. */
  readonly today: string;
};

export const WHY_MAX = 300;
const COUNT_MAX = 1_000_000;
/** Of one event: every hour of the longest month. */
const HOURS_MAX = 24 * 31;
/** Days, as in a ledger: a plan for next year is thinkable; the year 2222 is a slip. */
const FAR_AHEAD = 366;

const says = (zh: string, en: string): Text => ({ zh, en });
const missing = says('请填写', 'is missing');
const noDay = says('不是日期', 'is not a date (YYYY-MM-DD)');
const tooFar = says('还远在将来', 'is more than a year ahead');

type Wrong = (path: string, is: boolean, text: Text) => void;

/** Collects faults, one a field: the first that is found is the one to mend. */
function judging(): { faults: RecordFault[]; wrong: Wrong } {
  const faults: RecordFault[] = [];
  const wrong: Wrong = (path, is, text) => {
    if (is && !faults.some((f) => f.path === path)) faults.push({ path, says: text });
  };
  return { faults, wrong };
}

/** Every fault of a whole record; none where it can be stored. */
export function recordFaults(family: Family, fields: RecordFields, known: RecordKnown): RecordFault[] {
  const { faults, wrong } = judging();
  for (const field of recordFields[family]) fieldFaults(field, fields, { known, wrong });
  dayFaults(fields, { known, wrong });
  if (family === 'activity') attendanceFaults(fields, wrong);
  if (family === 'visit') {
    const [raised, resolved] = [numberIn(fields, 'raised'), leastIn(fields, 'resolved')];
    const key = numberIn(fields, 'resolved') === null ? 'resolvedMin' : 'resolved';
    const isMore = raised !== null && resolved !== null && resolved > raised;
    wrong(key, isMore, says('多于反映的件数', 'is more than were raised'));
  }
  if (family === 'rectification') closingFaults(fields, wrong);
  return faults;
}

/**
 * Faults of a correction. What was wrong before in a field that is left as it was does not stand in
 * the way of mending another.
 */
export function correctionFaults(
  family: Family,
  { before, written }: { before: RecordFields; written: Parameters<typeof wholeRecord>[1] },
  known: RecordKnown,
): RecordFault[] {
  const after = wholeRecord(family, written, before);
  const old = new Set(recordFaults(family, before, known).map((f) => f.path));
  const isLeft = (path: string): boolean =>
    JSON.stringify(before[path] ?? null) === JSON.stringify(after[path] ?? null);
  const { faults, wrong } = judging();
  // Its unit is in the record's address and in what a ledger is compared with when it comes again.
  wrong(
    'unit',
    !isLeft('unit'),
    says(
      '单位不能改：请删除这条，再录入到所属单位',
      'cannot be changed: remove the record and enter it there',
    ),
  );
  const found = recordFaults(family, after, known).filter((f) => !(old.has(f.path) && isLeft(f.path)));
  for (const f of found) wrong(f.path, true, f.says);
  return faults;
}

/** A change of what is stored says why; of a record that is only entered it may be left out. */
export function whyFaults(why: string, { isRequired = true } = {}): RecordFault[] {
  const { faults, wrong } = judging();
  wrong('why', isRequired && why.trim() === '', missing);
  wrong(
    'why',
    why.trim().length > WHY_MAX,
    says(`不超过 ${WHY_MAX} 字`, `is longer than ${WHY_MAX} characters`),
  );
  wrong('why', !printable.test(why), says('含有控制字符', 'has control characters'));
  return faults;
}

const numberIn = (fields: RecordFields, key: string): number | null => {
  const value = fields[key];
  return typeof value === 'number' ? value : null;
};
/** The figure, or the least that it is. */
const leastIn = (fields: RecordFields, key: string): number | null =>
  numberIn(fields, key) ?? numberIn(fields, `${key}Min`);
const dayIn = (fields: RecordFields, key: string): string | null => {
  const value = fields[key];
  return typeof value === 'string' && isDate(value) ? value : null;
};

function fieldFaults(
  { key, type, isRequired, of }: RecordField,
  fields: RecordFields,
  { known, wrong }: { known: RecordKnown; wrong: Wrong },
): void {
  const value = fields[key] ?? null;
  const isBlank = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  wrong(key, isRequired && isBlank, type === 'kinds' ? says('请至少选一个', 'needs at least one') : missing);
  if (isBlank) return;
  switch (type) {
    case 'unit':
      return wrong(key, !known.units.get(String(value)), says('没有这个单位', 'is not a known unit'));
    case 'day':
      return wrong(key, !isDate(String(value)), noDay);
    case 'count':
    case 'least':
      if (of !== null)
        wrong(key, fields[of] !== null, says('已有确数，不再填下限', 'stands beside a known figure'));
      return countFaults(key, Number(value), wrong);
    case 'hours':
      wrong(key, !Number.isFinite(value), says('不是数字', 'is not a number'));
      wrong(key, Number(value) < 0, says('不能小于 0', 'is less than 0'));
      return wrong(
        key,
        Number(value) > HOURS_MAX,
        says(`不能大于 ${HOURS_MAX}`, `is more than ${HOURS_MAX}`),
      );
    case 'kind':
    case 'kinds':
      return wrong(
        key,
        [value].flat().some((code) => !isKind(String(code), type)),
        says('没有这个类型', 'is not a known kind'),
      );
    default:
  }
}

const isKind = (code: string, type: 'kind' | 'kinds'): boolean => {
  const family = kindByCode.get(code)?.family;
  return family !== undefined && (family === 'visit') === (type === 'kind');
};

function countFaults(key: string, n: number, wrong: Wrong): void {
  wrong(key, !Number.isInteger(n), says('应为整数', 'is not a whole number'));
  wrong(key, n < 0, says('不能小于 0', 'is less than 0'));
  wrong(key, n > COUNT_MAX, says('不能大于 1,000,000', 'is more than 1,000,000'));
}

function dayFaults(fields: RecordFields, { known, wrong }: { known: RecordKnown; wrong: Wrong }): void {
  const [date, end] = [dayIn(fields, 'date'), dayIn(fields, 'endDate')];
  const latest = addDays(known.today, FAR_AHEAD);
  wrong('date', date !== null && date > latest, tooFar);
  wrong('endDate', end !== null && end > latest, tooFar);
  wrong('endDate', date !== null && end !== null && end < date, says('早于日期', 'is before the date'));
  const unit = known.units.get(String(fields['unit']));
  if (!unit || date === null) return;
  const { openedOn, closedOn } = unit;
  wrong(
    'date',
    closedOn !== null && date > closedOn,
    says(`这个单位已于 ${closedOn} 撤销`, `is after the unit was closed (${closedOn})`),
  );
  wrong(
    'date',
    openedOn !== null && date < openedOn,
    says(`这个单位于 ${openedOn} 才成立`, `is before the unit was opened (${openedOn})`),
  );
}

function attendanceFaults(fields: RecordFields, wrong: Wrong): void {
  const [expected, present] = [numberIn(fields, 'expected'), leastIn(fields, 'present')];
  if (expected === null) return;
  const key = numberIn(fields, 'present') === null ? 'presentMin' : 'present';
  const more = says(`多于应到 ${expected}`, `is more than the ${expected} expected`);
  wrong(key, present !== null && present > expected, more);
  const reasons = ['onDuty', 'excused', 'unexcused'] as const;
  const absent = expected - (present ?? 0);
  const told = reasons.reduce((sum, reason) => sum + (numberIn(fields, reason) ?? 0), 0);
  if (told <= absent || absent < 0) return;
  const last = reasons.findLast((reason) => (numberIn(fields, reason) ?? 0) > 0) ?? 'unexcused';
  wrong(
    last,
    true,
    says(
      `写明原因的共 ${told} 人，多于缺席的 ${absent} 人`,
      `makes ${told} absences with a reason, of ${absent} absent`,
    ),
  );
}

function closingFaults(fields: RecordFields, wrong: Wrong): void {
  const day = (key: string): string | null => dayIn(fields, key);
  const [raised, due, extended, closed] = [day('date'), day('dueOn'), day('extendedTo'), day('closedOn')];
  const early = says('早于发现时间', 'is before it was raised');
  wrong('closedOn', raised !== null && closed !== null && closed < raised, early);
  wrong(
    'dueOn',
    fields['nature'] === 'long_term' && due !== null,
    says('长期坚持的不设时限', 'is none where the item is long-term'),
  );
  wrong('extendedTo', extended !== null && due === null, says('没有原定时限', 'has no due date to extend'));
  wrong(
    'extendedTo',
    extended !== null && due !== null && extended < due,
    says('早于原定时限', 'is before the due date'),
  );
}
