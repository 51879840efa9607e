import type { Lang } from '../../shared/text.ts';

/** How a norm is said, on the page of rules and in the catalogue. */
const zh = {
  layers: { central: '中央', system: '系统', centre: '中心', unit: '单位' },
  strengths: { required: '必须', usual: '一般', local: '本地惯例' },
  every: { month: '每月一次', quarter: '每季一次', year: '每年一次', never: '不要求' },
  perGroup: '每个党小组',
  minMembers: (n: number) => `党员不少于 ${n} 名的支部`,
  atLeast: (v: string) => `不低于 ${v}`,
  atMost: (v: string) => `不高于 ${v}`,
  whole: (v: string) => `应达 ${v}`,
  all: '全体',
  /** Days as they stand in a table; null where a side is open. */
  span: (from: string | null, to: string | null) =>
    from === null ? (to === null ? '不限期' : `至 ${to}`) : to === null ? `${from} 起` : `${from} 至 ${to}`,
  /** Between the parts of a norm: `每月一次，每个党小组`. */
  and: '，',
};

export type NormWords = typeof zh;

const en: NormWords = {
  layers: { central: 'Central', system: 'System', centre: 'Centre', unit: 'Unit' },
  strengths: { required: 'required', usual: 'as a rule', local: 'local practice' },
  every: { month: 'once a month', quarter: 'once a quarter', year: 'once a year', never: 'not asked' },
  perGroup: 'in each party group',
  minMembers: (n) => `in branches of at least ${n} members`,
  atLeast: (v) => `at least ${v}`,
  atMost: (v) => `at most ${v}`,
  whole: (v) => v,
  all: 'all units',
  span: (from, to) =>
    from === null
      ? to === null
        ? 'no dates'
        : `until ${to}`
      : to === null
        ? `since ${from}`
        : `${from} – ${to}`,
  and: ', ',
};

export const normWords: Record<Lang, NormWords> = { zh, en };
