import type { ContradictionCode } from '../../shared/contradictions.ts';
import type { Lang } from '../../shared/text.ts';

const zh = {
  sentence: '{unit} {years}的台账，截至{asOf}，前后对不上的：',
  found: (n: number, kinds: number) => (kinds > 1 ? `${n} 条，分 ${kinds} 种。` : `${n} 条。`),
  none: '没有。',
  counting: '正在核对……',
  never: '发现即列出，从不悄悄改正；台账改好、重新导入，这里自然就少一条。',
  counted: '实到多于应到、销号早于发现、重复登记、没有这一天的计入“矛盾数”，其余只列出。',
  kinds: '按种类',
  all: '全部',
  kind: {
    present_gt_expected: '实到多于应到',
    closed_before_raised: '销号早于发现',
    duplicate: '重复登记',
    'date.invalid': '没有这一天',
    'total.differs': '合计对不上',
    present_gt_members: '实到多于党员数',
    always_all_present: '全年次次到齐',
    same_event: '几个支部记了同一次活动',
  } satisfies Record<ContradictionCode, string>,
  why: {
    present_gt_expected: '同一行里来的比该来的多。这一行没有计入任何数。',
    closed_before_raised: '问题还没有发现就已销号。这一行没有计入任何数。',
    duplicate: '同样的内容写了不止一行，只计一次。',
    'date.invalid': '日历上没有这个日子，不知道该算在哪一天。这一行没有计入任何数。',
    'total.differs': '台账自己的合计、小计与上面各行之和不同。各行照收，合计不用来算数。',
    present_gt_members: '到会的人比当天在册的党员多：可能有列席的，也可能党员数没有更新。照原样计入。',
    always_all_present: '一年里每次会议都是百分之百。也许真是这样，值得看一看。照原样计入。',
    same_event:
      '同一天、同一个题目出现在不同支部的台账里：可能联合举办，各记各的人；也可能一次活动算了两回。照原样计入。',
  } satisfies Record<ContradictionCode, string>,
  more: (shown: number, total: number) => `继续列出（已列 ${shown} / 共 ${total} 条）`,
  whole: (n: number) => `共 ${n} 条，已全部列出。`,
  loading: '正在取……',
  allRows: (n: number) => `列出全部 ${n} 行`,
  present: (present: number, expected: number | null) =>
    expected === null ? `实到 ${present}` : `实到 ${present} / 应到 ${expected}`,
  members: (n: number) => `在册 ${n} 人`,
  showRaw: '原样',
  hideRaw: '收起',
  empty: '没有发现矛盾',
  emptyWhy: '所选单位、年份里的台账没有前后对不上的地方。这不等于都对：只是这些核对没有发现问题。',
};

export type ContradictionWords = typeof zh;

const en: ContradictionWords = {
  sentence: '{unit}, ledgers of {years} as of {asOf}: what does not agree: ',
  found: (n, kinds) => {
    const found = `${n} ${n === 1 ? 'contradiction' : 'contradictions'}`;
    return kinds > 1 ? `${found} of ${kinds} kinds.` : `${found}.`;
  },
  none: 'nothing.',
  counting: 'checking …',
  never:
    'Found and listed, never silently mended: once the ledger is put right and imported again, it is gone from here.',
  counted:
    'The figure “Contradictions” counts rows with more present than expected, closed before raised, entered twice or on no day; the others are only listed.',
  kinds: 'By kind',
  all: 'All',
  kind: {
    present_gt_expected: 'More present than expected',
    closed_before_raised: 'Closed before it was raised',
    duplicate: 'Entered twice',
    'date.invalid': 'No such day',
    'total.differs': 'The total differs',
    present_gt_members: 'More present than members',
    always_all_present: 'Everybody present all year',
    same_event: 'One event in several branches',
  },
  why: {
    present_gt_expected: 'More came than were to come, in one row. The row counts in no figure.',
    closed_before_raised: 'The problem was closed before it was found. The row counts in no figure.',
    duplicate: 'The same content stands in more than one row; it counts once.',
    'date.invalid':
      'The calendar has no such day, so nobody knows where it belongs. The row counts in no figure.',
    'total.differs':
      'The ledger’s own total is not the sum of the rows above it. The rows are taken; no figure is made from the total.',
    present_gt_members:
      'More came than the branch had members that day: there may have been guests, or the headcount is old. Counted as it stands.',
    always_all_present:
      'Every meeting of a year at 100 %. It may well be so, and is worth a look. Counted as it stands.',
    same_event:
      'The same day and the same title in the ledgers of different branches: held together and each counted its own, or counted twice. Counted as it stands.',
  },
  more: (shown, total) => `List more (${shown} of ${total} shown)`,
  whole: (n) => `All ${n} are listed.`,
  loading: 'fetching …',
  allRows: (n) => `List all ${n} rows`,
  present: (present, expected) =>
    expected === null ? `${present} present` : `${present} present of ${expected}`,
  members: (n) => `${n} members`,
  showRaw: 'As it stands',
  hideRaw: 'Close',
  empty: 'No contradictions found',
  emptyWhy:
    'Nothing in the ledgers of this unit and these years disagrees. That does not make everything right: these checks found nothing.',
};

export const contradictionWords: Record<Lang, ContradictionWords> = { zh, en };
