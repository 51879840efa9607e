import type { Lang } from '../../shared/text.ts';

/** Words of the way down and back: crumbs, chips, what lies below, and what a page is narrowed to. */
const zh = {
  crumbs: '现在的位置',
  row: (n: number) => `原行：第 ${n} 行`,
  rowByHand: '录入时的原文',
  kinds: (names: readonly string[]) => names.join('、'),
  narrowed: '已缩小到',
  only: (name: string) => `只看${name}`,
  remove: (what: string) => `去掉“${what}”`,
  records: (n: number) => `看这 ${n} 条记录`,
  recordsAny: '看记录',
  today: '今天的架构',
  perMember: '按人均',
  parts: { numerator: '只看分子', denominator: '只看分母' },
  year: (year: number) => `只画 ${year} 年`,
  below: { branch: '下级', group: '党小组' },
  belowMore: (n: number) => `等 ${n} 个`,
  facets: '按类型看',
  allKinds: '全部',
  years: '画哪几年',
  groupTitle: '这个党小组没有自己的台账',
  groupSay: (branch: string) => `党小组会等活动记在${branch}的台账里，数也算在支部。`,
  groupToMeetings: (branch: string) => `看${branch}的党小组会`,
  groupToBranch: (branch: string) => `看${branch}`,
  pickKind: '点一个类型，这一页只看它；再点一次取消。',
  pickedKind: '这一页只看一类：再点一次，看全部。',
};

export type DrillWords = typeof zh;

const en: DrillWords = {
  crumbs: 'Where you are',
  row: (n) => `source row ${n}`,
  rowByHand: 'as it was entered',
  kinds: (names) => names.join(', '),
  narrowed: 'Narrowed to',
  only: (name) => `${name} only`,
  remove: (what) => `Take away “${what}”`,
  records: (n) => (n === 1 ? 'See this record' : `See these ${n} records`),
  recordsAny: 'See the records',
  today: "today's structure",
  perMember: 'per member',
  parts: { numerator: 'numerator alone', denominator: 'denominator alone' },
  year: (year) => `${year} alone`,
  below: { branch: 'Below', group: 'Party groups' },
  belowMore: (n) => `${n} in all`,
  facets: 'By kind',
  allKinds: 'All',
  years: 'Which years are drawn',
  groupTitle: 'This party group keeps no ledger of its own',
  groupSay: (branch) => `Its meetings stand in the ledger of ${branch} and count there.`,
  groupToMeetings: (branch) => `Group meetings of ${branch}`,
  groupToBranch: (branch) => `See ${branch}`,
  pickKind: 'Choose a kind to narrow this page to it; once more takes it back.',
  pickedKind: 'This page is narrowed: choose the kind once more to see all.',
};

export const drillWords: Readonly<Record<Lang, DrillWords>> = { zh, en };
