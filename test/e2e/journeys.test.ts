import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { centreOn } from './journeys/centre.ts';
import { compare } from './journeys/compare.ts';
import { desk } from './journeys/desk.ts';
import { drill } from './journeys/drill.ts';
import { everywhere } from './journeys/everywhere.ts';
import { find } from './journeys/find.ts';
import { waysOf, type Centre, type Journey, type Way } from './journeys/journey.ts';
import { narrow } from './journeys/narrow.ts';
import { overview } from './journeys/overview.ts';
import { screen } from './journeys/screen.ts';
import { years } from './journeys/years.ts';
import { chartsOf, chineseOn, differences, shiftsOf, sumOf, sidewaysOf, watchShifts } from './sound.ts';
import { raise, type Stage } from './stage.ts';
import { axeFindings } from './axe.ts';
import { stands } from './stands.ts';
import { isLong } from '../long.ts';

// Each journey of a reader, by mouse, by keyboard alone and by touch, in both languages. HANGBIAO_LONG=1 goes all six
// ways; usually each journey goes one of them.
const journeys: readonly Journey[] = [
  overview,
  years,
  compare,
  drill,
  narrow,
  find,
  desk,
  screen,
  everywhere,
];
const gone = journeys.flatMap((journey, i) =>
  waysOf(i, isLong).map((way) => ({ ...way, journey, by: way.hand.name, name: journey.name })),
);

/** What moves by itself over a whole journey, as browsers count it. */
const MOST_SHIFT = 0.025;

describe('a journey', () => {
  let stage: Stage;
  let centre: Centre;

  beforeAll(async () => {
    stage = await raise();
    centre = await centreOn(stage);
  });
  afterAll(() => stage?.close());

  type Look = { readonly lang: string; readonly theme: string; readonly choice: string };
  /** A page of a browser that has been here before: its language and theme are known to the server too. */
  async function open({ hand, lang }: Way, look?: Look): Promise<{ page: Page; complaints: string[] }> {
    const opened = await stage.open({ ...hand.options, locale: lang === 'en' ? 'en-GB' : 'zh-CN' });
    const theme = look?.theme ?? hand.options.colorScheme ?? 'light';
    const cookie = { name: 'hangbiao_look', value: `${lang}.${theme}`, url: centre.root };
    await opened.page.context().addCookies([cookie]);
    await opened.page.addInitScript(
      ([l, choice]) => {
        if (localStorage.getItem('hangbiao.lang') !== null) return;
        localStorage.setItem('hangbiao.lang', l);
        localStorage.setItem('hangbiao.theme', choice);
      },
      [lang, look?.choice ?? ''] as const,
    );
    await watchShifts(opened.page);
    return opened;
  }
  const lookOf = (page: Page): Promise<Look> =>
    page.evaluate(() => ({
      lang: document.documentElement.lang.slice(0, 2),
      theme: document.documentElement.dataset['theme'] ?? '',
      choice: localStorage.getItem('hangbiao.theme') ?? '',
    }));

  /** Nobody points at anything: no mark is raised, no figure shown beside one. */
  async function letGo(page: Page): Promise<void> {
    await page.mouse.move(2, 2);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
  }

  test.each(gone)(
    '$name: by $by, in $lang',
    async ({ journey, hand, lang }) => {
      const way = { hand, lang };
      const { page, complaints } = await open(way);
      const faults: string[] = [];
      const look = async (what: string): Promise<void> => {
        faults.push(...(await axeFindings(page)).map((found) => `${what}: ${found}`));
        if (lang === 'en')
          faults.push(...(await chineseOn(page, centre.names)).map((text) => `${what}: ${text}`));
        const sideways = await sidewaysOf(page);
        if (sideways > 0) faults.push(`${what}: scrolls sideways by ${sideways}`);
      };
      await page.goto(centre.root + journey.from(centre));
      await stands(page);
      await journey.steps({ page, hand, lang, centre, look, stands: () => stands(page) });
      await stands(page);
      await look('the end');
      const shifts = await shiftsOf(page);
      if (sumOf(shifts) > MOST_SHIFT) faults.push(`shifts: ${JSON.stringify(shifts)}`);
      expect(faults).toEqual([]);

      // Its address, pasted into a browser that has never been here, gives the same charts.
      await letGo(page);
      const fresh = await open(way, await lookOf(page));
      await fresh.page.goto(page.url());
      await stands(fresh.page);
      const drawn = await chartsOf(fresh.page);
      await expect.poll(async () => differences(await chartsOf(page), drawn)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(fresh.complaints).toEqual([]);
      for (const p of [page, fresh.page]) await p.context().close();
    },
    120_000,
  );
});
