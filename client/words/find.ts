import type { Lang } from '../../shared/text.ts';

/** The box that finds everything; its words come when it is opened. */
const zh = {
  placeholder: '单位、指标、页面、记录、视图；拼音首字母也行',
  groups: { unit: '单位', kpi: '指标', page: '页面', view: '存下的视图', record: '记录' },
  recent: '最近打开',
  results: '结果',
  none: (typed: string) => `没有找到“${typed}”`,
  start: '输入名称、代码或拼音首字母，例如 dgz。记录按题目查，至少两个字。',
  count: (n: number) => `找到 ${n} 项`,
  searching: '正在查找',
  failed: '没有查成：',
  shared: '党办共享',
  move: '移动',
  open: '打开',
  close: '关闭',
};

export type FindWords = typeof zh;

const en: FindWords = {
  placeholder: 'A unit, KPI, page, record or saved view; pinyin initials will do',
  groups: { unit: 'Units', kpi: 'KPIs', page: 'Pages', view: 'Saved views', record: 'Records' },
  recent: 'Opened lately',
  results: 'Results',
  none: (typed) => `Nothing found for “${typed}”`,
  start:
    'Type a name, a code or pinyin initials, such as dgz. Records are found by title, from two letters on.',
  count: (n) => (n === 1 ? '1 result' : `${n} results`),
  searching: 'Searching',
  failed: 'The search did not succeed: ',
  shared: 'shared by the office',
  move: 'move',
  open: 'open',
  close: 'close',
};

export const findWords: Readonly<Record<Lang, FindWords>> = { zh, en };
