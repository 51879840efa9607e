import { countNames, readAbsences, type Absences } from '../absence.ts';
import { readCount, type CountReading } from '../counts.ts';
import { figureOf, readDuration, atLeast, type Figure } from '../figure.ts';
import type { LedgerRow } from '../row.ts';
import type { Draft } from '../staged.ts';

/** One event: who was to come, who came, why the others did not, and for how long. */
export function readActivity(
  row: LedgerRow,
  kinds: readonly string[],
  when: { end: string | null; approximate: boolean },
): Draft {
  const { expected, present } = readAttendance(row);
  const hours = readDuration(row, 'hours');
  const reasons = readReasons(row, expected, present);
  const exempt = row.has('exempt')
    ? figureOf(row, 'exempt', readCount(row.cell('exempt')), 'zero').value
    : null;
  const inOne = row.has('attendance') || row.has('attendance_reversed');
  return {
    family: 'activity',
    title: row.text('title'),
    kinds,
    unknown:
      ((inOne || row.has('expected')) && expected.value === null) ||
      ((inOne || row.has('present') || row.has('attendees')) && present.value === null) ||
      (row.has('hours') && hours === null),
    figures: {
      end_date: when.end,
      approximate: when.approximate ? 1 : 0,
      form: row.text('form'),
      place: row.text('place'),
      expected: expected.value,
      expected_min: expected.min,
      present: present.value,
      present_min: present.min,
      on_duty: reasons.on_duty,
      excused: reasons.excused,
      unexcused: reasons.unexcused,
      exempt: exempt ?? 0,
      hours,
      note: row.text('note'),
    },
  };
}

// A heading that says in brackets what stands where: 参会人数（应到/实到）.
const expectedFirst = /应[到参].*[/、].*[实出]/s;

type Attendance = { readonly expected: Figure; readonly present: Figure };

/** Both figures may stand in one cell: `20/24` in the column of those present. */
function readAttendance(row: LedgerRow): Attendance {
  const both = row.cell('attendance')
    ? 'attendance'
    : row.cell('attendance_reversed')
      ? 'attendance_reversed'
      : null;
  const key = both ?? (row.cell('present') || !row.has('attendees') ? 'present' : 'attendees');
  const reading = key === 'attendees' ? fromAttendees(row) : readCount(row.cell(key));
  const stated = figureOf(row, 'expected', readCount(row.cell('expected')));
  if (reading.is !== 'pair')
    return held(row, key, { expected: stated, present: figureOf(row, key, reading) });
  const [present, expected] =
    key === 'attendance_reversed' || expectedFirst.test(row.headed(key)?.heading ?? '')
      ? [reading.second, reading.first]
      : [reading.first, reading.second];
  if (stated.value !== null && stated.value !== expected) {
    row.find('count.invalid', key, {
      zh: `此处应到 ${expected}，应到栏是 ${stated.value}`,
      en: `expected is ${expected} here and ${stated.value} in its own column`,
    });
  }
  return held(row, key, { expected: { value: expected, min: null }, present: { value: present, min: null } });
}

function fromAttendees(row: LedgerRow): CountReading {
  const reading = readCount(row.cell('attendees'));
  if (reading.is !== 'invalid') return reading;
  const names = countNames(row.text('attendees') ?? '');
  return names === null ? { is: 'withheld' } : { is: 'exact', value: names };
}

function held(row: LedgerRow, key: string, { expected, present }: Attendance): Attendance {
  const sure = atLeast(present);
  if (expected.value !== null && sure !== null && sure > expected.value)
    row.contradict('present_gt_expected', key, {
      zh: `实到 ${sure} 多于应到 ${expected.value}`,
      en: `${sure} present of ${expected.value} expected`,
    });
  return { expected, present };
}

type Reasons = { on_duty: number | null; excused: number | null; unexcused: number | null };
const noReasons: Reasons = { on_duty: null, excused: null, unexcused: null };

/**
 * Absences by reason. A class is known where a column gives it, or where the classes together account for every
 * absence; what nobody has written down stays unknown, and is not put down as anybody's fault.
 */
