import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPdf } from '../server/snapshot/pdf.ts';
import { toPng } from '../server/snapshot/png.ts';
import { readSealed } from '../server/snapshot/sealed.ts';
import { renderSheet } from '../server/snapshot/sheet.ts';
import { snapshotPapers, snapshotScales, snapshotThemes } from '../shared/snapshot-formats.ts';
import { viewIds } from '../shared/views.ts';
import { briefingRows } from './briefing.ts';
import { begin, type Begun } from './server.ts';
import { quantile, type Table } from './table.ts';

const PORT = 4340;

/** Megabytes that the process holds now. */
const heldBy = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;

type Asking = Begun['ask'];
const json = { 'content-type': 'application/json' };

/** A seal of every view of the demonstration, as text. */
async function seals(ask: Asking): Promise<{ view: string; id: string; text: string }[]> {
  const made: { view: string; id: string; text: string }[] = [];
  for (const view of viewIds) {
    const body = JSON.stringify({ view, query: {} });
    const { id } = (await (await ask('/api/snapshots', { method: 'POST', body, headers: json })).json()) as {
      id: string;
    };
    made.push({ view, id, text: await (await ask(`/api/snapshots/${id}.json`)).text() });
  }
  return made;
}

const WIDTH = 2400;
const ROUNDS = 15;

/** Milliseconds of each kind of file, over every view, after a first round that is not counted. */
async function made(texts: readonly string[]): Promise<Map<string, number[]>> {
  const took = new Map<string, number[]>();
  const ways: [string, (text: string) => unknown][] = [
    ['SVG', (text) => renderSheet(readSealed(text))],
    [`PNG, ${WIDTH} px`, (text) => toPng(renderSheet(readSealed(text)), { width: WIDTH })],
    ['PDF, A4', (text) => toPdf(readSealed(text), { theme: 'light', paper: 'a4' })],
    ['PDF, 16:9', (text) => toPdf(readSealed(text), { theme: 'light', paper: 'wide' })],
  ];
  for (const [name, make] of ways)
    for (let round = 0; round <= ROUNDS; round++)
      for (const text of texts) {
        const begun = performance.now();
        await make(text);
        if (round > 0) took.set(name, [...(took.get(name) ?? []), performance.now() - begun]);
      }
  return took;
}

const BRIEFING_S = 10;
const RENDERS = 1000;
/** Memory goes up and down with what is waiting to be collected: it is looked at so often, and the middle counts. */
const STEP = 25;
/** Files of a seal that are made when they are first asked for. */
const files = snapshotThemes.flatMap((theme) => [
  ...snapshotScales.map((scale) => `png?theme=${theme}&scale=${scale}`),
  ...snapshotPapers.map((paper) => `pdf?theme=${theme}&paper=${paper}`),
  ...(theme === 'light' ? [] : [`svg?theme=${theme}`]),
]);

type Through = {
  /** How the health was answered meanwhile, p99, ms. */
  readonly sealing: number;
  readonly reviewing: number;
  readonly rendering: number;
  readonly held: readonly number[];
};

const REVIEWS = 60;
/** Reviews of every branch, one after another. */
async function reviewed(ask: Asking): Promise<void> {
  const { units } = (await (await ask('/api/units')).json()) as {
    units: { code: string; level: string; closedOn: string | null }[];
  };
  const open = units.filter((u) => u.level === 'branch' && u.closedOn === null);
  for (let i = 0; i < REVIEWS; i++)
    await (await ask(`/api/units/${open[i % open.length]?.code}/review.docx`)).arrayBuffer();
}

/** Through the server: files that were not made before. */
async function through({ ask, watched, child: { pid = 0 } }: Begun): Promise<Through> {
  const ids: string[] = [];
  const { took: sealing } = await watched(async () => {
    while (ids.length * files.length < RENDERS * 1.4) ids.push(...(await seals(ask)).map((s) => s.id));
  });
  const { took: reviewing } = await watched(() => reviewed(ask));
  const waiting = ids.flatMap((id) => files.map((file) => `/api/snapshots/${id}.${file}`));
  const make = async (many: number): Promise<void> => {
    for (const path of waiting.splice(0, many)) await (await ask(path)).arrayBuffer();
  };
  // First some that are not counted: fonts, compiled code and glyphs are there for good.
  await make(RENDERS * 0.4);
  const held: number[] = [];
  const { took: rendering } = await watched(async () => {
    for (let n = 0; n < RENDERS; n += STEP) {
      await make(STEP);
      held.push(heldBy(pid));
    }
  });
  const p99 = (took: readonly number[]): number => quantile(took, 0.99);
  return { sealing: p99(sealing), reviewing: p99(reviewing), rendering: p99(rendering), held };
}

/** Snapshots: how long each kind of file takes, how the server answers meanwhile, and what it holds afterwards. */
export async function snapshotBench(): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-bench-'));
  const begun = await begin(folder, { port: PORT, demo: true });
  try {
    const all = await seals(begun.ask);
    const took = await made(all.map((s) => s.text));
    const goals: Record<string, number> = {
      SVG: 20,
      [`PNG, ${WIDTH} px`]: 250,
      'PDF, A4': 150,
      'PDF, 16:9': 150,
    };
    const rows = [...took].map(([name, ms]) => {
      const p50 = quantile(ms, 0.5);
      const goal = goals[name] ?? NaN;
      return [
        `${name}, p50 (p95), ms`,
        `${p50.toFixed(0)} (${quantile(ms, 0.95).toFixed(0)})`,
        `≤ ${goal}`,
        p50 <= goal ? 'yes' : 'no',
      ];
    });
    for (const [format = '', seconds = ''] of await briefingRows())
      rows.push([
        `briefing of forty charts, ${format}, s`,
        seconds,
        `≤ ${BRIEFING_S}`,
        Number(seconds) <= BRIEFING_S ? 'yes' : 'no',
      ]);
    const { sealing, reviewing, rendering, held } = await through(begun);
    const quarter = held.length / 4;
    const [before, after] = [held.slice(0, quarter), held.slice(-quarter)].map((mb) => quantile(mb, 0.5));
    return {
      title: 'snapshot',
      head: ['measure', 'value', 'goal', 'met'],
      rows: [
        ...rows,
        ...Object.entries({
          rendering,
          'sealing (queries, words, one SVG each)': sealing,
          'year-end reviews are made': reviewing,
        }).map(([what, ms]) => [
          `p99 of /api/health while ${what}, ms`,
          ms.toFixed(0),
          '< 50',
          ms < 50 ? 'yes' : 'no',
        ]),
        [
          `memory of the server over ${RENDERS} renders, median of the first and of the last quarter, MB`,
          [before, after].map((mb) => (mb ?? NaN).toFixed(0)).join(' · '),
          'returns (≤ +10 %)',
          (after ?? NaN) <= (before ?? NaN) * 1.1 ? 'yes' : 'no',
        ],
      ],
      notes: [
        `Every view of the demonstration centre, ${ROUNDS} rounds, each from the text of its seal, in a warm process. Through the server: SVG, PNG at 1×, 2× and 4×, PDF on both papers, in all three themes.`,
      ],
    };
  } finally {
    await begun.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
