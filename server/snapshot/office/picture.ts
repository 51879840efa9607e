import { views } from '../../../shared/charts/views.ts';
import { toPng } from '../png.ts';
import { renderChart } from '../render.ts';
import type { Sealed } from '../sealed.ts';
import { cutsOf, windowOf, type Heights } from './cuts.ts';
import { inputOf } from './native.ts';

/** The page's own chart as pictures for paper: a tall one is cut between its rows, so that each part fits a page. */

export type Picture = { readonly png: Uint8Array; readonly width: number; readonly height: number };

/** CSS pixels of the chart: at the width of a page its words are of nine points. */
export const PICTURE_WIDTH = 640;

/** @param heights of the parts, in CSS pixels */
export async function picturesOf(sealed: Sealed, heights: Heights): Promise<Picture[]> {
  const look = { lang: sealed.lang, theme: 'light', width: PICTURE_WIDTH } as const;
  const drawing = renderChart(views[sealed.view], inputOf(sealed), look);
  const cuts = cutsOf(drawing.svg, drawing.height, heights);
  const spans = cuts.map((top, i) => ({ top, height: (cuts[i + 1] ?? drawing.height) - top }));
  return Promise.all(
    spans.map(async ({ top, height }) => ({
      png: await toPng(windowOf(drawing, { top, bottom: top + height }), { scale: 2 }),
      width: drawing.width,
      height,
    })),
  );
}
