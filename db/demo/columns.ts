import type { Branch } from './centre.ts';
import type { Service, Visit } from './fieldwork.ts';
import type { Habit } from './habits.ts';
import type { Meeting } from './meetings.ts';
import { miscountOf } from './oddities.ts';
import type { Problem } from './rectifications.ts';
import { Random } from './random.ts';
import type { Cell } from './sheet.ts';
import { kindWords, surnames } from './topics.ts';

/** A ledger's column: what it may be headed, and how a branch writes a record into it. */
export type Column<R> = {
  readonly headings: readonly [string, ...string[]];
  readonly cell: (record: R) => Cell;
  /** Adds up in the 合计 row. */
  readonly sum?: (record: R) => number;
  /** What the 合计 row is wrong by. */
  readonly miscount?: number;
  /** Stands under 人数 in a two-row heading. */
  readonly under?: '人数';
};

const wide = (n: number): string =>
  [...String(n)].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join('');

function writtenCount(n: number, habit: Habit, text?: string): Cell {
  if (text !== undefined) return text;
  if (habit.count === 'people') return `${n}人`;
  return habit.count === 'wide' && n % 5 === 0 ? wide(n) : n;
}

/** A day as the branch writes it. 3月5日 only where a title says the year. */
function writtenDate(date: string, habit: Habit): Cell {
  const [y, m, d] = date.split('-').map(Number);
  switch (habit.date) {
    case 'serial':
      return habit.file === 'xlsx' || habit.file === 'xls' ? { day: date } : `${y}/${m}/${d}`;
    case 'loose':
      return `${y}-${m}-${d}`;
    case 'dots':
      return `${y}.${m}.${d}`;
    case 'slashes':
      return `${y}/${m}/${d}`;
    case 'chinese':
      return `${y}年${m}月${d}日`;
    case 'month-day':
      return `${m}月${d}日`;
    case 'compact':
      return date.replaceAll('-', '');
  }
}

/** A range of days; its years are said by the title or the file's name. */
function writtenDays(meeting: Meeting, habit: Habit): Cell {
  if (meeting.writtenDate !== undefined) return meeting.writtenDate;
  if (meeting.lastDay === null) return writtenDate(meeting.date, habit);
  const short = (date: string): string => `${Number(date.slice(5, 7))}.${Number(date.slice(8))}`;
  return `${short(meeting.date)}-${short(meeting.lastDay)}`;
}

function writtenHours(hours: number, habit: Habit): Cell {
  if (habit.hours === 'hours') return hours;
  return habit.hours === 'words' ? `${hours}小时` : `${hours * 60}分钟`;
}

const hoursHeadings = (habit: Habit): readonly [string, ...string[]] =>
  habit.hours === 'hours' ? ['学时', '时长（小时）'] : ['时长', '时长'];

/** 王某（在船）、李某（事假）: as many names as are absent. */
function absentees(meeting: Meeting): string {
  const reasons = [
    ...Array.from({ length: meeting.onDuty }, () => '在船'),
    ...Array.from({ length: meeting.excused }, (_, i) => (i % 2 === 0 ? '事假' : '病假')),
    ...Array.from({ length: meeting.unexcused }, () => '无故缺席'),
  ];
  const random = new Random(`${meeting.date}${meeting.topic}${meeting.expected}`);
  const names = random.shuffled(surnames);
  return reasons.map((reason, i) => `${names[i % names.length]}某（${reason}）`).join('、');
}

