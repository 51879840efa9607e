import { expect } from 'vitest';
import { shellWords } from '../../../client/words/shell.ts';
import { screenWords } from '../../../client/words/screen.ts';
import type { Journey } from './journey.ts';

/** The big screen: gone to, turned, held, chosen for, left. */
export const screen: Journey = {
  name: 'big screen: turned, held, its slides chosen, left',
  from: () => '/',
  async steps({ page, hand, lang, stands, look }) {
    const w = screenWords[lang];
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const slide = (): Promise<string | null> => page.locator('[data-screen]').getAttribute('data-slide');

    if (hand.name === 'touch') {
      await hand.press(page, button(shellWords['nav.more'][lang]));
      await hand.choose(page, page.getByRole('menuitem', { name: shellWords['nav.screen'][lang] }));
    } else await hand.press(page, page.locator('header nav a[href^="/screen"]'));
    await page.waitForURL(/\/screen/);
    await page.locator('[data-slide="overview"] [data-kpi]').first().waitFor();

    await hand.call(page, { button: button(w.next), keys: 'ArrowRight' });
    await expect.poll(slide).toBe('yoy.study_sessions');
    await stands();
    await hand.call(page, { button: button(w.before), keys: 'ArrowLeft' });
    await expect.poll(slide).toBe('overview');
    await hand.call(page, { button: button(w.pause), keys: ' ' });
    await button(w.go).waitFor();

    // Only one is left, and it stands in the address.
    await hand.press(page, button(w.choose));
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await look('the choice of slides');
    const on = dialog.locator('input[type="checkbox"]:checked');
    for (let left = await on.count(); left > 2; left--) {
      await hand.press(page, on.last());
      await expect.poll(() => on.count()).toBe(left - 1);
    }
    await hand.press(page, on.first());
    await expect.poll(() => on.count()).toBe(1);
    await hand.press(page, dialog.getByRole('button', { name: w.ok, exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await page.waitForURL((url) => url.searchParams.get('show') === 'yoy.study_sessions');
    await stands();

    await hand.call(page, { button: button(w.leave), keys: 'Escape' });
    await page.waitForURL((url) => url.pathname === '/');
    await stands();
    await page.goBack();
    await page.waitForURL(/\/screen/);
    await page.locator('[data-screen] [data-view="yoy"]').waitFor();
  },
};
