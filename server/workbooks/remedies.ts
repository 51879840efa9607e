import type { ProblemCode } from '../../shared/api.ts';
import type { Text } from '../../shared/text.ts';

const none: Text = { zh: '', en: '' };

/** What the branch can do about a problem in its own ledger; empty where there is nothing to do. */
export const remedies: Readonly<Record<ProblemCode, Text>> = {
  'heading.unknown': none,
  'unit.unknown': {
    zh: '写支部全称；没有支部列的，写在标题里。',
    en: 'Write the full name of the branch, in the title where there is no column for it.',
  },
  'unit.closed': {
    zh: '核对日期和支部；已合并的写合并后的支部。',
    en: 'Check the date and the branch; of a merged branch name its successor.',
  },
  'kind.unknown': {
    zh: '改用规范名称，如“支部党员大会”“主题党日”“党课”。',
    en: 'Use a standard name, as 支部党员大会, 主题党日, 党课.',
  },
  'date.missing': { zh: '补上日期，如 2026-3-5。', en: 'Add the date, as 2026-3-5.' },
  'date.invalid': { zh: '改成真实的日期，如 2026-3-5。', en: 'Write a real date, as 2026-3-5.' },
  'date.approximate': none,
  'date.year_missing': {
    zh: '写上年份，或在标题里写明年度。',
    en: 'Add the year, or name it in the title.',
  },
  'date.out_of_range': { zh: '核对年份。', en: 'Check the year.' },
  'count.unknown': none,
  'count.approximate': none,
  'count.invalid': {
    zh: '写整数；不知道的留空或写 *，约数写“50余”。',
    en: 'Write a whole number; blank or * for unknown, 50余 for 50 and more.',
  },
  present_gt_expected: {
    zh: '核对应到和实到，改正写错的一个。',
    en: 'Check both figures and correct the one that is wrong.',
  },
  closed_before_raised: {
    zh: '核对发现时间和销号时间。',
    en: 'Check the day raised and the day closed.',
  },
  'required.missing': { zh: '补上这一格。', en: 'Fill in this cell.' },
  duplicate: none,
  'total.differs': { zh: '核对合计。', en: 'Check the total.' },
  'file.unreadable': none,
  'file.too_large': none,
  'sheet.unrecognised': none,
};
