import { widthOf } from '../../../shared/charts/shapes.ts';
import { cellText, xmlHead } from '../../workbooks/xml.ts';
import type { NativeChart } from './chart.ts';
import { seriesXml, type Source } from './chart-series-xml.ts';
import { faceXml, solid, wordsXml } from './chart-ink.ts';
import { palette } from './look.ts';

/**
 * The part of one chart, as slides and workbooks both hold it (ECMA-376 part 1, 21.2). Written by hand: what
 * the libraries write cannot turn an axis round, lay a frame over bars or leave a gap out.
 */

export type ChartOptions = {
  readonly lang: 'zh' | 'en';
  /** Points: of the words in it, and of its width. */
  readonly size: number;
  readonly width: number;
  /** False where one key stands for several charts. */
  readonly hasKey?: boolean;
  /** The unit's name over the chart. Absent: what stands around the chart names it. */
  readonly title?: string;
  /** Where the figures stand. */
  readonly source: Source;
  /** The relationship of the workbook that the figures are in. Absent: the chart stands in it. */
  readonly workbook?: string;
};

const AXES = {
  category: 111_111_101,
  value: 111_111_102,
  frameCategory: 111_111_103,
  frameValue: 111_111_104,
};

/** The chart as XML. Pure; a null is written nowhere. */
export function chartXml(chart: NativeChart, options: ChartOptions): string {
  const { lang, size, title, workbook, hasKey = true } = options;
  return [
    xmlHead,
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    `<c:date1904 val="0"/><c:lang val="${lang === 'zh' ? 'zh-CN' : 'en-GB'}"/><c:roundedCorners val="0"/>`,
    '<c:chart>',
    title === undefined ? '' : titleXml(title, size + 1),
    `<c:autoTitleDeleted val="${title === undefined ? 1 : 0}"/>`,
    `<c:plotArea>${chart.keyAtSide ? layoutXml(PLOT, true) : '<c:layout/>'}${groupsXml(chart, options)}${axesXml(chart, options)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>`,
    hasKey
      ? `<c:legend><c:legendPos val="${chart.keyAtSide ? 'r' : 'b'}"/>${chart.keyAtSide ? layoutXml(KEY) : ''}<c:overlay val="0"/>${wordsXml(size, palette.soft)}</c:legend>`
      : '',
    '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/>',
    '</c:chart>',
    `<c:spPr>${solid(palette.card)}<a:ln><a:noFill/></a:ln></c:spPr>`,
    wordsXml(size, palette.soft),
    workbook === undefined
      ? ''
      : `<c:externalData r:id="${workbook}"><c:autoUpdate val="0"/></c:externalData>`,
    '</c:chartSpace>',
  ].join('');
}

const titleXml = (text: string, size: number): string =>
  `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size * 100}" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="${size * 100}" b="1">${solid(palette.ink)}${faceXml}</a:rPr><a:t>${cellText(text)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;

/** Parts of the chart's frame: lines that end beside their names. */
const PLOT = { x: 0.06, y: 0.05, w: 0.6, h: 0.83 };
const KEY = { x: 0.69, y: 0.02, w: 0.3, h: 0.94 };

const layoutXml = ({ x, y, w, h }: typeof PLOT, isInner = false): string =>
  `<c:layout><c:manualLayout>${isInner ? '<c:layoutTarget val="inner"/>' : ''}<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="${x}"/><c:y val="${y}"/><c:w val="${w}"/><c:h val="${h}"/></c:manualLayout></c:layout>`;

/** Bars behind, a frame over them, lines in front. */
function groupsXml(chart: NativeChart, { source, size }: ChartOptions): string {
  const numbered = chart.series.map((series, index) => ({ series, index }));
  const xmlOf = (is: (as: string) => boolean): string =>
    numbered
      .filter(({ series }) => is(series.as))
      .map(({ series, index }) => seriesXml(chart, series, { index, source, size }))
      .join('');
  const direction = chart.lies === 'lying' ? 'bar' : 'col';
  const ids = (category: number, value: number): string =>
    `<c:axId val="${category}"/><c:axId val="${value}"/>`;
  const barGroup = (series: string, gap: number, overlap: number, axes: string): string =>
    series === ''
      ? ''
      : `<c:barChart><c:barDir val="${direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>${series}<c:gapWidth val="${gap}"/><c:overlap val="${overlap}"/>${axes}</c:barChart>`;
  const lines = xmlOf((as) => as === 'line' || as === 'points');
  const own = ids(AXES.category, AXES.value);
  return [
    barGroup(
      xmlOf((as) => as === 'bar'),
      60,
      chart.nested ? 100 : 0,
      own,
    ),
    lines === ''
      ? ''
      : `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${lines}<c:marker val="1"/>${own}</c:lineChart>`,
    barGroup(
      xmlOf((as) => as === 'frame'),
      0,
      0,
      ids(AXES.frameCategory, AXES.frameValue),
    ),
  ].join('');
}

