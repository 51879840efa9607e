import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import type { Unit } from '../../shared/unit.ts';
import { axeFindings } from './axe.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// Down from the centre to a row of a ledger and back up again (journeys/drill.ts has the whole way, by every hand): what
// narrows a page, what leads back, what is kept.
const [units, ...ledgers] = demoLedgers({ branches: 9, years: 2, seed: 7 });
const YEAR = 2026;
/** A ledger of a group's own, in March two kinds of study. */
const ofGroup = (name: string): string =>
  [
    `${name}${YEAR}年1-9月三会一课`,
    '日期,类型,主题,应到人数,实到人数,学时',
    `${YEAR}-01-12,集中学习,年度计划,9,8,2`,
    `${YEAR}-03-05,党课,船上的一课,9,9,1.5`,
    `${YEAR}-03-19,集中学习,安全生产,9,7,2`,
    `${YEAR}-03-26,集中学习,航道新规,9,8,2`,
    `${YEAR}-09-03,党课,台风季,9,8,1`,
  ].join('\n');

type Given = { readonly name: string; readonly bytes: Uint8Array };

describe('down to a row and back', () => {
  let stage: Stage;
  let root: string;
  /** From the centre's branch down to the group. */
  let path: readonly Unit[];

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    const { page } = await stage.open();
    const send = async (to: string, files: readonly Given[]): Promise<{ id: number }> => {
      const form = new FormData();
      for (const { name, bytes } of files)
        form.append('file', new File([Buffer.from(bytes)], name.split('/').at(-1) ?? name));
      const reply = await page.request.post(`${root}/api${to}`, { multipart: form });
      expect(reply.ok(), await reply.text()).toBe(true);
      return reply.json();
    };
    const commit = async (files: readonly Given[]): Promise<void> => {
      const { id } = await send('/imports', files);
      expect((await page.request.post(`${root}/api/imports/${id}/commit`)).ok()).toBe(true);
    };
    if (!units) throw new Error('no units');
    await send('/units', [units]);
    await commit(ledgers);
    const tree = ((await (await page.request.get(`${root}/api/units`)).json()) as { units: Unit[] }).units;
    const group = tree.find((u) => u.level === 'group');
    if (!group) throw new Error('no group');
    await commit([
      {
        name: `${group.name}${YEAR}年1-9月三会一课.csv`,
        bytes: new TextEncoder().encode(ofGroup(group.name)),
      },
    ]);
    const up: Unit[] = [];
    for (let u: Unit | undefined = group; u; u = tree.find((t) => t.code === u?.parent)) up.unshift(u);
    path = up.slice(1);
    await page.context().close();
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  async function open(lang: 'zh' | 'en', options: BrowserContextOptions = {}) {
    const opened = await stage.open(options);
    await opened.page.addInitScript((of) => {
      localStorage.setItem('hangbiao.lang', of);
    }, lang);
    await opened.page.goto(root);
    await stands(opened.page);
    return opened;
  }
  /** Tab, until the focus is there. */
  async function tabTo(page: Page, on: Locator): Promise<void> {
    await on.waitFor({ state: 'attached' });
    for (let i = 0; i < 400; i++) {
      if (await on.evaluate((e) => e === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way by Tab to ${String(on)}`);
  }
  test('crumbs lead back up with the same question', async () => {
    const { page, complaints } = await open('zh');
    const branch = path.at(-2)?.code ?? '';
    await page.goto(
      `${root}/records?kpi=study_sessions&unit=${branch}&period=2026-03&kind=party_lecture&years=2025,2026`,
    );
    await stands(page);
    const crumbs = page.locator('[data-list="crumbs"]');
    await crumbs.locator('a', { hasText: '3月' }).click();
    await page.waitForURL((url) => url.searchParams.get('kind') === null);
    await crumbs.locator('a', { hasText: '2026年' }).click();
    await page.waitForURL((url) => url.searchParams.get('period') === '2026');
    await crumbs.locator(`a[href^="/units/${branch}"]`).click();
    await page.waitForURL(
      (url) => url.pathname === `/units/${branch}` && url.searchParams.get('years') === '2025,2026',
    );
    await stands(page);
    await crumbs.locator('a').first().click();
    await page.waitForURL((url) => url.pathname === '/' && url.searchParams.get('unit') === null);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a kind narrows the page and is taken away again; the records stay in reach', async () => {
    const { page, complaints } = await open('zh');
    await page.goto(`${root}/yoy?kpi=study_sessions&unit=${path[0]?.code}`);
    await stands(page);
    const stageOf = page.locator('[data-view="composition"] .stage');
    await stageOf.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/kind=/);
    await stands(page);
    const kind = new URL(page.url()).searchParams.get('kind') ?? '';
    await page.locator(`[data-chip="kind ${kind}"]`).waitFor();
    // The chart of kinds keeps them all; the others follow.
    expect(await page.locator('[data-view="composition"] tbody tr').count()).toBeGreaterThan(1);
    expect(await page.locator('[data-view="yoy"] h2').innerText()).toMatch(/（.+）/);
    // The same mark again takes it back, and so does the way back.
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.searchParams.has('kind'));
    await page.goBack();
    await page.waitForURL(/kind=/);
    await page.locator(`[data-chip="kind ${kind}"] button`).click();
    await page.waitForURL((url) => !url.searchParams.has('kind'));
    // The focus does not fall off the page with its button.
    await page.waitForFunction(() => document.activeElement?.closest('[data-list="chips"]') !== null);
    await page.goBack();
    await page.waitForURL(/kind=/);
    await page.locator('[data-list="chips"] [data-records]').click();
    await page.waitForURL((url) => url.pathname === '/records' && url.searchParams.get('kind') === kind);
    await stands(page);
    const shown = await page.locator('tr[data-record]').count();
    expect(shown).toBeGreaterThan(0);
    // Chips of the records: the unit is taken away, the kind stays.
    await page.locator('[data-chip="unit"] button').click();
    await page.waitForURL((url) => !url.searchParams.has('unit') && url.searchParams.get('kind') === kind);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a year is taken out of the chart and put back', async () => {
    const { page, complaints } = await open('en');
    await page.goto(`${root}/yoy?kpi=visits`);
    await stands(page);
    await page.locator('button[data-year="2025"]').click();
    await page.waitForURL((url) => url.searchParams.get('years') === '2026');
    await stands(page);
    expect(await page.locator('[data-view="yoy"] thead th').count()).toBe(2);
    await page.locator('button[data-year="2025"]').click();
    await page.waitForURL((url) => url.searchParams.get('years') === '2025,2026');
    await stands(page);
    expect(await page.locator('[data-view="yoy"] thead th').count()).toBeGreaterThanOrEqual(3);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what stands beside the comparison is in the address, and a card’s line leads to its years', async () => {
    const { page, complaints } = await open('zh');
    await page.goto(`${root}/compare?kpi=attendance_rate`);
    await stands(page);
    const shown = page.locator('section[data-unit]');
    const first = await shown.getAttribute('data-unit');
    await page.locator('[data-view="compare"] .stage').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=/);
    const at = new URL(page.url()).searchParams.get('at');
    expect(at).not.toBe(first);
    expect(await shown.getAttribute('data-unit')).toBe(at);
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('at'));
    expect(await shown.getAttribute('data-unit')).toBe(first);
    await page.goto(root);
    await stands(page);
    await tabTo(page, page.locator('[data-kpi="visits"] a'));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/yoy' && url.searchParams.get('kpi') === 'visits');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what was unfolded is so again on the way back', async () => {
    const { page, complaints } = await open('zh');
    await page.locator('[data-view="heatmap"] button[aria-pressed]').first().click();
    const linked = page.locator('[data-view="heatmap"] td a').first();
    await linked.click();
    await page.waitForURL(/\/records\?/);
    await stands(page);
    await page.goBack();
    await stands(page);
    await linked.waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('axe finds nothing on the way', async () => {
    const { page, complaints } = await open('en');
    const [station, group] = [path[0]?.code, path.at(-1)?.code];
    const bare = path.at(-1)?.code.replace(/\d$/, '2');
    for (const address of [
      '/',
      `/?unit=${station}`,
      `/units/${group}`,
      `/units/${bare}`,
      `/units/${station}?kind=theme_day`,
      `/yoy?unit=${station}&kind=theme_day`,
      `/records?kpi=study_sessions&unit=${group}&period=2026-03&kind=collective_study`,
    ]) {
      await page.goto(root + address);
      await stands(page);
      expect(await axeFindings(page), address).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
    // Seven pages are read by axe.
  }, 180_000);
});
