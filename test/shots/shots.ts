import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { dataSets, open, type DataSet, type Served } from './centres.ts';
import { lookOver } from './look-over.ts';
import { places, whatIsThere, type Place } from './places.ts';
import { contactSheet, type Shot } from './sheet.ts';

/**
 * npm run shots: every page at every width, in every theme and language, over four centres, into
 * test/shots/out/index.html. To be looked at; ends with 1 where the machine itself found something.
 */

const usage = `npm run shots -- [--page NAME,…] [--width 360,768,1440,2560,3840,a4] [--theme light,dark,contrast,forced] [--lang zh,en] [--data empty,small,demo,large] [--again]
--again takes the build and the data of the last run, and leaves its other pictures.`;

const folder = new URL('out/', import.meta.url);
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A page that has not come to rest by then is photographed as it is. Milliseconds. */
const PATIENCE = 20_000;
/** The parts of a page are taken over one after the other, and each chart is drawn for its room by then. Milliseconds. */
const STILL = 600;
/** The room of A4 between margins of 14 mm, CSS pixels. */
const PAPER = 688;
/** At the same time: one draws while another waits for the server. */
const HANDS = 2;

type Way = { readonly width: string; readonly theme: string; readonly lang: string };

function chosen<T extends string>(
  given: string | undefined,
  known: readonly T[],
  usual = known,
): readonly T[] {
  if (given === undefined) return usual;
  return given.split(',').map((word) => {
    const found = known.find((k) => k === word);
    if (found === undefined) throw new RangeError(`"${word}" is none of ${known.join(', ')}\n${usage}`);
    return found;
  });
}

/** A signed-in context of one look, without the help of the page's own buttons. */
async function contextOf(
  browser: Browser,
  served: Served,
  cookies: Cookies,
  way: Way,
): Promise<BrowserContext> {
  const paper = way.width === 'a4';
  const context = await browser.newContext({
    viewport: { width: paper ? PAPER : Number(way.width), height: Number(way.width) > 2000 ? 1440 : 900 },
    locale: way.lang === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: way.theme === 'dark' ? 'dark' : 'light',
    contrast: way.theme === 'contrast' ? 'more' : 'no-preference',
    forcedColors: way.theme === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
    hasTouch: way.width === '360',
  });
  await context.addCookies(cookies);
  // tsx names the functions of what is evaluated in the page by a helper that the page has not.
  await context.addInitScript('globalThis.__name = (f) => f');
  await context.addInitScript((lang) => localStorage.setItem('hangbiao.lang', lang), way.lang);
  const theme = way.theme === 'forced' ? 'light' : way.theme;
  await context.addCookies([{ name: 'hangbiao_look', value: `${way.lang}.${theme}`, url: served.address }]);
  return context;
}
type Cookies = Parameters<BrowserContext['addCookies']>[0];

/** The program has taken the page over, figures have come, charts are drawn, nothing moves. */
async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  await page.waitForFunction(
    (still) => {
      const seen = window as { restsSince?: number };
      const rests =
        '__vue_app__' in (document.getElementById('app') ?? {}) &&
        document.querySelector('[aria-busy="true"], .skeleton') === null &&
        [...document.querySelectorAll('[data-view]')].every((e) => e.getAttribute('data-ready') === 'true');
      if (!rests) delete seen.restsSince;
      else seen.restsSince ??= performance.now();
      return performance.now() - (seen.restsSince ?? Infinity) > still;
    },
    STILL,
    { timeout: PATIENCE },
  );
  await page.evaluate(() => document.fonts.ready);
}

/** What comes only where it is scrolled to has been asked for by then. */
async function scrollThrough(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    scrollTo(0, 0);
  });
}

/** A whole page has one end: what keeps to the window's foot stands at the page's, not over its middle. */
async function pinDown(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.body.style.position = 'relative';
    for (const e of document.body.querySelectorAll<HTMLElement>('*')) {
      const { position, top, bottom } = getComputedStyle(e);
      if (bottom === 'auto' || top === '0px') continue;
      if (position === 'sticky') e.style.position = 'static';
      if (position === 'fixed') e.style.position = 'absolute';
    }
  });
}