function readReasons(row: LedgerRow, expected: Figure, present: Figure): Reasons {
  const mixed = mixedLeave(row);
  const onDuty = classCount(row, 'on_duty', 'on_duty');
  const leave = ['excused', 'excused_sick', 'excused_personal', 'excused_official'].filter(
    (key) => row.has(key) && !(key === 'excused' && mixed),
  );
  const parts = leave.map((key) => classCount(row, key, 'excused'));
  // One blank among the columns of leave leaves their sum unknown, unless all absences are accounted for.
  const excused =
    parts.length > 0 && parts.every((p) => p !== null) ? parts.reduce((sum, p) => sum + p, 0) : null;
  const stated: Reasons = { on_duty: onDuty, excused, unexcused: classCount(row, 'unexcused', 'unexcused') };
  if (expected.value === null || present.value === null || present.value > expected.value) return stated;
  const absent = expected.value - present.value;
  const partial = parts.reduce<number>((sum, p) => sum + (p ?? 0), 0);
  if ((onDuty ?? 0) + partial + (stated.unexcused ?? 0) > absent) {
    const key = onDuty !== null && onDuty > 0 ? 'on_duty' : (leave[0] ?? 'unexcused');
    tooMany(row, key, absent);
    return noReasons;
  }
  const written = row.text('absence');
  const listed = written === null ? mixed : readAbsences(written, 'unclear', absent);
  const text = listed && sumOf(listed) > 0 ? accountedFor(row, listed, absent) : null;
  return completed(
    { ...stated, excused: stated.excused ?? (text ? text.excused : null) },
    text,
    absent,
    partial,
  );
}

const sumOf = (a: Absences): number => a.on_duty + a.excused + a.unexcused + a.unclear;

function accountedFor(row: LedgerRow, listed: Absences, absent: number): Absences | null {
  if (sumOf(listed) > absent) {
    tooMany(row, row.cell('absence') ? 'absence' : 'excused', absent);
    return null;
  }
  return listed.unclear === 0 && sumOf(listed) === absent ? listed : null;
}

function completed(stated: Reasons, text: Absences | null, absent: number, leave: number): Reasons {
  if (absent === 0) return { on_duty: 0, excused: 0, unexcused: 0 };
  const on_duty = stated.on_duty ?? text?.on_duty ?? null;
  const excused = stated.excused ?? text?.excused ?? null;
  if (on_duty !== null && excused !== null) {
    // The columns name duty and leave: what is left over was neither.
    return { on_duty, excused, unexcused: stated.unexcused ?? absent - on_duty - excused };
  }
  // Those named make up all absences, so that nobody is left for the other classes.
  if ((on_duty ?? 0) + Math.max(excused ?? 0, leave) + (stated.unexcused ?? 0) === absent)
    return { on_duty: on_duty ?? 0, excused: excused ?? leave, unexcused: stated.unexcused ?? 0 };
  return { on_duty, excused, unexcused: stated.unexcused };
}

/** The column of leave may tell who was at sea as well: `王某（在船）、李某（事假）`. */
function mixedLeave(row: LedgerRow): Absences | null {
  const reading = readCount(row.cell('excused'));
  if (reading.is !== 'invalid' || row.cell('excused')?.number !== null) return null;
  const told = readAbsences(row.text('excused') ?? '', 'excused');
  return told.on_duty + told.unexcused > 0 ? told : null;
}

function tooMany(row: LedgerRow, key: string, absent: number): void {
  row.find(
    'count.invalid',
    key,
    {
      zh: `写明原因的人数多于缺席的 ${absent} 人，缺席原因按不明计`,
      en: `more reasons than the ${absent} absences; the reasons count as unknown`,
    },
    { severity: 'warning' },
  );
}

/** A column of a class holds a number, or the names of those in it. */
function classCount(row: LedgerRow, key: string, usual: 'on_duty' | 'excused' | 'unexcused'): number | null {
  const reading = readCount(row.cell(key));
  if (reading.is !== 'invalid' && reading.is !== 'pair') return figureOf(row, key, reading, 'zero').value;
  const text = row.text(key) ?? '';
  if (text.startsWith('-') || row.cell(key)?.number !== null) return figureOf(row, key, reading).value;
  return readAbsences(text, usual)[usual];
}
