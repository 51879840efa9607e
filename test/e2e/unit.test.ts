import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { NextReply, PaceReply, SlotsReply } from '../../shared/due.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { langsOf } from '../long.ts';

// A unit's page: what the norms ask, how far the year has come, and what is next.
const [units, ...ledgers] = demoLedgers({ branches: 6, years: 3, seed: 7 });

type Given = { readonly name: string; readonly bytes: Uint8Array };

async function send(page: Page, address: string, path: string, files: readonly Given[]): Promise<unknown> {
  const form = new FormData();
  for (const { name, bytes } of files)
    form.append('file', new File([Buffer.from(bytes)], name.split('/').at(-1) ?? name));
  const reply = await page.request.post(`${address}/api${path}`, { multipart: form });
  expect(reply.ok(), await reply.text()).toBe(true);
  return reply.json();
}

describe.each(langsOf('en'))('the page of a unit, %s', (lang) => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  const ask = async <T>(path: string): Promise<T> => (await page.request.get(`${root}/api${path}`)).json();
  /** A branch with a slot that is met, one that is missed, and something still to be held. */
  let branch: string;

  beforeAll(async () => {
    stage = await raise();
    ({ page, complaints } = await stage.open({ locale: lang === 'en' ? 'en-GB' : 'zh-CN' }));
    root = stage.running.address;
    if (!units) throw new Error('no units');
    await send(page, root, '/units', [units]);
    const { id } = (await send(page, root, '/imports', ledgers)) as { id: number };
    expect((await page.request.post(`${root}/api/imports/${id}/commit`)).ok()).toBe(true);
    const { rows } = await ask<SlotsReply>('/slots?by=unit&years=2026');
    const of = (code: string, state: string): boolean =>
      rows.some((r) => r.unit === code && r.state === state);
    const found = rows.map((r) => r.unit).find((code) => of(code, 'met') && of(code, 'missed'));
    if (found === undefined) throw new Error('no branch with something met and something missed');
    branch = found;
    await speak(page);
  });
  /** Opens the pages in the language. */
  async function speak(on: Page): Promise<void> {
    await on.goto(root);
    await on.locator('header button.lang').waitFor();
    if ((await on.evaluate(() => document.documentElement.lang)).startsWith(lang)) return;
    await on.locator('header button.lang').click();
    await on.waitForFunction((of) => document.documentElement.lang.startsWith(of), lang);
  }
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test('draws each slot in its state, and a held one opens to its records', async () => {
    await page.goto(`${root}/units/${branch}?years=2025,2026`);
    await stands(page);
    const { rows } = await ask<SlotsReply>(`/slots?unit=${branch}&years=2026`);
    const card = page.locator('[data-list="slots"]');
    for (const state of ['met', 'missed', 'not_due'])
      expect([state, await card.locator(`tbody [data-state="${state}"]`).count()]).toEqual([
        state,
        rows.filter((r) => r.state === state).length,
      ]);
    const first = rows.find((r) => r.state === 'met');
    const cell = card.locator(`tr[data-kind="${first?.kind}"] a[data-state="met"]`).first();
    // In words, for those who cannot see it.
    expect(await cell.innerText()).toMatch(lang === 'zh' ? /已办/ : /held/);
    await cell.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\?/);
    await stands(page);
    const shown = await page.locator('tbody tr[data-record]').count();
    expect(shown).toBeGreaterThanOrEqual(1);
    expect(new URL(page.url()).searchParams.get('kind')).toBe(first?.kind);
    const ids = await page
      .locator('tbody tr[data-record]')
      .evaluateAll((all) => all.map((e) => (e as HTMLElement).dataset['record']));
    expect(rows.some((r) => r.kind === first?.kind && r.records.join() === ids.join())).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('a missed slot opens to its line', async () => {
    await page.goto(`${root}/units/${branch}?years=2025,2026`);
    await stands(page);
    await page.locator('[data-list="slots"] a[data-state="missed"]').first().click();
    await page.waitForURL(/\/records\?.*kpi=norm_compliance/);
    await stands(page);
    expect(await page.locator('tbody tr[data-record]').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('says how far the year has come, with the figures of the API', async () => {
    await page.goto(`${root}/units/${branch}?years=2025,2026`);
    await stands(page);
    const { pace } = await ask<PaceReply>(`/pace?unit=${branch}&asOf=2026-09-30`);
    const norms = page.locator('[data-list="pace-card"] [data-pace="norm_compliance"]');
    const [of] = pace;
    expect(await norms.innerText()).toContain(`${of?.now.numerator}/${of?.now.denominator}`);
    expect(await norms.innerText()).toMatch(lang === 'zh' ? /到此时应到 \d/ : /due by now \d/);
    await page.locator('[data-pace="study_hours_per_member"] [role="img"]').waitFor();
    expect(complaints).toEqual([]);
  });

  test('lists what is due next, each line with its day', async () => {
    const next = await ask<NextReply>(`/next?unit=${branch}&asOf=2026-09-30`);
    await page.goto(`${root}/units/${branch}?years=2025,2026`);
    await stands(page);
    const list = page.locator('[data-list="next"]');
    const more = list.locator('button.tool');
    if ((await more.count()) > 0) await more.click();
    expect(await list.locator('li').count()).toBe(next.slots.length + next.items.length);
    expect(await list.locator('li').first().innerText()).toMatch(
      lang === 'zh' ? /\d+月\d+日前/ : /By \d+ \w+/,
    );
    expect(complaints).toEqual([]);
  });

  test('of the centre: each part beside the others, and the figure can be changed', async () => {
    await page.goto(`${root}/units/HJ?years=2025,2026`);
    await stands(page);
    const { pace } = await ask<PaceReply>('/pace?unit=HJ&by=unit&asOf=2026-09-30');
    const table = page.locator('[data-list="pace"]');
    const parts = pace.filter((p) => p.kpi === 'norm_compliance' && p.because !== 'nothing_asked');
    expect(await table.locator('tbody tr').count()).toBe(parts.length);
    await table.locator('button.tool').nth(1).click();
    expect(await table.locator('tbody tr').first().innerText()).toMatch(lang === 'zh' ? /学时/ : /hours/);
    await table.locator('tbody a').first().click();
    await page.waitForURL(/\/units\/(?!HJ)/);
    await stands(page);
    expect(complaints).toEqual([]);
  });

  test('the overview says the pace and what is next', async () => {
    await page.goto(root);
    await stands(page);
    await page.locator('[data-list="pace-line"] [data-pace="norm_compliance"]').waitFor();
    expect(await page.locator('[data-list="next"] li').count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
  });

  test('can be read by all, on a phone too', async () => {
    // The other half of the pairs is looked at with all pages, in addresses.
    const theme = lang === 'zh' ? 'light' : 'dark';
    const opened = await stage.open({ viewport: { width: 390, height: 844 }, colorScheme: theme });
    await speak(opened.page);
    for (const path of [`/units/${branch}`, '/units/HJ', '/']) {
      await opened.page.goto(root + path);
      await stands(opened.page);
      const sideways = await opened.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, sideways]).toEqual([path, 0]);
      expect(await axeFindings(opened.page, '[data-list]'), path).toEqual([]);
    }
    expect(opened.complaints).toEqual([]);
    await opened.page.context().close();
  });
});
