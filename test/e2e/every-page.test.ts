import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { axeFindings } from './axe.ts';
import { shiftsOf, sidewaysOf, sumOf, watchShifts } from './sound.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { isLong } from '../long.ts';

// Every page in every look. HANGBIAO_LONG=1 takes all twelve looks; usually two, in which each language and width, and
// light and dark, come once.
const all = (['zh', 'en'] as const).flatMap((lang) =>
  (['light', 'dark', 'contrast'] as const).flatMap((theme) =>
    ([1440, 390] as const).map((width) => ({ lang, theme, width })),
  ),
);
const some = [
  { lang: 'en', theme: 'light', width: 1440 },
  { lang: 'zh', theme: 'dark', width: 390 },
] as const;
const looks = isLong ? all : some;

/**
 * What moves by itself after a page has come is not for its readers. CLS, as browsers count it; the big screen, which
 * is no phone's page, lays its chart out once more there.
 */
const MOST_SHIFT = 0.025;

const [units, ...ledgers] = demoLedgers({ branches: 6, years: 3, seed: 7 });

describe('every page', () => {
  let stage: Stage;
  let paths: readonly string[];

  beforeAll(async () => {
    stage = await raise();
    await stage.bring({ units, ledgers });
    const { page } = await stage.open();
    const address = `${stage.running.address}/api`;
    const query = await page.request.get(`${address}/query?kpi=visits&by=unit&years=2026`);
    const { cells } = (await query.json()) as { cells: { unit: string }[] };
    const branch = cells[0]?.unit ?? '';
    const found = await page.request.get(`${address}/records?kpi=visits&unit=${branch}&period=2026&limit=1`);
    const { rows } = (await found.json()) as { rows: { id: string; unit: string }[] };
    const kept = await page.request.post(`${address}/snapshots`, {
      data: { view: 'compare', query: { kpi: 'attendance_rate' } },
    });
    expect(kept.status()).toBe(201);
    const begun = await page.request.post(`${address}/briefings`, {
      data: {
        title: '三季度简报',
        items: [
          { is: 'heading', text: '一、组织生活' },
          { is: 'view', view: 'yoy', query: { kpi: 'attendance_rate' } },
          { is: 'snapshot', id: ((await kept.json()) as { id: string }).id },
        ],
      },
    });
    const draft = ((await begun.json()) as { id: string }).id;
    paths = [
      '/',
      '/yoy',
      '/yoy?kpi=visits&sum=1&kind=enterprise_visit',
      '/compare',
      `/units/${branch}`,
      '/rectification',
      '/records?kpi=visits&period=2026',
      `/records/${rows[0]?.unit ?? branch}/${rows[0]?.id ?? ''}`,
      `/records/new?unit=${branch}`,
      '/imports',
      '/imports?id=1',
      '/snapshots',
      '/briefings',
      `/briefings/${draft}`,
      '/catalogue',
      '/contradictions',
      '/changes',
      '/screen?show=overview',
      '/admin',
      '/yoy?kpi=nothing',
      '/units/NOPE',
      '/nowhere',
    ];
    await page.context().close();
  });
  afterAll(() => stage?.close());

  test.each(looks)(
    'is sound in $lang, $theme, at $width px',
    async ({ lang, theme, width }) => {
      const opened = await stage.open({
        viewport: { width, height: 900 },
        locale: lang === 'en' ? 'en-GB' : 'zh-CN',
        hasTouch: width < 900,
      });
      const { page } = opened;
      // As of a browser that has been here before: its look is known to the server too.
      await page
        .context()
        .addCookies([{ name: 'hangbiao_look', value: `${lang}.${theme}`, url: stage.running.address }]);
      await page.addInitScript(
        ([l, t]) => {
          localStorage.setItem('hangbiao.lang', l);
          localStorage.setItem('hangbiao.theme', t);
        },
        [lang, theme] as const,
      );
      await watchShifts(page);
      let told = 0;
      const faults: unknown[] = [];
      for (const path of paths) {
        await page.goto(stage.running.address + path);
        await stands(page);
        expect(await page.evaluate(() => document.documentElement.lang.slice(0, 2))).toBe(lang);
        const found = await axeFindings(page);
        const sideways = await sidewaysOf(page);
        const shifts = await shiftsOf(page);
        const shifted = sumOf(shifts.slice(told));
        told = shifts.length;
        if (found.length > 0) faults.push([path, found]);
        if (sideways > 0) faults.push([path, `scrolls sideways by ${sideways}`]);
        if (shifted > MOST_SHIFT) faults.push([path, `shifts: ${JSON.stringify(shifts.slice(-3))}`]);
      }
      expect(faults).toEqual([]);
      expect(opened.complaints).toEqual([]);
      await page.context().close();
    },
    120_000,
  );
});
