import { expect } from 'vitest';
import { shellWords } from '../../../client/words/shell.ts';
import type { Journey } from './journey.ts';

/** What is the same on every page: language, theme, paper. */
export const everywhere: Journey = {
  name: 'everywhere: language, themes, paper',
  from: () => '/yoy?kpi=study_sessions',
  async steps({ page, hand, lang, stands, look }) {
    const other = lang === 'zh' ? 'en' : 'zh';
    const spoken = (): Promise<string> => page.evaluate(() => document.documentElement.lang.slice(0, 2));
    const chart = page.locator('[data-view="yoy"]');
    const title = await chart.locator('h2').innerText();
    await hand.press(page, page.locator('header button.lang'));
    await expect.poll(spoken).toBe(other);
    await expect.poll(() => chart.locator('h2').innerText()).not.toBe(title);
    await stands();
    await hand.press(page, page.locator('header button.lang'));
    await expect.poll(spoken).toBe(lang);
    await expect.poll(() => chart.locator('h2').innerText()).toBe(title);

    // Each theme is taken on by page and charts.
    const theme = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['theme']);
    const ink = (): Promise<string | null> =>
      chart.locator('.stage svg:not(.aside svg) text').first().getAttribute('fill');
    for (const to of ['contrast', 'light', 'dark'] as const) {
      const before = await ink();
      await hand.press(page, page.locator('header button.theme'));
      await page.getByRole('menu').waitFor();
      if (to === 'dark') await look('the menu of themes');
      await hand.choose(page, page.getByRole('menuitemradio', { name: shellWords[`look.${to}`][lang] }));
      await expect.poll(theme).toBe(to);
      if (before !== null) await expect.poll(ink).not.toBe(before);
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await stands();
    }

    // What is laid out for paper moves, and nobody sees it.
    const shifts = await page.evaluate(() => sessionStorage.getItem('shifts') ?? '[]');
    // On paper: light, without what is pressed, with a head of its own.
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    expect(await theme()).toBe('light');
    expect(await page.locator('.app-header, .tab-bar, .no-print').filter({ visible: true }).count()).toBe(0);
    expect(await page.locator('.print-head').innerText()).toMatch(
      new RegExp(shellWords['print.asOf'][lang].replace(/\{.*/, '')),
    );
    const sheets = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(sheets.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    await expect.poll(theme).toBe('dark');
    await stands();
    // A shift is told some time after its frame.
    await page.evaluate(
      () =>
        new Promise((told) =>
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(told, 250))),
        ),
    );
    await page.evaluate((to) => sessionStorage.setItem('shifts', to), shifts);
  },
};
