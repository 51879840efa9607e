import { makeBriefing } from '../server/briefing/make.ts';
import { briefingFormats } from '../shared/briefing.ts';
import { madeBriefing } from '../test/briefing/made.ts';
import { quantile } from './table.ts';

/** A briefing of forty charts and more pages, in each format. */

const RUNS = 3;

/** @returns rows of: format, seconds (median), megabytes */
export async function briefingRows(): Promise<string[][]> {
  const made = madeBriefing('zh', { times: 4 });
  const rows: string[][] = [];
  for (const format of briefingFormats) {
    const seconds: number[] = [];
    let size = 0;
    for (let i = 0; i < RUNS; i++) {
      const begun = performance.now();
      size = (await makeBriefing({ ...made, format })).length;
      seconds.push((performance.now() - begun) / 1000);
    }
    rows.push([`.${format}`, quantile(seconds, 0.5).toFixed(2), (size / 1e6).toFixed(2)]);
  }
  return rows;
}
