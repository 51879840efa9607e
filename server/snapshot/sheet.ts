import { figureName, isUnfinished, startOf } from '../../shared/charts/parts.ts';
import { broken, shortened, widthOf } from '../../shared/charts/shapes.ts';
import { fontFamily, palettes } from '../../shared/charts/theme.ts';
import type { Look } from '../../shared/charts/view.ts';
import { views } from '../../shared/charts/views.ts';
import { formatDate, formatYears, monthName } from '../../shared/format.ts';
import type { Text } from '../../shared/text.ts';
import { UnitTree } from '../../shared/unit.ts';
import { renderChart } from './render.ts';
import type { Sealed } from './sealed.ts';

/** A snapshot as one picture that explains itself: figure, scope, period, definition, origin. */

const CHART_WIDTH = 900;
const PAD = 32;
const WIDTH = CHART_WIDTH + 2 * PAD;

const labels = {
  scope: { zh: '范围', en: 'Scope' },
  years: { zh: '年份', en: 'Years' },
  asOf: { zh: '截至', en: 'As of' },
  sameDays: { zh: '未完的一年与往年同期相比', en: 'the unfinished year against the same days' },
  whole: { zh: '全年对比：往年按全年', en: 'whole years: the earlier ones are whole' },
  today: { zh: '按今天的架构', en: "in today's structure" },
  begins: { zh: '年度从 # 开始', en: 'the year begins in #' },
  definition: { zh: '口径', en: 'Definition' },
  note: { zh: '附注', en: 'Note' },
  source: { zh: '来源：各支部台账', en: "Source: the branches' ledgers" },
  version: { zh: '数据第 # 版', en: 'data version #' },
  snapshot: { zh: '快照', en: 'snapshot' },
  maker: { zh: '制作', en: 'made by' },
  demo: { zh: '演示数据', en: 'Demonstration data' },
} satisfies Record<string, Text>;

// Characters that XML has no way to write, and those that turn the reading direction of what follows.
const unprintable =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const printable = (text: string): string => text.replace(unprintable, '');
const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Breaks paragraphs into lines of a width; what is past the last line is cut, and shows it. */
export const wrapped = (text: string, width: number, size: number, most: number): string[] =>
  shortened(
    printable(text)
      .split(/\r?\n/)
      .flatMap((paragraph) => broken(paragraph, width, Infinity, size)),
    most,
  );

type Block = {
  readonly lines: readonly string[];
  readonly size: number;
  readonly lineHeight: number;
  readonly fill: string;
  readonly bold?: boolean;
  readonly after: number;
};

function blockSvg(block: Block, top: number): string {
  return block.lines
    .map((text, i) => {
      const y = top + block.lineHeight * i + block.size;
      const weight = block.bold === true ? ' font-weight="600"' : '';
      return `<text x="${PAD}" y="${y}" font-size="${block.size}"${weight} fill="${block.fill}" xml:space="preserve">${escaped(text)}</text>`;
    })
    .join('\n');
}
const heightOf = (block: Block): number =>
  block.lines.length === 0 ? 0 : block.lines.length * block.lineHeight + block.after;

/** The years that the view shows, of those that the page holds. */
function yearsShown({ view, state }: Sealed): number[] {
  const last = state.years.at(-1);
  if (last === undefined || view === 'yoy' || view === 'trend' || view === 'rectification')
    return [...state.years];
  return view === 'compare' || view === 'composition' ? [last - 1, last] : [last];
}

/** Does the view set an unfinished year against the others as a whole? */
const cutsYears = ({ view, state }: Sealed): boolean =>
  isUnfinished(state) && (view === 'trend' || view === 'compare' || view === 'composition');

function scopeLine(sealed: Sealed): string {
  const { state, lang, units } = sealed;
  const say = (key: keyof typeof labels): string => labels[key][lang];
  const path = new UnitTree(units).path(state.unit).map((u) => u.name);
  const colon = lang === 'zh' ? '：' : ': ';
  return [
    `${say('scope')}${colon}${path.join(' › ') || state.unit}`,
    figureName(state, lang),
    `${say('years')}${colon}${formatYears(yearsShown(sealed), lang, startOf(state))}`,
    ...(startOf(state) === 1 ? [] : [say('begins').replace('#', monthName(startOf(state), lang))]),
    `${say('asOf')} ${formatDate(state.asOf, lang)}`,
    ...(state.structure === 'today' ? [say('today')] : []),
    ...(cutsYears(sealed) ? [say(state.whole === true ? 'whole' : 'sameDays')] : []),
  ].join(' · ');
}

