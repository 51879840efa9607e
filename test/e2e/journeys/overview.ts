import { expect } from 'vitest';
import type { Journey } from './journey.ts';

const words = {
  zh: { sameDays: /去年同期/, comparable: /可比/, visits: /走访次数/ },
  en: { sameDays: /same days last year/, comparable: /comparable/, visits: /Visits/ },
};

/** The first page answers four questions, and each answer leads on to its page. */
export const overview: Journey = {
  name: 'overview: how it stands, what changed, who needs attention, what is due',
  from: () => '/',
  async steps({ page, hand, lang, stands }) {
    const w = words[lang];
    const back = async (): Promise<void> => {
      await page.goBack();
      await page.waitForURL((url) => url.pathname === '/');
      await page.locator('[data-list="next"] li[data-state]').first().waitFor();
      await stands();
    };

    // How we stand: a figure, the same days of last year, a verdict; how the year goes against its norms.
    const cards = page.locator('.kpi[data-kpi]');
    expect(await cards.count()).toBe(5);
    for (const said of await cards.allInnerTexts()) {
      expect(said).toMatch(/\d/);
      expect(said).toMatch(w.sameDays);
      expect(said).toMatch(w.comparable);
    }
    expect(await page.locator('[data-list="pace-line"] [data-status]').count()).toBeGreaterThan(1);
    await hand.press(page, page.locator('.kpi[data-kpi="visits"] .trace'));
    await page.waitForURL((url) => url.pathname === '/yoy' && url.searchParams.get('kpi') === 'visits');
    await stands();
    await back();

    // What changed: its records, as many as it says.
    const moved = page.locator('[data-list="moves"] li .tag').first();
    const counted = Number(/(\d[\d,]*)\D*$/.exec((await moved.getAttribute('aria-label')) ?? '')?.[1]);
    expect(counted).toBeGreaterThan(0);
    await hand.press(page, moved);
    await page.waitForURL(/\/records\?/);
    await page.locator('tr[data-record]').first().waitFor();
    expect(await page.locator('tr[data-record]').count()).toBe(Math.min(100, counted));
    await back();

    // Who needs attention: a branch, its reason in words.
    const needy = page.locator('[data-list="need"] li[data-need]').first();
    expect((await needy.locator('.reason').innerText()).length).toBeGreaterThan(3);
    const name = await needy.locator('a').innerText();
    await hand.press(page, needy.locator('a'));
    await page.waitForURL(/\/units\//);
    await page.locator('main h1', { hasText: name }).waitFor();
    await stands();
    await back();

    // What is due: a day, what is to be done; what is overdue leads to its list.
    expect(await page.locator('[data-list="next"] li[data-state] b').first().innerText()).toMatch(/\d/);
    await hand.press(page, page.locator('[data-list="next"] .overdue'));
    await page.waitForURL(/\/rectification/);
    await stands();
    await back();

    // Each chart says what it shows; a card chooses the figure of the large one.
    for (const view of ['yoy', 'heatmap'])
      expect(await page.locator(`[data-view="${view}"] .why`).innerText(), view).toMatch(/\d/);
    await hand.press(page, page.locator('.kpi[data-kpi="visits"] .choose'));
    await page.waitForURL(/kpi=visits/);
    await page.locator('[data-view="yoy"] h2', { hasText: w.visits }).waitFor();
  },
};
