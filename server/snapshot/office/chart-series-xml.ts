import { columnName } from '../../ledger/sheet.ts';
import { quoted } from '../../workbooks/sheet-xml.ts';
import { cellText, escaped } from '../../workbooks/xml.ts';
import type { NativeChart, NativeSeries } from './chart.ts';
import { lineXml, solid, wordsXml } from './chart-ink.ts';
import { palette } from './look.ts';

/** Where a chart's figures stand: a block with a head of names, and a row a category under it. Counted from 0. */
export type Source = { readonly sheet: string; readonly row: number; readonly column: number };

/** A stretch of one column of the block, as a formula names it. */
function cellsAt(
  { sheet, column, row }: Source,
  of: { column: number; from: number; count: number },
): string {
  const name = `$${columnName(column + of.column)}$`;
  const first = row + 1 + of.from;
  const last = first + of.count - 1;
  return escaped(`${quoted(sheet)}!${name}${first}${of.count === 1 ? '' : `:${name}${last}`}`);
}

type Place = { readonly index: number; readonly source: Source; readonly size: number };

/** One series: its look, and its figures with the cells that they come from. */
export function seriesXml(chart: NativeChart, series: NativeSeries, place: Place): string {
  const { index, source } = place;
  const isBar = series.as === 'bar' || series.as === 'frame';
  const nameCell = cellsAt(source, { column: index + 1, from: 0, count: 1 });
  return [
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/>`,
    `<c:tx><c:strRef><c:f>${nameCell}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${cellText(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>`,
    isBar ? `${barLook(series)}<c:invertIfNegative val="0"/>` : lineLook(series) + markerXml(series),
    ...pointsXml(series),
    series.isLabelled ? labelsXml(chart, series, place) : '',
    categoriesXml(chart, source),
    valuesXml(chart, series, { index, source }),
    isBar ? '' : '<c:smooth val="0"/>',
    '</c:ser>',
  ].join('');
}

function barLook({ as, colour, hollow, width = 1, dash }: NativeSeries): string {
  if (as === 'frame') return `<c:spPr><a:noFill/>${lineXml(colour, width, dash)}</c:spPr>`;
  if (hollow) return `<c:spPr>${solid(palette.card)}${lineXml(colour, width)}</c:spPr>`;
  return `<c:spPr>${solid(colour)}<a:ln><a:noFill/></a:ln></c:spPr>`;
}

const lineLook = ({ as, colour, width = 1.5, dash }: NativeSeries): string =>
  as === 'points'
    ? '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
    : `<c:spPr>${lineXml(colour, width, dash)}</c:spPr>`;

function markerXml({ marker, colour, hollow, as, values, dash }: NativeSeries): string {
  // A point between two gaps has no line to be seen by.
  const isAlone = values.some(
    (v, i) => v !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null,
  );
  const symbol = marker ?? (as === 'points' || (isAlone && dash !== 'sysDot') ? 'circle' : 'none');
  if (symbol === 'none') return '<c:marker><c:symbol val="none"/></c:marker>';
  const inside = hollow ? palette.card : colour;
  return `<c:marker><c:symbol val="${symbol}"/><c:size val="${marker === undefined ? 4 : 7}"/><c:spPr>${solid(inside)}${lineXml(colour, 1.25)}</c:spPr></c:marker>`;
}

/** Single points: the current year in the accent, and a ring at the end of the dashed stretch to what is unfinished. */
function pointsXml({ as, colour, width = 1.5, now, running = [] }: NativeSeries): string {
  const at = [...new Set([...running, ...(now === undefined ? [] : [now])])].sort((a, b) => a - b);
  return at
    .map((index) => {
      const ink = index === now ? palette.red : colour;
      const isRunning = running.includes(index);
      if (as === 'bar')
        return `<c:dPt><c:idx val="${index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>${solid(ink)}<a:ln><a:noFill/></a:ln></c:spPr></c:dPt>`;
      const marker = `<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>${solid(isRunning ? palette.card : ink)}${lineXml(ink, 1.5)}</c:spPr></c:marker>`;
      return `<c:dPt><c:idx val="${index}"/>${marker}<c:bubble3D val="0"/><c:spPr>${lineXml(ink, width, isRunning ? 'sysDash' : undefined)}</c:spPr></c:dPt>`;
    })
    .join('');
}

function labelsXml({ format }: NativeChart, { as, colour }: NativeSeries, { size }: Place): string {
  const ink = colour === palette.red ? palette.red : palette.soft;
  return `<c:dLbls><c:numFmt formatCode="${format}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${wordsXml(size - 1, ink)}<c:dLblPos val="${as === 'bar' ? 'outEnd' : 't'}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`;
}

function categoriesXml({ categories }: NativeChart, source: Source): string {
  const cells = cellsAt(source, { column: 0, from: 1, count: categories.length });
  const points = categories.map((name, i) => `<c:pt idx="${i}"><c:v>${cellText(name)}</c:v></c:pt>`).join('');
  return `<c:cat><c:strRef><c:f>${cells}</c:f><c:strCache><c:ptCount val="${categories.length}"/>${points}</c:strCache></c:strRef></c:cat>`;
}

function valuesXml(
  { format, categories }: NativeChart,
  { values }: NativeSeries,
  { index, source }: { index: number; source: Source },
): string {
  const cells = cellsAt(source, { column: index + 1, from: 1, count: categories.length });
  const points = values.map((v, i) => (v === null ? '' : `<c:pt idx="${i}"><c:v>${v}</c:v></c:pt>`)).join('');
  return `<c:val><c:numRef><c:f>${cells}</c:f><c:numCache><c:formatCode>${format}</c:formatCode><c:ptCount val="${categories.length}"/>${points}</c:numCache></c:numRef></c:val>`;
}
