import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';

// What an address brings: one message where it names nothing, the same page again where it does.
const [units, ...ledgers] = demoLedgers({ branches: 4, years: 2, seed: 11 });
/** A ledger whose words would be markup, were they not shown as text. */
const MARKUP = '<img src=x onerror=alert(1)>学习<b>条例</b>&amp;';
const marked = new TextEncoder().encode(
  `日期,类型,主题,应到人数,实到人数\n2026-05-20,集中学习,${MARKUP},12,11\n2026-05-21,集中学习,人数没有写,12,若干\n`,
);

type Given = { readonly name: string; readonly bytes: Uint8Array };

async function send(page: Page, address: string, path: string, files: readonly Given[]): Promise<unknown> {
  const form = new FormData();
  for (const { name, bytes } of files)
    form.append('file', new File([Buffer.from(bytes)], name.split('/').at(-1) ?? name));
  const reply = await page.request.post(`${address}/api${path}`, { multipart: form });
  expect(reply.ok(), await reply.text()).toBe(true);
  return reply.json();
}

describe('the addresses of the pages', () => {
  let stage: Stage;
  let page: Page;
  let complaints: string[];
  let root: string;
  let branch: string;

  beforeAll(async () => {
    stage = await raise();
    ({ page, complaints } = await stage.open());
    root = stage.running.address;
    if (!units) throw new Error('no units');
    await send(page, root, '/units', [units]);
    const of = (await (await page.request.get(`${root}/api/units`)).json()) as {
      units: { code: string; name: string; level: string }[];
    };
    const first = of.units.find((u) => u.level === 'branch');
    if (!first) throw new Error('no branch');
    branch = first.code;
    for (const files of [ledgers, [{ name: `${first.name}2026年学习台账<i>.csv`, bytes: marked }]]) {
      const { id } = (await send(page, root, '/imports', files)) as { id: number };
      expect((await page.request.post(`${root}/api/imports/${id}/commit`)).ok()).toBe(true);
    }
  });
  afterAll(async () => {
    // A failed raise has nothing to close.
    await stage?.close();
  });

  test.each([
    ['/?unit=NOPE', 'unit=NOPE', '/'],
    ['/units/NOPE?years=2025', '/units/NOPE', '/units/'],
    ['/yoy?kpi=nothing&years=2025,2026', 'kpi=nothing', '/yoy?years=2025,2026'],
    ['/compare?kpi=visits&kind=nothing', 'kind=nothing', '/compare?kpi=visits'],
    ['/yoy?years=20x4', 'years=20x4', '/yoy'],
    ['/rectification?asOf=2026-02-30', 'asOf=2026-02-30', '/rectification'],
    ['/yoy?grain=week', 'grain=week', '/yoy'],
    ['/records?kpi=visits&period=2026-13', 'period=2026-13', '/records?kpi=visits'],
    ['/yoy?unit=A&unit=B', 'unit=A, B', '/yoy'],
  ])('%s is one message with its place and a way out', async (path, place, way) => {
    let asked = 0;
    const count = (r: Request): number => (asked += /\/api\/(query|records)\b/.test(r.url()) ? 1 : 0);
    page.on('request', count);
    await page.goto(root + path);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.locator('code').allInnerTexts()).toEqual([place]);
    expect(asked).toBe(0);
    page.off('request', count);
    await alert.getByRole('link').click();
    await page.waitForURL((url) => decodeURIComponent(url.pathname + url.search).startsWith(way));
    await stands(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('an import that does not exist is named, without a refusal in the console', async () => {
    for (const id of ['999', 'abc']) {
      await page.goto(`${root}/imports?id=${id}`);
      await page.getByText(`没有第 ${id} 次导入。`).waitFor();
    }
    expect(complaints).toEqual([]);
  });

  test('a mistake is not carried on to the next page', async () => {
    await page.goto(`${root}/yoy?kpi=nothing&years=2025,2026`);
    await page.locator('header nav a', { hasText: '对比' }).click();
    await page.waitForURL(/\/compare\?years=2025,2026$/);
    await stands(page);
    expect(complaints).toEqual([]);
  });

  test('reload, back and forward bring back what the page said', async () => {
    const said = async (): Promise<string> => {
      await stands(page);
      return page.locator('main h1').innerText();
    };
    await page.goto(`${root}/yoy?kpi=visits&unit=${branch}&asOf=2026-06-30`);
    const first = await said();
    await page.reload();
    expect(await said()).toBe(first);

    await page.getByRole('button', { name: '走访次数' }).click();
    await page.getByRole('option', { name: '到会率', exact: true }).click();
    await page.waitForURL(/kpi=attendance_rate/);
    const second = await said();
    expect(second).not.toBe(first);
    await page.getByRole('button', { name: '按季', exact: true }).click();
    await page.waitForURL(/grain=quarter/);

    await page.goBack();
    await page.goBack();
    expect(await said()).toBe(first);
    await page.goForward();
    expect(await said()).toBe(second);
    expect(complaints).toEqual([]);
  });

  test('a ledger’s words are text, and a row of unknown figure says so', async () => {
    await page.goto(`${root}/records?kpi=attendance_rate&unit=${branch}&period=2026-05`);
    await stands(page);
    await page.getByText(MARKUP, { exact: true }).waitFor();
    expect(await page.locator('main td img, main td b, main td i').count()).toBe(0);
    const left = page.locator('[data-standing="out"]', { hasText: '人数没有写' });
    expect(await left.innerText()).toContain('不明，未计入');
    expect(complaints).toEqual([]);
  });

  test('on a phone the last line is above the bar, and the bar’s menu opens by keyboard', async () => {
    const phone = await stage.open({ viewport: { width: 390, height: 844 } });
    await phone.page.goto(`${root}/units/${branch}`);
    await stands(phone.page);
    const [bar, last] = await phone.page.evaluate(() => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      const topOf = (e: Element | null | undefined) => e?.getBoundingClientRect();
      return [
        topOf(document.querySelector('.tab-bar'))?.top,
        topOf(document.querySelector('main')?.lastElementChild)?.bottom,
      ];
    });
    expect(last).toBeLessThanOrEqual(bar ?? 0);
    await phone.page.getByRole('button', { name: '更多' }).focus();
    await phone.page.keyboard.press('Enter');
    await phone.page.getByRole('menuitem', { name: '台账' }).waitFor();
    await phone.page.keyboard.press('ArrowDown');
    await phone.page.keyboard.press('Enter');
    await phone.page.waitForURL(/\/snapshots/);
    expect(phone.complaints).toEqual([]);
    await phone.page.context().close();
  });
});
