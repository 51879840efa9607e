import type { Lang } from '../../shared/text.ts';

const zh = {
  answer: (closed: string, overdue: string, oldest: number | null) =>
    `${closed} 已销号，${overdue} 项逾期${oldest === null ? '' : `，最久 ${oldest} 天`}。`,
  answerNone: (closed: string) => `${closed} 已销号，没有逾期。`,
  unreported: '整改台账未报。',
  under: '按发现时间归年，截至所选日期；延期不改原定时限；“长期坚持”另列，不在内。',
  overdueTitle: '逾期未销号',
  overdueSay: (n: number, asOf: string) => `截至 ${asOf} 共 ${n} 项，不论哪年发现，最久的在前。`,
  overdueNone: '没有逾期的问题。',
  overdueUnreported: '整改台账未报，无从判断有没有逾期。',
  item: (due: string, raised: string) => `· 时限 ${due} · 发现于 ${raised}`,
  noTitle: '（未写问题）',
  oldest: (days: number) => `最久 ${days} 天`,
  age: (days: number) => `${days} 天`,
  ageMeaning: '逾期天数',
  progress: (words: string) => `台账写：${words}`,
  all: '看全部记录',
  more: (shown: number, total: number) => `已列 ${shown} 项，共 ${total} 项`,
};

export type RectificationWords = typeof zh;

const en: RectificationWords = {
  answer: (closed, overdue, oldest) =>
    `${closed} closed, ${overdue} overdue${oldest === null ? '' : `, the oldest by ${oldest} ${oldest === 1 ? 'day' : 'days'}`}.`,
  answerNone: (closed) => `${closed} closed, none overdue.`,
  unreported: 'the rectification ledger is not reported.',
  under:
    'By the year in which raised, as of the chosen day; an extension does not move the original date; long-term items stand apart and are not included.',
  overdueTitle: 'Open past their due date',
  overdueSay: (n, asOf) => `${n} as of ${asOf}, whenever raised, the oldest first.`,
  overdueNone: 'Nothing is overdue.',
  overdueUnreported: 'The rectification ledger is not reported, so nothing can be said.',
  item: (due, raised) => `· due ${due} · raised ${raised}`,
  noTitle: '(no problem named)',
  oldest: (days) => `oldest ${days} days`,
  age: (days) => `${days} ${days === 1 ? 'day' : 'days'}`,
  ageMeaning: 'days overdue',
  progress: (words) => `the ledger says: ${words}`,
  all: 'All records',
  more: (shown, total) => `${shown} of ${total} listed`,
};

export const rectificationWords: Record<Lang, RectificationWords> = { zh, en };
