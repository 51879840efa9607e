import { widthOf } from '../../../shared/charts/shapes.ts';
import { factsOf } from '../facts.ts';
import type { Sealed } from '../sealed.ts';
import type { NativeChart, Page } from './chart.ts';
import {
  addSlide,
  BODY_END,
  frame,
  INNER,
  ink,
  LEFT,
  newDeck,
  placeChart,
  plain,
  POINTS,
  TOP,
  type Around,
  type Deck,
  type Frame,
  type Slide,
} from './deck.ts';
import { writeDeck } from './deck-write.ts';
import { hex } from './chart-ink.ts';
import { nativeCharts } from './native.ts';
import type { Properties } from '../../office/package.ts';
import { qrPng } from './qr.ts';
import { footLine, scopeLine } from './scope-line.ts';
import { sectionsOf, type Proof } from './sources.ts';
import { addSourceSlides } from './pptx-sources.ts';
import { addTableSlides } from './pptx-table.ts';
import { colon, say, sayPage } from './words.ts';

/** A seal as slides: one message each, charts and tables that can be edited, and what they rest on in the notes. */

/** The bytes of the .pptx file. The same seal gives the same bytes. */
export async function pptxFile(sealed: Sealed, proof: Proof, properties: Properties): Promise<Uint8Array> {
  const deck = newDeck(properties);
  await addSnapshotSlides(deck, sealed, proof);
  return writeDeck(deck);
}

/**
 * Lays a seal's slides down at the end of a deck: its charts, its table, its sources. A briefing calls it once
 * for each of its seals.
 * @param sealed texts without characters that XML cannot hold (`printable`)
 */
export async function addSnapshotSlides(deck: Deck, sealed: Sealed, proof: Proof): Promise<void> {
  const charts = nativeCharts(sealed);
  const around = aroundOf(sealed, proof, charts);
  const count = charts.length;
  for (const group of slideGroups(charts)) addChartSlide(deck, sealed, { group, count }, around);
  if (charts.length === 0 && sealed.view !== 'heatmap') addEmptySlide(deck, sealed, around);
  addTableSlides(deck, sealed, around);
  addSourceSlides(deck, { sealed, proof, around, qr: proof.link === null ? null : await qrPng(proof.link) });
}

/**
 * Lays the slides of a seal's finding down alone: its charts, or its table where that is the chart. A briefing has its
 * sources on slides of their own.
 * @param under inches that are left free under the body
 */
export function addFindingSlides(
  deck: Deck,
  sealed: Sealed,
  { proof, over, foot, under }: { proof: Proof; over: string; foot: string; under: number },
): Slide[] {
  const charts = nativeCharts(sealed);
  const around = { ...aroundOf(sealed, proof, charts), over, foot };
  const named = { ...sealed, title: over };
  if (sealed.view === 'heatmap') return addTableSlides(deck, sealed, around, { over, under });
  if (charts.length === 0) return [addEmptySlide(deck, sealed, around)];
  return slideGroups(charts).map((group) =>
    addChartSlide(deck, named, { group, count: charts.length, under }, around),
  );
}

function aroundOf(sealed: Sealed, proof: Proof, charts: readonly NativeChart[]): Around {
  return {
    headline: sealed.says,
    over: sealed.title,
    foot: footLine(sealed),
    demo: sealed.demo ? say('demo', sealed.lang) : null,
    notes: notesOf(sealed, proof, charts),
  };
}

/** What the speaker can look up: definition, norms, facts, and what no chart can show. */
function notesOf(sealed: Sealed, proof: Proof, charts: readonly NativeChart[]): string {
  const { lang, title, says } = sealed;
  const remarks = charts.flatMap(({ name, remarks: own }) =>
    own.map((one) => (name === null ? one : `${name}${colon(lang)}${one}`)),
  );
  const sections = sectionsOf(sealed, proof).flatMap(({ heading, rows }) => [
    `【${heading}】`,
    ...rows.map(({ label, text }) => (label === '' ? text : `${label}${colon(lang)}${text}`)),
  ]);
  return [title, says, ...new Set(remarks), ...sections].join('\n');
}

/** So many small charts stand on one slide. */
const [ACROSS, DOWN] = [4, 2];
const isPanel = ({ name }: NativeChart): boolean => name !== null;

/** Charts that stand on a slide together: small ones of a unit each, others alone. */
function slideGroups(charts: readonly NativeChart[]): NativeChart[][] {
  const most = charts.every(isPanel) ? ACROSS * DOWN : 1;
  return Array.from({ length: Math.ceil(charts.length / most) }, (_, i) =>
    charts.slice(i * most, (i + 1) * most),
  );
}

/** Which of all units stand on the slide; null where all do. */
function pageOf(group: readonly NativeChart[]): Page | null {
  const [first, last] = [group[0]?.page, group.at(-1)?.page];
  if (!first || !last || (first.from === 1 && last.to === last.of)) return null;
  return { from: first.from, to: last.to, of: last.of };
}