export function meetingColumns(branch: Branch, year: number): Column<Meeting>[] {
  const { habit } = branch;
  const word = (kind: string): string => kindWords[kind]?.[habit.wording % 3] ?? kind;
  const absence: Record<Habit['absence'], Column<Meeting>[]> = {
    none: [],
    names: [
      { headings: ['缺席人员及原因', '请假人员及原因'], cell: (m) => (m.writtenPresent ? '' : absentees(m)) },
    ],
    columns: [
      { headings: ['请假人数', '请假'], cell: (m) => (m.writtenPresent ? '' : m.excused) },
      { headings: ['在岗人数', '在船人数'], cell: (m) => (m.writtenPresent ? '' : m.onDuty) },
    ],
  };
  return [
    { headings: ['时间', '会议时间', '日期', '活动时间'], cell: (m) => writtenDays(m, habit) },
    { headings: ['类型', '会议类型', '活动类型'], cell: (m) => m.kinds.map(word).join('、') },
    { headings: ['议题', '主题', '名称', '学习内容'], cell: (m) => m.topic },
    ...(habit.wording % 4 === 1
      ? [{ headings: ['形式'], cell: (m: Meeting) => (m.online ? '线上' : '线下') } as const]
      : []),
    ...(habit.wording % 3 === 0 ? [{ headings: ['地点'], cell: (m: Meeting) => m.place } as const] : []),
    {
      headings: ['应到人数', '应到'],
      under: '人数',
      cell: (m) => writtenCount(m.expected, habit),
      sum: (m) => m.expected,
      miscount: miscountOf(branch, year),
    },
    {
      headings: ['实到人数', '实到', '出席人数', '参加人数'],
      under: '人数',
      cell: (m) => writtenCount(m.present, habit, m.writtenPresent),
      sum: (m) => (m.writtenPresent ? 0 : m.present),
    },
    ...absence[habit.absence],
    { headings: hoursHeadings(habit), cell: (m) => writtenHours(m.hours, habit) },
  ];
}

export function visitColumns(branch: Branch): Column<Visit>[] {
  const { habit } = branch;
  return [
    { headings: ['走访日期', '时间', '走访时间'], cell: (v) => v.writtenDate ?? writtenDate(v.date, habit) },
    { headings: ['走访类型', '类型'], cell: (v) => kindWords[v.kind]?.[habit.wording % 3] ?? v.kind },
    { headings: ['走访对象', '对象'], cell: (v) => v.host },
    {
      headings: ['参加人数', '人数'],
      cell: (v) => writtenCount(v.participants, habit, v.writtenParticipants),
    },
    { headings: ['反映问题（件）', '困难诉求（件）'], cell: (v) => v.raised, sum: (v) => v.raised },
    { headings: ['办结（件）', '解决（件）'], cell: (v) => v.resolved, sum: (v) => v.resolved },
    ...(habit.wording % 2 === 0 ? [{ headings: ['后续'], cell: (v: Visit) => v.followUp } as const] : []),
  ];
}

export function serviceColumns(branch: Branch): Column<Service>[] {
  const { habit } = branch;
  return [
    { headings: ['时间', '日期', '服务时间'], cell: (s) => s.writtenDate ?? writtenDate(s.date, habit) },
    { headings: ['服务项目', '项目', '服务内容'], cell: (s) => s.name },
    ...(habit.wording % 2 === 1 ? [{ headings: ['地点'], cell: (s: Service) => s.place } as const] : []),
    {
      headings: ['参与人数', '参与人数', '人次'],
      cell: (s) => writtenCount(s.participants, habit, s.writtenParticipants),
      sum: (s) => (s.writtenParticipants ? 0 : s.participants),
    },
    {
      headings: habit.hours === 'hours' ? ['时长（小时）'] : ['时长'],
      cell: (s) => writtenHours(s.hours, habit),
    },
    { headings: ['服务对象'], cell: (s) => s.served },
  ];
}

export function problemColumns(habit: Pick<Habit, 'date' | 'file' | 'wording'>): Column<Problem>[] {
  const day = (date: string): Cell =>
    writtenDate(date, { ...habit, date: habit.date === 'month-day' ? 'chinese' : habit.date } as Habit);
  return [
    { headings: ['问题来源', '来源'], cell: (p) => p.origin },
    { headings: ['存在问题', '问题'], cell: (p) => p.problem },
    { headings: ['整改措施'], cell: (p) => p.measure },
    { headings: ['责任人', '责任领导'], cell: (p) => p.responsible },
    { headings: ['整改类型', '类型'], cell: (p) => p.nature },
    { headings: ['发现时间'], cell: (p) => day(p.date) },
    { headings: ['整改时限', '完成时限'], cell: (p) => (p.due === '长期' ? p.due : day(p.due)) },
    { headings: ['完成情况', '进展'], cell: (p) => p.progress },
    { headings: ['完成时间'], cell: (p) => (p.reported === null ? '' : day(p.reported)) },
    { headings: ['销号时间', '销号时间'], cell: (p) => (p.closed === null ? '' : day(p.closed)) },
  ];
}
