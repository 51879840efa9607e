import { Remembered } from './remembered.ts';
import type { Cell } from './sheet.ts';
import { fold, outsideBrackets, withDigits } from './text.ts';

export type HoursReading =
  | { readonly is: 'exact'; readonly hours: number }
  | { readonly is: 'blank' | 'approximate' | 'withheld' | 'invalid' };

/** The unit that a column's heading states: `时长（分钟）`. */
export type HoursUnit = 'hours' | 'minutes' | null;

// No event of a branch goes on for longer: more is minutes, or a slip.
const longestBare = 24;
const longest = 1000;

/** What `半天` and `一天` are in hours: a centre's rule, never a constant; null is no rule. */
export type DayHours = { readonly halfDay: number | null; readonly day: number | null };
export const noDayHours: DayHours = { halfDay: null, day: null };

/** Reads a duration in hours; half days and days by the rule given, and unknown without one. */
export function readHours(
  cell: Cell | undefined,
  unit: HoursUnit,
  rule: DayHours = noDayHours,
): HoursReading {
  if (!cell || cell.text === '') return { is: 'blank' };
  if (cell.format === 'time' && cell.number !== null) return exact(Math.round(cell.number * 1440) / 60);
  if (cell.format === 'date') return { is: 'withheld' };
  if (cell.number !== null) return bareNumber(cell.number, unit);
  if (cell.text.length > 100) return { is: 'invalid' };
  const { text } = cell;
  return written.of(`${unit} ${rule.halfDay} ${rule.day} ${text}`, () => hoursOf(text, unit, rule));
}

const written = new Remembered<HoursReading>();

const exact = (hours: number): HoursReading =>
  hours >= 0 && hours <= longest
    ? { is: 'exact', hours: Math.round(hours * 10_000) / 10_000 }
    : { is: 'invalid' };

function bareNumber(n: number, unit: HoursUnit): HoursReading {
  if (unit === 'minutes') return exact(n / 60);
  return unit === null && n > longestBare ? { is: 'withheld' } : exact(n);
}

const hourWord = '(?:个)?(?:小时|钟头|学时|课时|h|hr|hrs|hour|hours)';
const minuteWord = "(?:分钟|分|mins|min|minutes|m|')";

const halfPattern = new RegExp(
  `^(?:(\\d+)个)?半(?:个)?(?:小时|钟头|学时)$|^(\\d+)(?:小时|学时)半$|^(\\d+)个半(?:小时|钟头|学时)$`,
);
const wholePattern = new RegExp(
  `^(?:(\\d+(?:\\.\\d+)?)${hourWord})?(?:零?(\\d+(?:\\.\\d+)?)${minuteWord}?)?$`,
);
const spanPattern = new RegExp(
  `^\\d+(?:\\.\\d+)?(?:${hourWord}|${minuteWord})?[-~—–至到]\\d+(?:\\.\\d+)?(?:${hourWord}|${minuteWord})$`,
);
const aboutPattern = /^(?:约|大约|近|超过|不少于|至少)|(?:左右|以上|余|多)$|\d(?:余|多)/;

const dayWord = '(?:个)?(?:整)?(?:天|日|工作日)';
const halfDays = new RegExp(
  `^(?:(\\d+)个)?半(?:个)?(?:天|日|工作日|上午|下午)$|^(?:1?个?|整个)(?:上午|下午)$`,
);
const wholeDays = new RegExp(`^(?:(\\d+)(?:\\.([05]))?)${dayWord}(半)?$|^(?:全|整)(?:天|日)$`);

/** `半天`, `2个半天`, `一天`, `1.5天`, `两天半`; null for what is no number of half days or days. */
function daysOf(t: string, { halfDay, day }: DayHours): HoursReading | null {
  const halves = halfDays.exec(t);
  if (halves) return sumOf(halves[1] === undefined ? 1 : Number(halves[1]), halfDay, 0, day);
  const whole = wholeDays.exec(t);
  if (!whole) return null;
  const half = whole[2] === '5' || whole[3] !== undefined ? 1 : 0;
  return sumOf(half, halfDay, whole[1] === undefined ? 1 : Number(whole[1]), day);
}

/** Unknown where a part that is there has no rule. */
function sumOf(halves: number, halfDay: number | null, days: number, day: number | null): HoursReading {
  if ((halves > 0 && halfDay === null) || (days > 0 && day === null)) return { is: 'withheld' };
  return exact(halves * (halfDay ?? 0) + days * (day ?? 0));
}

function hoursOf(text: string, unit: HoursUnit, rule: DayHours): HoursReading {
  const t = withDigits(
    outsideBrackets(fold(text).toLowerCase()),
    '个|小时|分钟|分|学时|课时|钟头|刻钟|整?天|日|工作日',
  )
    .replace(/[。;,]+$/, '')
    .replace(/^(每人|人均|共|时长)|(\/人|\/次|每人)$/g, '');
  if (t === '' || /^[-—–/\\]+$/.test(t)) return { is: 'blank' };
  if (/^-\d/.test(t)) return { is: 'invalid' };
  if (/^\d+(\.\d+)?$/.test(t)) return bareNumber(Number(t), unit);
  const half = halfPattern.exec(t);
  if (half) return exact(Number(half[1] ?? half[2] ?? half[3] ?? 0) + 0.5);
  const whole = wholePattern.exec(t);
  if (whole && (whole[1] ?? whole[2])) return exact(Number(whole[1] ?? 0) + Number(whole[2] ?? 0) / 60);
  const quarters = /^([1-3])刻钟?$/.exec(t);
  if (quarters) return exact(Number(quarters[1]) / 4);
  const days = daysOf(t, rule);
  if (days) return days;
  const clock =
    /^(?:上午|下午|晚上?)?(\d{1,2})[:时点](\d{2})?分?[-~—–至到]+(\d{1,2})[:时点](\d{2})?分?$/.exec(t);
  if (clock) {
    const minutes =
      Number(clock[3]) * 60 + Number(clock[4] ?? 0) - Number(clock[1]) * 60 - Number(clock[2] ?? 0);
    return minutes > 0 ? exact(minutes / 60) : { is: 'invalid' };
  }
  // A cell of the format `[h]:mm` in a text file.
  const elapsed = /^(\d{1,3}):([0-5]\d)(?::[0-5]\d)?$/.exec(t);
  if (elapsed) return exact(Number(elapsed[1]) + Number(elapsed[2]) / 60);
  if (spanPattern.test(t)) return { is: 'approximate' };
  if (aboutPattern.test(t) && /\d/.test(t)) return { is: 'approximate' };
  if (/天|日|晚|上午|下午|节|若干|不详|不明|未知|待|^[*x×?#]+|暂缺|未统计|见|周|月|数小时|几小时/.test(t))
    return { is: 'withheld' };
  return { is: 'invalid' };
}