async function photograph(
  context: BrowserContext,
  served: Served,
  of: { file: string; path: string; paper: boolean; signedOut: boolean },
) {
  const page = await context.newPage();
  const found: string[] = [];
  page.on('console', (message) => {
    // That nobody is signed in is what the page is about.
    if (of.signedOut && message.text().includes('401')) return;
    if (['error', 'warning'].includes(message.type())) found.push(`console: ${message.text().slice(0, 200)}`);
  });
  page.on('pageerror', (error) => found.push(`page error: ${String(error).slice(0, 200)}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(served.address) && !/^(data|blob):/.test(request.url()))
      found.push(`request to ${request.url()}`);
  });
  try {
    await page.goto(served.address + of.path);
    await scrollThrough(page);
    await rest(page).catch(() => found.push('did not come to rest'));
    if (of.paper) {
      writeFileSync(
        new URL(of.file.replace('.png', '.pdf'), folder),
        await page.pdf({ preferCSSPageSize: true }),
      );
      // Only a printer tells the page that it is about to print.
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      await page.waitForTimeout(300);
    }
    await pinDown(page);
    // A chart whose room that has changed is drawn anew.
    await rest(page).catch(() => found.push('did not come to rest again'));
    found.push(...(await lookOver(page)));
    await page.screenshot({ path: new URL(of.file, folder).pathname, fullPage: true, timeout: PATIENCE });
  } catch (error) {
    found.push(`no picture: ${String(error).split('\n')[0]}`);
  }
  await page.close();
  return found;
}

type Run = {
  readonly set: DataSet;
  readonly ways: readonly Way[];
  readonly pages: readonly Place[];
  readonly again: boolean;
};

/** All pictures of one centre. */
async function shotsOf(browser: Browser, { set, ways, pages, again }: Run): Promise<Shot[]> {
  const served = await open(set, again);
  const shots: Shot[] = [];
  try {
    const door = await browser.newContext();
    await (await door.newPage()).goto(served.link);
    const has = await whatIsThere(door.request, served.address);
    const cookies = await door.cookies();
    await door.close();
    const waiting = [...ways];
    const hand = async (): Promise<void> => {
      for (let way = waiting.shift(); way; way = waiting.shift()) {
        const known = await contextOf(browser, served, cookies, way);
        const stranger = await contextOf(browser, served, [], way);
        for (const { name, of, signedOut = false } of pages) {
          const path = of(has);
          if (path === null) continue;
          const file = `${[name, set, way.width, way.theme, way.lang].join('-')}.png`;
          const seen = { file, path, paper: way.width === 'a4', signedOut };
          const found = await photograph(signedOut ? stranger : known, served, seen);
          shots.push({ file, page: name, data: set, ...way, found });
          for (const line of found) console.log(`${file}: ${line}`);
        }
        await known.close();
        await stranger.close();
      }
    };
    await Promise.all(Array.from({ length: HANDS }, hand));
  } finally {
    await served.stop();
  }
  return shots;
}

const { values } = parseArgs({
  options: {
    page: { type: 'string' },
    width: { type: 'string' },
    theme: { type: 'string' },
    lang: { type: 'string' },
    data: { type: 'string' },
    again: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const names = chosen(
  values.page,
  places.map((p) => p.name),
);
const widths = chosen(
  values.width,
  ['360', '768', '1440', '2560', '3840', 'a4'],
  ['360', '768', '1440', '2560', 'a4'],
);
const themes = chosen(values.theme, ['light', 'dark', 'contrast', 'forced'], ['light', 'dark', 'contrast']);
const langs = chosen(values.lang, ['zh', 'en']);
// Paper is white whatever the screen.
const ways = langs.flatMap((lang) =>
  widths.flatMap((width) =>
    (width === 'a4' ? ['light'] : themes).map((theme): Way => ({ width, theme, lang })),
  ),
);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder))
  if (/\.(png|pdf|html)$/.test(name) && !values.again) rmSync(new URL(name, folder));

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: flags,
});
const shots: Shot[] = [];
try {
  for (const set of chosen(values.data, dataSets)) {
    const run = { set, ways, pages: places.filter((p) => names.includes(p.name)), again: values.again };
    shots.push(...(await shotsOf(browser, run)));
    console.log(`${set}: ${shots.length} pictures so far`);
  }
} finally {
  await browser.close();
  const order = (s: Shot): string =>
    [dataSets.findIndex((d) => d === s.data), s.width.padStart(5), s.theme, s.lang].join();
  shots.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  writeFileSync(new URL('index.html', folder), contactSheet(shots));
}
const complained = shots.filter((s) => s.found.length > 0).length;
console.log(`${shots.length} pictures, ${complained} with findings: test/shots/out/index.html`);
process.exitCode = complained > 0 ? 1 : 0;
