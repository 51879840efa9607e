import type { Column } from '../../shared/fields.ts';
import type { Family } from '../../shared/kinds.ts';
import type { Text } from '../../shared/text.ts';

/** A column of a template: its key in the ledger's columns, and how it is filled in. */
export type TemplateColumn = {
  readonly key: string;
  /** Characters. */
  readonly width: number;
  readonly required?: true;
  /** What stands there, beyond what holds for every date, count or duration. */
  readonly what: Text;
  readonly example: string;
  readonly choices?: 'kind' | 'unit' | readonly string[];
  /** A day that need not be one: `长期`, `立即`. */
  readonly words?: true;
};

/** With the column of the ledger that it fills. */
export type TemplateField = { readonly column: Column; readonly spec: TemplateColumn };

type Options = Pick<TemplateColumn, 'required' | 'choices' | 'words'>;
const column = (
  key: string,
  width: number,
  example: string,
  zh: string,
  en: string,
  options: Options = {},
): TemplateColumn => ({ key, width, example, what: { zh, en }, ...options });
const must: Options = { required: true };

const seq = column('seq', 6, '1', '可不填。', 'May be left blank.');
const unit = column('unit', 22, '', '从下拉中选，或写全称。', 'Choose it, or write its full name.', {
  required: true,
  choices: 'unit',
});
const place = (example: string): TemplateColumn =>
  column('place', 16, example, '可不填。', 'May be left blank.');
const note = column('note', 22, '', '可不填。', 'May be left blank.');

/** Months and days of the examples; the year is put before them. */
export const templateColumns: Readonly<Record<Family, readonly TemplateColumn[]>> = {
  activity: [
    seq,
    unit,
    column('date', 13, '-03-05', '哪一天开的。', 'The day on which it was held.', must),
    column(
      'kind',
      16,
      '支部党员大会',
      '从下拉中选；一次活动有两种类型的，写“支部党员大会、党课”。',
      'Choose it; an event of two kinds is written 支部党员大会、党课.',
      { required: true, choices: 'kind' },
    ),
    column('title', 30, '传达学习全会精神', '主题、议题或学习内容。', 'Topic, agenda, or what was studied.'),
    column(
      'form',
      8,
      '线下',
      '线上或线下，可不填。',
      '线上 (online) or 线下 (in person); may be left blank.',
      {
        choices: ['线上', '线下'],
      },
    ),
    place('东港站会议室'),
    column('expected', 10, '24', '应当参加的人数。', 'How many were to come.'),
    column('present', 10, '20', '实际到会，不能多于应到。', 'How many came; not more than were expected.'),
    column(
      'on_duty',
      10,
      '3',
      '在船、在岗不能到会的人数，不算无故缺席。',
      'At sea or on duty; no absence without cause.',
    ),
    column('excused', 10, '1', '病假、事假、公出。', 'Sick, personal or business leave.'),
    column('unexcused', 14, '0', '没有请假的人数。', 'Absent without leave.'),
    column(
      'absence',
      24,
      '三人在船、一人事假',
      '没有分栏统计时写在这里，如“张某（在船）、李某（事假）”；姓名不进统计。',
      'Where absences are not counted by column: 张某（在船）、李某（事假）. Names enter no figure.',
    ),
    column('hours', 8, '1.5', '每人的学时。', 'Hours for each person.'),
    column(
      'host',
      12,
      '支部书记',
      '主持人或主讲人，可不填；不进统计。',
      'Chair or speaker; may be left blank, enters no figure.',
    ),
    note,
  ],
  visit: [
    seq,
    unit,
    column('date', 13, '-04-09', '哪一天走访的。', 'The day of the visit.', must),
    column('kind', 14, '企业走访', '从下拉中选。', 'Choose it.', { required: true, choices: 'kind' }),
    column('title', 24, '东港轮驳公司', '走访了谁。', 'Who was visited.'),
    column('topic', 28, '引航计划对接', '谈了什么、做了什么。', 'What it was about.'),
    place('公司调度室'),
    column('participants', 10, '4', '本支部参加的人数。', 'How many of the branch took part.'),
    column('raised', 10, '2', '对方反映的问题、诉求件数。', 'How many issues were raised.'),
    column(
      'resolved',
      10,
      '1',
      '其中已办结的件数，不能多于反映的。',
      'How many of them are resolved; not more than were raised.',
    ),
    column('follow_up', 26, '夜航窗口已调整', '可不填。', 'May be left blank.'),
    note,
  ],
  volunteering: [
    seq,
    unit,
    column('date', 13, '-05-08', '哪一天服务的。', 'The day of the service.', must),
    column('title', 30, '江滩清漂', '做了什么。', 'What was done.'),
    place('东港江滩'),
    column('participants', 12, '12', '参加的人次。', 'How many took part.'),
    column('hours', 10, '2', '每人的小时数，不是总数。', 'Hours for each person, not their sum.'),
    column('beneficiaries', 20, '沿江居民', '可不填。', 'May be left blank.'),
    note,
  ],
  rectification: [
    seq,
    unit,
    column('origin', 16, '上级检查', '谁查出来的，可不填。', 'Who found it; may be left blank.'),
    column('title', 34, '会议记录不完整', '一行一个问题。', 'One problem a row.', must),
    column('measure', 30, '当月补齐，每季自查', '可不填。', 'May be left blank.'),
    column('responsible_department', 14, '党支部', '可不填。', 'May be left blank.'),
    column(
      'nature',
      12,
      '限期整改',
      '从下拉中选。“长期坚持”另列，没有时限。',
      'Choose it. 长期坚持 (long-term) is shown apart and has no due date.',
      { choices: ['立行立改', '限期整改', '长期坚持'] },
    ),
    column(
      'date',
      13,
      '-03-05',
      '哪一天发现的，按它归年。',
      'The day it was found; it gives the year.',
      must,
    ),
    column(
      'due',
      13,
      '-06-30',
      '原定的时限，延期后也不改；也可写“立即”“长期”。',
      'The first due date, not moved by an extension; 立即 and 长期 may stand here.',
      { words: true },
    ),
    column(
      'extended',
      13,
      '',
      '批准延期的，写延到哪一天。',
      'Where an extension was granted, the day to which.',
    ),
    column(
      'progress',
      20,
      '已整改',
      '进展；写了“完成”也不等于销号。',
      'Progress; being done is not being verified closed.',
    ),
    column('reported', 13, '-05-20', '支部报完成的日子。', 'The day reported done.'),
    column(
      'closed',
      13,
      '-06-10',
      '核实销号的日子；没有销号就留空。',
      'The day verified closed; blank while it is open.',
    ),
    note,
  ],
  headcount: [
    seq,
    unit,
    column(
      'date',
      13,
      '-01-01',
      '这个人数从哪一天起；写“2026-01”就是那个月。',
      'The day from which it holds; 2026-01 is that month.',
      must,
    ),
    column(
      'members',
      14,
      '24',
      '确切的人数，约数不收。',
      'The exact number; an approximate one is not taken.',
      must,
    ),
    note,
  ],
};