function addChartSlide(
  deck: Deck,
  sealed: Sealed,
  { group, count, under = 0 }: { group: readonly NativeChart[]; count: number; under?: number },
  around: Around,
): Slide {
  const { lang, title, says } = sealed;
  const page = pageOf(group);
  const slide = addSlide(deck, {
    ...around,
    over: page === null ? title : `${title} · ${sayPage(page, lang)}`,
  });
  const arePanels = group.every(isPanel);
  const places = arePanels ? placesFor(Math.min(count, ACROSS * DOWN), KEY + under) : placesFor(1, under);
  group.forEach((chart, i) => {
    const at = places[i];
    if (at === undefined) return;
    placeChart(deck, slide, {
      chart,
      at,
      size: arePanels && count > 2 ? 10 : 12,
      says: `${title}${chart.name === null ? '' : ` · ${chart.name}`}${colon(lang)}${says}`,
      hasKey: !arePanels,
      ...(chart.name === null ? {} : { title: chart.name }),
    });
  });
  if (arePanels) addKey(slide, group, under);
  const remarks = group.flatMap(({ name, remarks: own }) =>
    own.map((one) => (name === null ? one : `${name} ${one}`)),
  );
  const small = { fontSize: REMARK_SIZE, color: ink.soft, ...plain } as const;
  slide.addText(fitted(remarks, lang, REMARK_LINES), {
    ...frame(LEFT, BODY_END + 0.04, INNER, 0.38),
    ...small,
  });
  slide.addText(keyFacts(sealed), { ...frame(LEFT, BODY_END + 0.42, INNER, 0.3), ...small });
  return slide;
}

/** Up to four beside each other, in two rows from five on: on every slide of a series alike. */
function placesFor(count: number, foot: number): Frame[] {
  const height = BODY_END - TOP - foot;
  const across = Math.min(count, ACROSS);
  const down = Math.ceil(count / across);
  const [w, h] = [INNER / across, height / down];
  return Array.from({ length: count }, (_, i) =>
    frame(
      LEFT + (i % across) * w,
      TOP + Math.floor(i / across) * h,
      w - (across > 1 ? 0.1 : 0),
      h - (down > 1 ? 0.06 : 0),
    ),
  );
}

/** Room under the charts for the one key of all of them. */
const KEY = 0.3;
function addKey(slide: Slide, group: readonly NativeChart[], under: number): void {
  const series = new Map(group.flatMap((chart) => chart.series.map((s) => [s.name, s] as const)));
  slide.addText(
    [...series.values()].flatMap(({ name, colour, dash }) => [
      { text: dash === undefined ? '━━ ' : '┅┅ ', options: { color: hex(colour), bold: true } },
      { text: `${name}      `, options: { color: ink.soft } },
    ]),
    {
      ...frame(LEFT, BODY_END - under - KEY, INNER, KEY),
      fontSize: 11,
      ...plain,
      align: 'center',
      valign: 'middle',
    },
  );
}

const [REMARK_LINES, REMARK_SIZE] = [2, 10.5];
/** As many remarks as so many lines hold; of more, that they stand in the notes. */
function fitted(remarks: readonly string[], lang: Sealed['lang'], lines: number): string {
  const gap = lang === 'zh' ? '；' : '; ';
  const room = INNER * POINTS * lines * 0.94;
  const kept: string[] = [];
  for (const remark of remarks) {
    if (widthOf([...kept, remark].join(gap), REMARK_SIZE) > room - 120) break;
    kept.push(remark);
  }
  const left = remarks.length - kept.length;
  const more = lang === 'zh' ? `另 ${left} 条见备注` : `${left} more in the notes`;
  return [...kept, ...(left === 0 ? [] : [more])].join(gap);
}

const keyFactKeys: ReadonlySet<string> = new Set([
  'shown',
  'measure',
  'period',
  'basis',
  'structure',
  'coverage',
  'norm',
  'maker',
  'createdAt',
]);
/** What stands under every chart, in one line. */
function keyFacts(sealed: Sealed): string {
  const facts = factsOf(sealed).filter(({ key }) => keyFactKeys.has(key));
  const said = facts.map(({ label, text }) => `${label}${colon(sealed.lang)}${text}`);
  return fitted(said, sealed.lang, 1);
}

/** There is nothing to draw: the slide says so, and what it is about. */
function addEmptySlide(deck: Deck, sealed: Sealed, around: Around): Slide {
  const slide = addSlide(deck, around);
  slide.addText(
    [{ text: say('noChart', sealed.lang), options: { breakLine: true } }, { text: scopeLine(sealed) }],
    {
      ...frame(LEFT, 3, INNER, 1.2),
      fontSize: 14,
      color: ink.soft,
      ...plain,
      align: 'center',
    },
  );
  return slide;
}