function axesXml(chart: NativeChart, options: ChartOptions): string {
  const isFramed = chart.series.some((s) => s.as === 'frame');
  const own = { category: AXES.category, value: AXES.value, isHidden: false };
  const frame = { category: AXES.frameCategory, value: AXES.frameValue, isHidden: true };
  return [own, ...(isFramed ? [frame] : [])].map((pair) => axisPair(chart, pair, options)).join('');
}

type AxisPair = { readonly category: number; readonly value: number; readonly isHidden: boolean };

/** Every category is named where there is room; else every second, third and so on, from the first. */
function everyNth({ categories, lies, keyAtSide }: NativeChart, { width, size }: ChartOptions): number {
  if (lies === 'lying') return 1;
  const widest = Math.max(0, ...categories.map((name) => widthOf(name, size)));
  const room = (width * (keyAtSide ? 0.6 : 0.88)) / Math.max(1, categories.length);
  // Two words may stand under each other.
  const needed = categories.every((name) => name.includes(' ')) ? widest / 2 + size : widest;
  return Math.max(1, Math.ceil((needed + 4) / room));
}

function axisPair(
  chart: NativeChart,
  { category, value, isHidden }: AxisPair,
  options: ChartOptions,
): string {
  const { size } = options;
  const isLying = chart.lies === 'lying';
  const { min, max, step } = chart.axis;
  const none = '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>';
  const gone = `<c:delete val="${isHidden ? 1 : 0}"/>`;
  const line = (colour: string): string => `<c:spPr><a:ln w="9525">${solid(colour)}</a:ln></c:spPr>`;
  return [
    `<c:catAx><c:axId val="${category}"/><c:scaling><c:orientation val="${isLying ? 'maxMin' : 'minMax'}"/></c:scaling>${gone}`,
    `<c:axPos val="${isLying ? 'l' : 'b'}"/><c:numFmt formatCode="General" sourceLinked="0"/>${none}<c:tickLblPos val="low"/>`,
    line(palette.line) + wordsXml(size, palette.soft),
    `<c:crossAx val="${value}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>`,
    `<c:tickLblSkip val="${everyNth(chart, options)}"/><c:noMultiLvlLbl val="1"/></c:catAx>`,
    `<c:valAx><c:axId val="${value}"/><c:scaling><c:orientation val="minMax"/><c:max val="${max}"/><c:min val="${min}"/></c:scaling>${gone}`,
    `<c:axPos val="${isLying ? 'b' : 'l'}"/>${isHidden ? '' : `<c:majorGridlines>${line(palette.grid)}</c:majorGridlines>`}`,
    `<c:numFmt formatCode="${chart.axisFormat}" sourceLinked="0"/>${none}<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>`,
    wordsXml(size, palette.soft),
    // Counted from the top, the figures stand at the far end of the rows.
    `<c:crossAx val="${category}"/><c:crosses val="${isLying ? 'max' : 'autoZero'}"/><c:crossBetween val="between"/><c:majorUnit val="${step}"/></c:valAx>`,
  ].join('');
}
