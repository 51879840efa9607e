import type { Lang } from '../../shared/text.ts';

const zh = {
  ask: '快照',
  says: (n: number) => (n === 0 ? '还没有留存过。' : `留存 ${n} 张，存下就不再变。`),
  under:
    '快照连同它的数字、口径、截至日和数据版本一起封存。数据后来变了，可以核对差在哪里，图仍是当时的样子。',
  emptyTitle: '还没有快照',
  emptyBody: '在任一图的“存图”菜单里选“存为快照”，它就留在这里，链接可以发给别人。',
  toOverview: '去总览',
  made: (maker: string, when: string) => `${maker} · ${when}`,
  version: (n: number) => `数据第 ${n} 版`,
  seal: (short: string) => `校验 ${short}`,
  preview: (title: string) => `预览：${title}`,
  drift: '核对现在的数',
  checking: '正在核对……',
  same: (now: number) => `与现在的数据（第 ${now} 版）一致，没有一格变化。`,
  changed: (n: number, now: number) => `到数据第 ${now} 版，有 ${n} 格变了：`,
  cell: '格',
  sealed: '当时',
  now: '现在',
  gone: '已无此格',
  more: (n: number) => `另有 ${n} 格，取 JSON 可见全部当时的数。`,
};

export type SnapshotWords = typeof zh;

const en: SnapshotWords = {
  ask: 'Snapshots',
  says: (n) => (n === 0 ? 'none kept so far.' : `${n} kept; once kept, none changes.`),
  under:
    'A snapshot is sealed with its figures, definition, as-of day and data version. When the data change later, what differs can be checked; the picture stays as it was.',
  emptyTitle: 'No snapshots yet',
  emptyBody:
    'Choose “Keep as snapshot” in the Save menu of any chart, and it stays here with a link to pass on.',
  toOverview: 'To the overview',
  made: (maker, when) => `${maker} · ${when}`,
  version: (n) => `data version ${n}`,
  seal: (short) => `seal ${short}`,
  preview: (title) => `Preview: ${title}`,
  drift: 'Check against the data now',
  checking: 'Checking…',
  same: (now) => `Just as the data are now (version ${now}): no cell has changed.`,
  changed: (n, now) => `By data version ${now}, ${n} ${n === 1 ? 'cell has' : 'cells have'} changed:`,
  cell: 'Cell',
  sealed: 'Then',
  now: 'Now',
  gone: 'no such cell',
  more: (n) => `and ${n} more; the JSON holds all figures as they were.`,
};

export const snapshotWords: Record<Lang, SnapshotWords> = { zh, en };
