import type { Lang } from '../../shared/text.ts';

/** Words of the two dialogs that add charts to a briefing. */
const zh = {
  snapshotsTitle: '加入快照',
  snapshotsSay: '快照是封存的图，加进来仍是当时的样子。',
  search: '查标题、附注、制作者、指标、单位',
  noSnapshots: '还没有快照。在任一图的“存图”菜单里选“存为快照”，就能加到这里。',
  noneFound: (q: string) => `没有找到“${q}”。`,
  picked: (n: number) => `已选 ${n} 张`,
  addPicked: (n: number) => (n === 0 ? '加入' : `加入 ${n} 张`),
  viewTitle: '加入实时图',
  viewSay: '实时图在封存时按那时的数据画定；照此再做时又取新数。',
  from: '从哪里来',
  own: '自己选',
  savedView: (name: string) => `存下的视图：${name}`,
  view: '图',
  kpi: '指标',
  unit: '单位',
  years: '年份',
  latest: '封存时最近 4 年',
  yearsOf: (n: number, last: string) => `${n} 年，到 ${last} 为止`,
  noSplit: '这个指标不分类型，没有构成图',
  name: '页标题',
  nameHint: '不写则由图自拟。',
  add: '加入',
  cancel: '取消',
  close: '关闭',
  loading: '正在取',
};

export type BriefingPickWords = typeof zh;

const en: BriefingPickWords = {
  snapshotsTitle: 'Add snapshots',
  snapshotsSay: 'A snapshot is a sealed chart; in the briefing it stays as it was.',
  search: 'Title, note, maker, figure or unit',
  noSnapshots: 'No snapshots yet. Choose “Keep as snapshot” in the Save menu of any chart to have it here.',
  noneFound: (q) => `Nothing found for “${q}”.`,
  picked: (n) => `${n} chosen`,
  addPicked: (n) => (n === 0 ? 'Add' : `Add ${n}`),
  viewTitle: 'Add a live chart',
  viewSay:
    'A live chart is drawn from the data when the briefing is sealed, and from newer data when it is made again.',
  from: 'Taken from',
  own: 'my own choice',
  savedView: (name) => `saved view: ${name}`,
  view: 'Chart',
  kpi: 'Figure',
  unit: 'Unit',
  years: 'Years',
  latest: 'the latest 4 when it is sealed',
  yearsOf: (n, last) => `${n} years up to ${last}`,
  noSplit: 'is not split by kind, so there is no chart of its composition',
  name: 'Title of the page',
  nameHint: 'Empty: the chart’s own.',
  add: 'Add',
  cancel: 'Cancel',
  close: 'Close',
  loading: 'Loading',
};

export const briefingPickWords: Record<Lang, BriefingPickWords> = { zh, en };

/** Words of the dialog that puts a chart of any page into a briefing. */
const addZh = {
  title: '加入简报',
  say: '放在一份草稿的末尾，次序和评注在草稿里改。',
  how: '怎么加',
  ways: { live: '实时图：封存时取最新数', sealed: '存为快照：就是现在的样子' },
  into: '加到哪一份',
  newOne: '新的草稿',
  untitled: '未命名简报',
  add: '加入',
  added: (title: string) => `已加到“${title}”的末尾。`,
  open: '打开草稿',
  stay: '留在这里',
  cancel: '取消',
};

export type BriefingAddWords = typeof addZh;

const addEn: BriefingAddWords = {
  title: 'Add to a briefing',
  say: 'It comes to the end of a draft, where its place and comment can be changed.',
  how: 'How',
  ways: { live: 'live: the latest figures when it is sealed', sealed: 'as a snapshot: just as it is now' },
  into: 'To which',
  newOne: 'a new draft',
  untitled: 'Untitled briefing',
  add: 'Add',
  added: (title) => `It is at the end of “${title}”.`,
  open: 'Open the draft',
  stay: 'Stay here',
  cancel: 'Cancel',
};

export const briefingAddWords: Record<Lang, BriefingAddWords> = { zh: addZh, en: addEn };
