import { expect } from 'vitest';
import { noteWords } from '../../../client/words/notes.ts';
import { shellWords } from '../../../client/words/shell.ts';
import { viewWords } from '../../../client/words/views.ts';
import { OWN_NAME, OWN_NOTE, type Journey } from './journey.ts';

/** A page is kept under a name and found by it; a point of its chart gets a note. */
export const desk: Journey = {
  name: 'saved views and notes: kept, shared, found; written, changed, removed, brought back',
  from: () => '/yoy?kpi=attendance_rate&years=2025,2026&grain=quarter',
  async steps({ page, hand, lang, stands, look }) {
    const w = { ...viewWords[lang], note: noteWords[lang] };
    const name = `${OWN_NAME} ${hand.name} ${lang}`;
    const views = page.getByRole('button', { name: shellWords['views.label'][lang], exact: true });
    const dialog = page.locator('[data-views]');
    const row = dialog.locator('[data-saved]', { hasText: name });

    await hand.press(page, views);
    await hand.write(page, dialog.locator('[name="view-name"]'), name);
    await hand.press(page, dialog.getByLabel(w.share));
    await hand.press(page, dialog.getByRole('button', { name: w.saveNow, exact: true }));
    await row.waitFor();
    await look('the saved views');
    // Removed and brought back.
    await hand.press(page, row.getByRole('button', { name: w.removeOf(name) }));
    await row.waitFor({ state: 'detached' });
    await hand.press(page, dialog.getByRole('button', { name: w.undo, exact: true }));
    await row.waitFor();
    await hand.press(page, dialog.getByRole('button', { name: w.close, exact: true }));
    await dialog.waitFor({ state: 'detached' });

    // From another page it opens as it was kept.
    const kept = new URL(page.url()).search;
    await hand.press(page, page.locator('header .brand'));
    await page.waitForURL((url) => url.pathname === '/');
    await stands();
    await hand.press(page, views);
    await hand.press(page, row.getByRole('link', { name }));
    await page.waitForURL((url) => url.pathname === '/yoy' && url.search === kept);
    await stands();

    // A note: from the chart's menu, on the point of the first quarter.
    const chart = page.locator('[data-view="yoy"]');
    const form = chart.locator('[data-note-form]');
    const note = chart.locator('[data-note]', { hasText: name });
    await hand.press(page, chart.getByRole('button', { name: shellWords['chart.menu'][lang] }));
    await page.getByRole('menu').waitFor();
    await look('the menu of a chart');
    await hand.choose(page, page.getByRole('menuitem', { name: shellWords['chart.note'][lang] }));
    await hand.set(page, form.locator('select[name="period"]'), '2026-Q1');
    await hand.write(page, form.locator('textarea'), name);
    await look('the form of a note');
    await hand.press(page, form.getByRole('button', { name: w.note.save, exact: true }));
    await note.waitFor();
    expect(await note.innerText()).toMatch(/admin/);
    expect(await note.innerText()).toMatch(lang === 'zh' ? /一季度/ : /Q1/);
    // Changed, removed, brought back.
    await hand.press(page, note.getByRole('button', { name: w.note.edit }));
    await hand.write(page, form.locator('textarea'), `${name}: ${OWN_NOTE}`);
    await hand.press(page, form.getByRole('button', { name: w.note.save, exact: true }));
    await note.getByText(OWN_NOTE).waitFor();
    await hand.press(page, note.getByRole('button', { name: w.note.remove }));
    await note.waitFor({ state: 'detached' });
    await hand.press(page, chart.getByRole('button', { name: w.note.undo, exact: true }));
    await note.getByText(OWN_NOTE).waitFor();
  },
};
