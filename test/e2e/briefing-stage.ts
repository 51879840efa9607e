import type { BrowserContextOptions, Page } from 'playwright-core';
import { join } from 'node:path';
import { expect } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { BriefingMeta } from '../../shared/briefing.ts';
import type { Lang } from '../../shared/text.ts';
import { axeFindings } from './axe.ts';
import { shiftsOf, sidewaysOf, sumOf, watchShifts } from './sound.ts';
import { raise } from './stage.ts';

const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 5 });

/** A small centre with two snapshots, and pages in one language that know whether anything has jumped. */
export type BriefingStage = {
  readonly root: string;
  /** Where the server's database is. */
  readonly folder: string;
  open(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  /** Of the API, with the page's session. @throws where it is refused */
  api<T>(page: Page, method: string, path: string, data?: unknown): Promise<T>;
  briefings(page: Page): Promise<BriefingMeta[]>;
  /** A draft with a heading and a text, made without the pages. */
  draft(page: Page, title: string): Promise<BriefingMeta>;
  /** Nothing runs off the side, nothing has jumped, and axe finds nothing. */
  sound(page: Page, at: string): Promise<void>;
  /** Closes the pages that were opened. */
  leave(): Promise<void>;
  close(): Promise<void>;
};

export async function raiseBriefings(lang: Lang): Promise<BriefingStage> {
  const stage = await raise();
  const root = stage.running.address;
  const opened: Page[] = [];
  const its: BriefingStage = {
    root,
    folder: stage.folder,
    async open(options = {}) {
      const made = await stage.open({ locale: lang === 'zh' ? 'zh-CN' : 'en-GB', ...options });
      opened.push(made.page);
      await made.page.addInitScript((to) => {
        localStorage.setItem('hangbiao.lang', to);
      }, lang);
      await watchShifts(made.page);
      return made;
    },
    async api(page, method, path, data) {
      const reply = await page.request.fetch(`${root}/api${path}`, {
        method,
        headers: { 'sec-fetch-site': 'same-origin' },
        ...(data === undefined ? {} : { data }),
      });
      if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
      return (await reply.json()) as never;
    },
    briefings: async (page) =>
      (await its.api<{ briefings: BriefingMeta[] }>(page, 'GET', '/briefings')).briefings,
    draft: (page, title) =>
      its.api(page, 'POST', '/briefings', {
        title,
        lang,
        items: [
          { is: 'heading', text: 'A' },
          { is: 'text', text: 'B' },
        ],
      }),
    async sound(page, at) {
      const told = await axeFindings(page);
      const sideways = await sidewaysOf(page);
      const shift = sumOf(await shiftsOf(page));
      expect({ at, told, sideways }).toEqual({ at, told: [], sideways: 0 });
      expect(shift, at).toBeLessThan(0.01);
      const pictures = process.env['PICTURES'];
      if (pictures) await page.screenshot({ path: join(pictures, `${at}-${lang}.png`), fullPage: true });
    },
    async leave() {
      for (const page of opened.splice(0)) await page.context().close();
    },
    close: () => stage.close(),
  };
  await stage.bring({ units: units!, ledgers });
  const { page } = await its.open();
  for (const view of ['compare', 'heatmap'])
    await its.api(page, 'POST', '/snapshots', { view, query: { kpi: 'study_sessions' }, lang });
  await its.leave();
  return its;
}