function originLine({ lang, dataVersion, id, maker, createdAt, demo }: Sealed): string {
  const say = (key: keyof typeof labels): string => labels[key][lang];
  const moment = `${createdAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    say('source'),
    say('version').replace('#', String(dataVersion)),
    `${say('snapshot')} ${id}`,
    `${say('maker')} ${maker}`,
    moment,
    ...(demo ? [say('demo')] : []),
  ].join(' · ');
}

/** What stands around the figures, for formats without a layout: a line each. */
export const contextLines = (sealed: Sealed): string[] => [
  sealed.title,
  sealed.says,
  scopeLine(sealed),
  `${labels.definition[sealed.lang]}${sealed.lang === 'zh' ? '：' : ': '}${sealed.kpi.definition[sealed.lang]}`,
  ...(sealed.note === null ? [] : [sealed.note]),
  originLine(sealed),
];

/** The sealed snapshot as a complete SVG. The same seal gives the same bytes. */
export function renderSheet(sealed: Sealed, theme: Look['theme'] = 'light'): string {
  const { lang, kpi } = sealed;
  const palette = palettes[theme];
  const colon = lang === 'zh' ? '：' : ': ';
  const view = views[sealed.view];
  const input = { state: sealed.state, answers: sealed.answers, tree: new UnitTree(sealed.units) };
  const drawing = renderChart(view, input, { lang, theme, width: CHART_WIDTH });

  const demoWidth = sealed.demo ? widthOf(labels.demo[lang], 13) + 24 : 0;
  const title: Block = {
    lines: wrapped(sealed.title, CHART_WIDTH - demoWidth, 22, 2),
    size: 22,
    lineHeight: 30,
    fill: palette.ink,
    bold: true,
    after: 6,
  };
  const says: Block = {
    lines: wrapped(sealed.says, CHART_WIDTH, 14, 3),
    size: 14,
    lineHeight: 21,
    fill: palette.soft,
    after: 4,
  };
  const scope: Block = {
    lines: wrapped(scopeLine(sealed), CHART_WIDTH, 12, 4),
    size: 12,
    lineHeight: 18,
    fill: palette.faint,
    after: 18,
  };
  const definition: Block = {
    lines: wrapped(`${labels.definition[lang]}${colon}${kpi.definition[lang]}`, CHART_WIDTH, 12, 6),
    size: 12,
    lineHeight: 18,
    fill: palette.soft,
    after: 6,
  };
  const note: Block = {
    lines:
      sealed.note === null ? [] : wrapped(`${labels.note[lang]}${colon}${sealed.note}`, CHART_WIDTH, 12, 40),
    size: 12,
    lineHeight: 18,
    fill: palette.ink,
    after: 6,
  };
  const origin: Block = {
    lines: wrapped(originLine(sealed), CHART_WIDTH, 12, 3),
    size: 12,
    lineHeight: 18,
    fill: palette.faint,
    after: 0,
  };

  const parts: string[] = [];
  let y = PAD - 4;
  const put = (block: Block): void => {
    parts.push(blockSvg(block, y));
    y += heightOf(block);
  };
  [title, says, scope].forEach(put);
  parts.push(`<g transform="translate(${PAD} ${y})">${printable(drawing.svg)}</g>`);
  y += drawing.height + 16;
  parts.push(`<path d="M${PAD} ${y}H${WIDTH - PAD}" stroke="${palette.line}"/>`);
  y += 14;
  [definition, note, origin].forEach(put);
  if (sealed.demo)
    parts.push(
      `<rect x="${WIDTH - PAD - demoWidth + 8}" y="${PAD - 4}" width="${demoWidth - 8}" height="24" rx="12" fill="${palette.warnWash}"/>` +
        `<text x="${WIDTH - PAD - (demoWidth - 8) / 2}" y="${PAD + 12.5}" font-size="13" text-anchor="middle" fill="${palette.warn}">${escaped(labels.demo[lang])}</text>`,
    );
  const height = Math.ceil(y + PAD - 4);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="${fontFamily}" lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`,
    `<title>${escaped(sealed.title)}</title>`,
    `<desc>${escaped(sealed.says)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" fill="${palette.card}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
