import { expect } from 'vitest';
import { shellWords } from '../../../client/words/shell.ts';
import type { Journey } from './journey.ts';

/** Straight to whatever has a name: a unit by its initials, a KPI, a page, a record by its title. */
export const find: Journey = {
  name: 'find: units, KPIs, pages and records',
  from: () => '/',
  async steps({ page, hand, lang, stands, look }) {
    const box = page.locator('[data-find]');
    const to = async (typed: string, found: RegExp, what?: string): Promise<void> => {
      const button = page.getByRole('button', { name: shellWords['find.label'][lang], exact: true });
      await hand.call(page, { button, keys: 'Control+k' });
      await hand.write(page, box.getByRole('combobox'), typed);
      const keys = () =>
        box.locator('[data-found]').evaluateAll((all) => all.map((e) => e.getAttribute('data-found') ?? ''));
      await expect.poll(async () => (await keys()).some((key) => found.test(key))).toBe(true);
      const key = (await keys()).find((k) => found.test(k)) ?? '';
      // Results come one kind after the other, and push each other on.
      await expect.poll(() => box.getByRole('status').innerText()).toMatch(/\d/);
      if (what !== undefined) await look(what);
      await hand.choose(page, box.locator(`[data-found="${key}"]`));
      await box.waitFor({ state: 'detached' });
    };

    await to(lang === 'zh' ? '到会率' : 'attendance', /^kpi:attendance_rate$/);
    await page.waitForURL(/\/yoy\?.*kpi=attendance_rate/);
    await stands();
    await to(lang === 'zh' ? 'duibi' : 'side by side', /^page:\/compare$/);
    await page.waitForURL(/\/compare\?.*kpi=attendance_rate/);
    await stands();
    await to('船上的一课', /^record:/);
    await page.waitForURL(/\/records\/[^/]+\/[^/?]+$/);
    await page.locator('main h1', { hasText: '船上的一课' }).waitFor();
    await to('dgz', /^unit:DG$/, 'what is found');
    await page.waitForURL(/\/units\/DG/);
  },
};
