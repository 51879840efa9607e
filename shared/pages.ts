import type { Text } from './text.ts';

/** The pages that are opened by name, and other words by which people look for them. */
export const namedPages = [
  { path: '/', name: { zh: '总览', en: 'Overview' }, also: ['首页', '全局', 'home', 'dashboard'] },
  {
    path: '/yoy',
    name: { zh: '同比', en: 'Years' },
    also: ['逐年', '历年', '趋势', 'year over year', 'trend'],
  },
  { path: '/compare', name: { zh: '对比', en: 'Compare' }, also: ['比较', '并排', 'side by side'] },
  { path: '/rectification', name: { zh: '整改', en: 'Rectification' }, also: ['销号', '逾期', 'overdue'] },
  { path: '/contradictions', name: { zh: '矛盾', en: 'Contradictions' }, also: ['数据质量', 'data quality'] },
  { path: '/changes', name: { zh: '当时与现在', en: 'Then and now' }, also: ['变动', '迟报', 'restatement'] },
  { path: '/imports', name: { zh: '台账', en: 'Ledgers' }, also: ['导入', '上传', 'import', 'upload'] },
  { path: '/records/new', name: { zh: '手工录入', en: 'Enter a record' }, also: ['补录', 'new record'] },
  { path: '/snapshots', name: { zh: '快照', en: 'Snapshots' }, also: ['存图', '封存', 'saved charts'] },
  {
    path: '/briefings',
    name: { zh: '简报', en: 'Briefings' },
    also: ['汇报', '材料', '会议', 'meeting', 'pptx', 'slides'],
  },
  {
    path: '/catalogue',
    name: { zh: '指标', en: 'KPIs' },
    also: ['口径', '定义', 'catalogue', 'definitions'],
  },
  { path: '/screen', name: { zh: '大屏', en: 'Big screen' }, also: ['轮播', '全屏', 'wall', 'kiosk'] },
  { path: '/admin', name: { zh: '规则', en: 'Rules' }, also: ['设置', '管理', 'admin', 'settings', 'norms'] },
] as const satisfies readonly {
  readonly path: `/${string}`;
  readonly name: Text;
  readonly also: readonly string[];
}[];

/** Pages that are opened with more in their path, or without a name of their own. */
const others = [/^\/briefings\/[^/]+$/, /^\/units\/[^/]+$/, /^\/records$/, /^\/records\/[^/]+\/[^/]+$/];

const isPage = (path: string): boolean =>
  namedPages.some((page) => page.path === path) || others.some((pattern) => pattern.test(path));

/** No host has this name: whatever leaves it is seen. */
const NOWHERE = 'http://address.invalid';

/**
 * Path and query of one of our own pages, as the address bar has them; null for anything else, such as another site
 * (`//evil.example`), a script, the API, or what a browser would make of `/\evil.example` and `/yoy/../sign-in/x`.
 */
export function ownAddress(text: string): string | null {
  if (!text.startsWith('/') || !URL.canParse(text, NOWHERE)) return null;
  const url = new URL(text, NOWHERE);
  const isOurs = url.origin === NOWHERE && url.username === '' && url.hash === '' && isPage(url.pathname);
  return isOurs ? url.pathname + url.search : null;
}
