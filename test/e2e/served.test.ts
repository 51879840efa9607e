import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualRoom } from '../../client/rooms.ts';
import { demoLedgers } from '../../db/demo/demo.ts';
import { shiftsOf, sumOf, watchShifts } from './sound.ts';
import { raise, type Stage } from './stage.ts';
import { stands } from './stands.ts';
import { unlike } from './unlike.ts';

// Pages that come with their figures and charts, on a centre of three branches and two years.
const [units, ...ledgers] = demoLedgers({ branches: 3, years: 2, seed: 5 });
const pages = ['/', '/yoy', '/compare', '/rectification'];
/** A unit's latest records are asked for by its page. */
const drawn = [...pages, '/units/HJ'];

const codesOf = (csv: Uint8Array): string[] =>
  new TextDecoder()
    .decode(csv)
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');

const shiftOf = async (page: Page): Promise<number> => sumOf(await shiftsOf(page));
/** The page's scripts have taken it over. */
const taken = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {}));
const picturesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('.stage > svg')].map((svg) => svg.outerHTML));

describe('a page drawn by the server', () => {
  let stage: Stage;
  let root: string;

  beforeAll(async () => {
    stage = await raise();
    root = stage.running.address;
    if (!units) throw new Error('no units');
    await stage.bring({ units, ledgers });
  });
  afterAll(() => stage?.close());

  test.each(pages)('%s stands without a script: figures, charts and their tables', async (path) => {
    const { page } = await stage.open({ javaScriptEnabled: false });
    await page.goto(root + path);
    const charts = page.locator('[data-view][data-ready="true"]');
    expect(await charts.count()).toBeGreaterThan(1);
    expect(await charts.locator('.stage > svg').count()).toBe(await charts.count());
    expect(await charts.locator('table.figures td').count()).toBeGreaterThan(10);
    expect(await page.locator('main h1').innerText()).toMatch(/\d/);
    expect(await page.locator('.skeleton').count()).toBe(0);
    await page.context().close();
  });

  test.each(pages)('%s is taken over without a question, a shift or another picture', async (path) => {
    const { page, complaints } = await stage.open();
    await watchShifts(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(root + path);
    const before = await picturesOf(page);
    await taken(page);
    await page.waitForTimeout(300);
    expect(before.length).toBeGreaterThan(1);
    expect(await picturesOf(page)).toEqual(before);
    expect(asked.filter((p) => p.startsWith('/api/') || p.includes('echarts'))).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(await shiftOf(page)).toBeLessThan(0.01);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each(drawn)('of %s nothing that the server has drawn is made anew', async (path) => {
    const { page } = await stage.open();
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        // Tables come at rest, and a waiting list's place is taken by the list.
        const drawn = [...document.querySelectorAll('#app :not(noscript, .skeleton, .skeleton *)')];
        document.addEventListener('hangbiao:taken', () => {
          const gone = drawn.filter((e) => !e.isConnected).map((e) => e.outerHTML.slice(0, 200));
          Object.assign(window, { seen: { count: drawn.length, gone } });
        });
      });
    });
    await page.goto(root + path);
    const seen = await page.waitForFunction(
      () => (window as { seen?: { count: number; gone: string[] } }).seen,
    );
    const { count, gone } = (await seen.jsonValue()) ?? { count: 0, gone: [] };
    expect(gone).toEqual([]);
    expect(count).toBeGreaterThan(300);
    await page.context().close();
  });

  test.each([360, 768, 1000, 1440, 1800, 2560, 3300])(
    'in a window of %i px each chart has the room that the server draws it for',
    async (width) => {
      const { page } = await stage.open({ viewport: { width, height: 900 } });
      const beside = units ? codesOf(units.bytes).slice(1, 3).join(',') : '';
      for (const path of ['/', '/yoy', `/compare?beside=${beside}`, '/units/HJ', '/rectification']) {
        await page.goto(root + path);
        await taken(page);
        const rooms = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[data-view]')].map((figure) => ({
            view: figure.dataset['view'] ?? '',
            width: Math.floor(figure.querySelector('.frame')?.getBoundingClientRect().width ?? 0),
          })),
        );
        const name =
          { '/': 'overview', '/yoy': 'yoy' }[path] ?? path.split(/[/?]/)[1]?.replace('units', 'unit');
        expect(rooms.length, path).toBeGreaterThan(1);
        for (const room of rooms)
          expect(room, `${path} ${room.view}`).toEqual({
            view: room.view,
            width: usualRoom(`${name}.${room.view}`, width).width,
          });
      }
      await page.context().close();
    },
  );

  test('its address opened in a fresh browser gives the same pixels', async () => {
    const address = `${root}/yoy?kpi=attendance_rate&years=2025,2026&grain=quarter`;
    const shots: Buffer[] = [];
    const pictures: string[][] = [];
    for (let i = 0; i < 2; i++) {
      const { page } = await stage.open();
      await page.goto(address);
      await taken(page);
      pictures.push(await picturesOf(page));
      shots.push(await page.screenshot());
      await page.context().close();
    }
    expect(pictures[1]).toEqual(pictures[0]);
    expect(shots[1]?.equals(shots[0] as Buffer)).toBe(true);
  });

  test('a chart that ECharts takes over looks as it did, and answers the pointer', async () => {
    const { page, complaints } = await stage.open();
    await page.goto(`${root}/yoy?kpi=study_sessions`);
    await taken(page);
    const chart = page.locator('[data-view="yoy"] .stage');
    const before = await chart.screenshot();
    // The pointer comes from the side, where no point is near.
    await page.locator('[data-view="yoy"] h2').hover();
    await chart.locator(':scope > .sheet:not(.aside) svg').waitFor();
    await page.waitForFunction(() => !document.querySelector('[data-view="yoy"] .stage > svg'));
    await page.mouse.move(2, 2);
    // Text may lie a fraction of a pixel beside where it lay: the server's numbers are rounded.
    expect(await unlike(page, before, await chart.screenshot())).toBeLessThan(0.0005);
    const box = (await chart.boundingBox())!;
    const texts = chart.locator('svg text');
    const drawn = await texts.count();
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.5);
    // The words at the pointer are drawn too.
    await page.waitForFunction(
      (n) => document.querySelectorAll('[data-view="yoy"] .stage svg:not(.aside svg) text').length > n,
      drawn,
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('what is drawn ahead, under a pointer or the focus, is the chart of its address', async () => {
    /** ECharts numbers the clips of each of its instances. */
    const pictureOf = (page: Page): Promise<string> =>
      page
        .locator('[data-view="yoy"] .stage svg:not(.aside svg)')
        .evaluate((svg) => svg.outerHTML.replaceAll(/zr\d+-/g, 'zr-').replaceAll(/\s_echarts\S+/g, ''));
    const { page, complaints } = await stage.open();
    await page.goto(root);
    await taken(page);
    const stands = async (kpi: string): Promise<void> => {
      await page.waitForURL(new RegExp(`kpi=${kpi}`));
      await page
        .locator(`[data-view="yoy"][data-ready="true"] .stage > .sheet:not(.aside) > div > svg`)
        .waitFor();
      await page.mouse.move(2, 2);
      await page.waitForFunction(
        () => document.querySelectorAll('[data-view="yoy"] .stage svg:not(.aside svg)').length === 1,
      );
    };
    const card = (kpi: string) => page.locator(`[data-kpi="${kpi}"] button`);
    await card('visits').hover();
    // It lies on the stage, laid out and unseen, before it is chosen. The cards hear a pointer once they are taken over.
    const unseen = await page.waitForFunction(() => {
      const card = document.querySelector('[data-kpi="visits"] button');
      card?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
      return document.querySelector('[data-view="yoy"] .stage > .aside svg path');
    });
    const seen = (): Promise<boolean> =>
      unseen.evaluate((e) => e !== null && e.isConnected && getComputedStyle(e).visibility === 'visible');
    expect(await seen()).toBe(false);
    await page.waitForTimeout(400);
    await card('visits').click();
    await stands('visits');
    expect(await seen()).toBe(true);
    const ahead = [await pictureOf(page)];
    // By keys, and at once, so that nothing could be drawn before.
    await card('volunteers').focus();
    await page.keyboard.press('Enter');
    await stands('volunteers');
    ahead.push(await pictureOf(page));
    await card('attendance_rate').click();
    await card('visits').click();
    await stands('visits');
    ahead.push(await pictureOf(page));

    const fresh: string[] = [];
    for (const kpi of ['visits', 'volunteers', 'visits']) {
      await page.goto(`${root}/?kpi=${kpi}`);
      await taken(page);
      await page.locator('[data-view="yoy"] h2').hover();
      await stands(kpi);
      fresh.push(await pictureOf(page));
    }
    // By its elements, so that a fault names the first that differs.
    const elements = (pictures: readonly string[]): string[][] =>
      pictures.map((svg) => svg.split(/(?<=>)(?=<)/));
    expect(elements(ahead)).toEqual(elements(fresh));
    expect(ahead[0]).not.toBe(ahead[1]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('however many charts are drawn ahead while ECharts comes, two sheets are kept, and the chosen one shows', async () => {
    const { page, complaints } = await stage.open();
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/echarts-.*\.js/, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(root);
    await taken(page);
    for (const kpi of ['visits', 'volunteers', 'attendance_rate', 'volunteers']) {
      await page.locator(`[data-kpi="${kpi}"] button`).hover();
      await page.waitForTimeout(300);
    }
    release();
    await page.waitForSelector('[data-view="yoy"] .stage > .sheet svg path', { state: 'attached' });
    await page.waitForTimeout(300);
    await page.locator('[data-kpi="volunteers"] button').click();
    const shown = '[data-view="yoy"][data-ready="true"] .stage > .sheet:not(.aside) svg';
    await page.waitForFunction(
      (of) => document.querySelector(`${of} path`) && document.querySelector('[data-kpi="volunteers"].on'),
      shown,
    );
    expect(await page.locator(shown).count()).toBe(1);
    expect(await page.locator('[data-view="yoy"] .stage > .sheet').count()).toBeLessThanOrEqual(2);
    expect(await page.locator('[data-view="yoy"] .stage > svg').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([1410, 1366])(
    'in a window of %i px, which the server could not know, the picture stays until it is approached',
    async (width) => {
      const { page, complaints } = await stage.open({ viewport: { width, height: 900 } });
      await page.goto(`${root}/yoy?kpi=study_sessions`);
      const before = await picturesOf(page);
      await taken(page);
      await page.waitForTimeout(300);
      expect(await picturesOf(page)).toEqual(before);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const chart = page.locator('[data-view="yoy"]');
      await chart.locator('h2').hover();
      await chart.locator('.stage > .sheet:not(.aside) svg').waitFor();
      const drawn = await chart.locator('.stage > .sheet:not(.aside) svg').getAttribute('width');
      const room = await chart.locator('.frame').evaluate((e) => Math.floor(e.getBoundingClientRect().width));
      expect(Number(drawn)).toBe(room);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test('on a phone that is a little wider than the server took it to be, nothing is drawn anew by itself', async () => {
    const { page, complaints } = await stage.open({
      viewport: { width: 412, height: 823 },
      isMobile: true,
      hasTouch: true,
      // By this the server knows a phone.
      userAgent:
        'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
    });
    // Its calendar is drawn in another height there.
    const branch = codesOf(units?.bytes ?? new Uint8Array())[1];
    for (const path of [...pages, `/units/${branch}`]) {
      const fetched: string[] = [];
      page.on('request', (request) => fetched.push(request.url()));
      // As on a first visit: no room is known.
      await page.context().clearCookies({ name: 'hangbiao_rooms' });
      await page.goto(root + path);
      await stands(page);
      await page.waitForTimeout(300);
      expect(fetched.filter((url) => url.includes('echarts'))).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('who hears a page finds the table of each chart in it, with its cells', async () => {
    const { page } = await stage.open();
    for (const path of ['/', '/yoy']) {
      await page.goto(root + path);
      // By themselves: who hears a page moves no pointer.
      await stands(page);
      // As the browser tells it to a screen reader: what it does not lay out is not told.
      const teller = await page.context().newCDPSession(page);
      const { nodes } = await teller.send('Accessibility.getFullAXTree');
      const told = (role: string): number => nodes.filter((n) => !n.ignored && n.role?.value === role).length;
      expect(told('table')).toBe(await page.locator('[data-view]').count());
      expect(told('cell')).toBe(await page.locator('table.figures td').count());
    }
    await page.context().close();
  });

  test('who hears a page finds the figures of what is chosen then, not those that the server has written', async () => {
    const { page } = await stage.open();
    await page.goto(root);
    await stands(page);
    const table = page.locator('[data-view="yoy"] table.figures');
    const before = await table.textContent();
    await page.locator('[data-kpi="attendance_rate"] button').first().click();
    await page.waitForFunction(
      (former) => document.querySelector('[data-view="yoy"] table.figures')?.textContent !== former,
      before,
    );
    await page.waitForSelector('[data-view="yoy"][data-ready="true"]');
    // As it is written by the server for that address.
    const chosen = await stage.open();
    await chosen.page.goto(page.url());
    await stands(chosen.page);
    expect(await table.textContent()).toBe(
      await chosen.page.locator('[data-view="yoy"] table.figures').textContent(),
    );
    await chosen.page.context().close();
    await page.context().close();
  });

  test('a mark that is clicked before ECharts has come opens its records', async () => {
    const { page } = await stage.open();
    // ECharts never comes.
    await page.route(/echarts/, () => {});
    await page.goto(`${root}/compare?kpi=study_sessions`);
    await taken(page);
    const marks = page.locator(
      '[data-view="heatmap"] .stage > svg [ecmeta_data_index]:not([ecmeta_silent="true"])',
    );
    await marks.first().dispatchEvent('click');
    await page.waitForURL(/\/records\?/);
    await page.context().close();
  });

  test('a button that is pressed before the program has come is not pressed in vain', async () => {
    const { page, complaints } = await stage.open();
    let go = (): void => {};
    const held = new Promise<void>((resolve) => (go = resolve));
    await page.route(/main-.*\.js/, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(root, { waitUntil: 'commit' });
    await page.locator('header button.lang').click();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    go();
    await page.waitForFunction(() => document.documentElement.lang === 'en');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** The pages' program says when it has taken over all of a page (client/main.ts). */
  const TAKEN = 'hangbiao:taken';
  // A slow laptop, and moments from before its program has come until after all is taken over; milliseconds.
  const SLOWER = 4;
  const moments = [0, 80, 160, 240, 320];

  test.each([
    {
      what: 'a year’s button',
      path: '/yoy?kpi=visits',
      pressed: 'button[data-year="2025"]',
      done: () => new URL(location.href).searchParams.get('years') === '2026',
    },
    {
      what: 'another language’s button',
      path: '/compare',
      pressed: 'header button.lang',
      done: () => document.documentElement.lang === 'en',
    },
    {
      what: 'a cell of a heat map',
      path: '/compare?kpi=study_sessions',
      pressed:
        '[data-view="heatmap"] .stage > svg [ecmeta_data_index]:not([ecmeta_silent="true"]), main table.records',
      done: () => location.pathname === '/records',
    },
  ])(
    '$what that is pressed at any moment of the taking over is heard once',
    async ({ path, pressed, done }) => {
      const { page, complaints } = await stage.open();
      const teller = await page.context().newCDPSession(page);
      await teller.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.addInitScript(
        ([event, at]) => {
          const told = window as unknown as { isTaken: boolean; wasEarly: boolean | null };
          told.isTaken = false;
          told.wasEarly = null;
          document.addEventListener(event, () => (told.isTaken = true));
          const press = (): void => {
            const { selector, after } = JSON.parse(sessionStorage.getItem(at) ?? '{}') as {
              selector: string;
              after: number;
            };
            setTimeout(() => {
              told.wasEarly = !told.isTaken;
              const click = new MouseEvent('click', { bubbles: true, cancelable: true });
              document.querySelector(selector)?.dispatchEvent(click);
            }, after);
          };
          document.addEventListener('DOMContentLoaded', press);
        },
        [TAKEN, 'press'] as const,
      );
      let early = 0;
      for (const after of moments) {
        await page.goto(`${root}/api/health`);
        await page.evaluate(
          (press) => sessionStorage.setItem('press', press),
          JSON.stringify({ selector: pressed, after }),
        );
        await page.context().addCookies([{ name: 'hangbiao_look', value: 'zh.light', url: root }]);
        await page.evaluate(() => localStorage.removeItem('hangbiao.lang'));
        await page.goto(root + path);
        await page.waitForFunction(() => (window as unknown as { isTaken: boolean }).isTaken);
        await page.waitForFunction(done);
        await stands(page);
        // Heard twice, a button would have taken back what it did.
        expect(await page.evaluate(done), `pressed ${after} ms after the page had come`).toBe(true);
        if (await page.evaluate(() => (window as unknown as { wasEarly: boolean }).wasEarly)) early++;
      }
      expect(early).toBeGreaterThan(1);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  test.each(['/', '/snapshots'])('%s: a first visit reads nothing that is not there', async (path) => {
    const { page } = await stage.open();
    // An error that is caught at once is silent, but costs a second parsing of the file it is in (client/start.ts).
    await page.addInitScript(() => {
      const failed: string[] = [];
      const parse = JSON.parse.bind(JSON);
      JSON.parse = (text: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown => {
        try {
          return parse(text, reviver) as unknown;
        } catch (error) {
          failed.push(String(text));
          throw error;
        }
      };
      Object.assign(window, { failed });
    });
    await page.goto(root + path);
    await taken(page);
    expect(await page.evaluate(() => (window as unknown as { failed: string[] }).failed)).toEqual([]);
    await page.context().close();
  });

  test('keys walk a chart from the first press on', async () => {
    const { page, complaints } = await stage.open();
    await page.goto(`${root}/yoy?kpi=study_sessions`);
    await taken(page);
    await page.locator('[data-view="yoy"] .stage').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-view="yoy"] [aria-live]', { hasText: /\d/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\?/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a browser with another language and theme gets them, and from then on at once', async () => {
    const { page, complaints } = await stage.open({ colorScheme: 'dark' });
    await page.addInitScript(() => localStorage.setItem('hangbiao.lang', 'en'));
    await page.goto(root);
    await page.locator('header nav a', { hasText: 'Overview' }).first().waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    const html = await (await page.request.get(root)).text();
    expect(html).toMatch(/<html lang="en" data-theme="dark">/);
    expect(html).toContain('Overview');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('words, figures and charts are set in the face that the server measures with, in both weights', async () => {
    const { page } = await stage.open({ javaScriptEnabled: false });
    await page.goto(`${root}/`);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('DOM.enable');
    await cdp.send('CSS.enable');
    const { root: document } = await cdp.send('DOM.getDocument');
    const facesOf = async (selector: string): Promise<string[]> => {
      const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: document.nodeId, selector });
      const { fonts } = await cdp.send('CSS.getPlatformFontsForNode', { nodeId });
      return fonts.map((font) => font.postScriptName);
    };
    for (const regular of ['p.fresh', '.stage text:not([font-weight])'])
      expect(await facesOf(regular), regular).toEqual(['NotoSansCJKsc-Regular']);
    for (const bold of ['main h1 b', '.stage text[font-weight="600"]'])
      expect(await facesOf(bold), bold).toEqual(['NotoSansCJKsc-Bold']);
    await page.context().close();
  });

  test.each([
    { path: '/', what: 'all its headline figures', until: 'data-kpi="volunteers"', of: '.cards [data-kpi]' },
    { path: '/compare', what: 'all its charts', until: '</main>', of: '.stage > svg' },
  ])('$path is first shown with $what, however slowly it comes', async ({ path, until, of }) => {
    const { page } = await stage.open();
    // The page, with a pause in the middle.
    let goOn = (): void => {};
    const pause = new Promise<void>((resolve) => (goOn = resolve));
    const slow = createServer((req, res) => {
      (async () => {
        const { cookie = '', accept = '' } = req.headers;
        const reply = await fetch(root + (req.url ?? ''), { headers: { cookie, accept } });
        const type = reply.headers.get('content-type') ?? '';
        const body = Buffer.from(await reply.arrayBuffer());
        res.writeHead(reply.status, { 'content-type': type });
        const at = req.url === path ? body.indexOf(until) : 0;
        res.write(body.subarray(0, at));
        if (at > 0) await pause;
        res.end(body.subarray(at));
        // What is still being asked for when the test ends.
      })().catch(() => res.destroy());
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const isShown = (): Promise<boolean> =>
      page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    try {
      const { port } = slow.address() as AddressInfo;
      await page.goto(`http://127.0.0.1:${port}${path}`, { waitUntil: 'commit' });
      await page.waitForFunction((few) => document.querySelectorAll(few).length >= 3, of, { polling: 50 });
      await page.waitForTimeout(500);
      expect(await isShown()).toBe(false);
      goOn();
      await expect.poll(isShown).toBe(true);
      expect(await page.locator(of).count()).toBe(path === '/' ? 5 : 3);
    } finally {
      goOn();
      slow.closeAllConnections();
      slow.close();
    }
    await page.context().close();
  });

  test.each(drawn)('%s and its figures are sent in ASCII, and say what they say', async (path) => {
    const { page } = await stage.open();
    const read = async (address: string): Promise<string> =>
      (await page.request.get(root + address, { headers: { accept: 'text/html' } })).text();
    const html = await read(path);
    const [figures = ''] = /\/drawn\/\w+/.exec(html) ?? [];
    const state = await read(figures);
    for (const text of [html, state]) expect(text).toMatch(/^[\n -~]+$/);
    expect(JSON.stringify(JSON.parse(state))).toContain('瀚江引航中心');
    await page.goto(root + path);
    expect(await page.title()).toContain('航标');
    expect(await page.locator('main').innerText()).toContain('瀚江引航中心');
    await page.context().close();
  });

  test('nobody who is not signed in gets a figure', async () => {
    for (const path of pages) {
      const html = await (await fetch(root + path, { headers: { accept: 'text/html' } })).text();
      expect(html).not.toContain('drawn-from');
      expect(html).not.toContain('<svg');
      expect(html).toContain('<div id="app"></div>');
    }
  });

  test('what is in the address is never markup', async () => {
    const { page, complaints } = await stage.open();
    const attack = '</script><img src=x onerror=alert(1)>';
    await page.goto(`${root}/yoy?kpi=${encodeURIComponent(attack)}&unit=${encodeURIComponent(attack)}`);
    await page.locator('main').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a server that has drawn a page ends as soon as it is told to', async () => {
    const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));
    const env = { ...process.env, PORT: '0', DATA_DIR: stage.folder, DATABASE_URL: '', DEMO: '0' };
    const child = spawn(process.execPath, [cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let link: string | undefined;
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    for (let i = 0; i < 300 && link === undefined; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      link = /http:\S+\/sign-in\/\S+/.exec(said)?.[0];
    }
    const signedIn = await fetch(link ?? '', { redirect: 'manual' });
    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    const html = await fetch(new URL('/', link), { headers: { accept: 'text/html', cookie } }).then((r) =>
      r.text(),
    );
    expect(html).toContain('drawn-from');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    // Open requests get five seconds; what a drawing leaves behind gets none.
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    expect(await exit).toEqual([0, null]);
    clearTimeout(late);
  });
});
