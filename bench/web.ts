import type { Browser, Cookie } from 'playwright-core';
import type { Table } from './table.ts';
import { launch } from './web/browser.ts';
import { LIGHTHOUSE_RUNS, scores } from './web/lighthouse.ts';
import { subjects, type Subject } from './web/pages.ts';
import { readyPeers, versions } from './web/ready.ts';
import {
  definitions,
  goals,
  rowOf,
  scoreRow,
  unwatchedRow,
  type Runs,
  type UnwatchedRuns,
} from './web/rows.ts';
import { serveOurs, servePeers } from './web/serve.ts';
import { unwatched } from './web/unwatched.ts';
import { visit } from './web/visit.ts';

/** `RUNS=1` tries it out. */
const RUNS = Number(process.env['RUNS'] ?? 7);
const slowdowns = [1, 4] as const;
const moments = ['fcp', 'painted'] as const;

/** A session's cookies: what the pages themselves keep in cookies (look, rooms) is not known on a first visit. */
async function signIn(browser: Browser, link: string): Promise<Cookie[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  const cookies = await context.cookies();
  await context.close();
  return cookies.filter((c) => c.httpOnly);
}

/** How long the server takes for the page itself, milliseconds. */
async function documentTime(url: string, cookies: readonly Cookie[]): Promise<number> {
  const begun = performance.now();
  const reply = await fetch(url, {
    headers: { accept: 'text/html', cookie: cookies.map((c) => `${c.name}=${c.value}`).join('; ') },
  });
  await reply.text();
  return performance.now() - begun;
}

type Measured = { readonly watched: Runs; readonly alone: UnwatchedRuns };

/** Each page in turn, so that what else the machine does falls on all of them. */
async function measure(
  all: readonly Subject[],
  browser: Browser,
  cookies: readonly Cookie[],
): Promise<Measured> {
  const watched: Runs = { ours: { 1: [], 4: [] }, common: { 1: [], 4: [] }, lean: { 1: [], 4: [] } };
  const alone: UnwatchedRuns = { ours: { 1: [], 4: [] }, common: { 1: [], 4: [] }, lean: { 1: [], 4: [] } };
  for (let run = 0; run < RUNS; run++)
    for (const slowdown of slowdowns)
      for (const subject of [...all.slice(run % all.length), ...all.slice(0, run % all.length)]) {
        console.error(`run ${run + 1} of ${RUNS}, processor / ${slowdown}: ${subject.name}`);
        const how = { browser, cookies, slowdown };
        watched[subject.name][slowdown].push(await visit(subject, how));
        alone[subject.name][slowdown].push(await unwatched(subject, how));
      }
  return { watched, alone };
}

/** The overview against two small pages of the same figures, and what Lighthouse says of our pages. */
export async function webBench(): Promise<Table> {
  await readyPeers();
  const ours = await serveOurs();
  const peers = await servePeers(ours.address);
  const browser = await launch();
  try {
    const cookies = await signIn(browser, ours.link);
    const url = `${ours.address}/?asOf=2026-06-30`;
    const drawing = [await documentTime(url, cookies), await documentTime(url, cookies)];
    const { watched, alone } = await measure(
      subjects({ ours: ours.address, peers: peers.address }),
      browser,
      cookies,
    );
    const found = await scores(ours.address, ['/', '/yoy', '/compare'], cookies);
    const [first = NaN, again = NaN] = drawing;
    return {
      title: 'web',
      head: ['measure', 'ours', 'common', 'lean', 'ratio', 'goal', 'met'],
      rows: [
        ...slowdowns.flatMap((slowdown) => goals.map((goal) => rowOf(goal, watched, slowdown))),
        ...slowdowns.flatMap((slowdown) => moments.map((of) => unwatchedRow(of, alone, slowdown))),
        ...found.map(scoreRow),
      ],
      notes: [
        `Chromium ${browser.version()}, ${versions()}; medians of ${RUNS} visits each, by turns; Lighthouse: medians of ${LIGHTHOUSE_RUNS} runs.`,
        ...definitions,
        `The server draws the page once for each state of the data: ${first.toFixed(0)} ms, and ${again.toFixed(0)} ms for whoever asks after that; the visits above are of the latter kind.`,
      ],
    };
  } finally {
    await browser.close();
    await peers.close();
    await ours.close();
  }
}
