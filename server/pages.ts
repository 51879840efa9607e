import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Express, Request, RequestHandler } from 'express';
import express from 'express';
import staticCompressed from 'express-static-gzip';
import { pageInAscii, scriptInAscii } from '../shared/ascii.ts';
import { identify, type Who } from './auth/session.ts';
import { Drawn } from './drawn.ts';
import { Refusal } from './errors.ts';
import type { World } from './http.ts';
import { inPage } from './in-page.ts';
import { notesVersion } from './queries/notes.ts';
import type { Asked, Reader, Reply } from './reading.ts';
import { renderOption } from './snapshot/render.ts';

/** What the built pages offer (client/server.ts): a page with its figures and charts, or null where the browser is to draw it. */
type DrawPage = (request: {
  readonly address: string;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly isMobile: boolean;
  readonly read: (asked: Asked) => Promise<Reply>;
  readonly draw: (
    option: Parameters<typeof renderOption>[0],
    size: { readonly width: number; readonly height: number },
  ) => string;
}) => Promise<{
  readonly html: string;
  readonly title: string;
  readonly look: { readonly lang: string; readonly theme: string };
  readonly state: string;
  readonly modules: readonly string[];
} | null>;

export type PagesOptions = {
  /** The built files: `client` for browsers, `pages` beside it for the server's drawing. */
  readonly clientDir: string;
  readonly world: World;
  readonly reader: Reader;
  /** Changes with the data, the code and the one who asks: a page is drawn once for each. */
  readonly versionOf: (who: Who) => Promise<string>;
};

/** The built files, and the one page that draws every address which is not a file. */
export function servePages(app: Express, options: PagesOptions): void {
  const { clientDir } = options;
  // Vite names what is under assets/ by its content, and the build has compressed it.
  app.use(
    '/assets',
    staticCompressed(join(clientDir, 'assets'), {
      enableBrotli: true,
      orderPreference: ['br'],
      index: false,
      serveStatic: { immutable: true, maxAge: '365d', redirect: false },
    }),
  );
  app.use('/assets', () => {
    throw new Refusal(404, 'there is no such file');
  });
  app.use(express.static(clientDir, { index: false, redirect: false, maxAge: 0, dotfiles: 'ignore' }));
  const drawn = new Drawn();
  app.get('/drawn/:id', figures(options, drawn));
  app.get('/{*path}', page(options, drawn));
}

/** The figures that a page was drawn from: they come after the page, which can be looked at without them. */
function figures({ world }: PagesOptions, drawn: Drawn): RequestHandler<{ id: string }> {
  return async (req, res) => {
    const who = await identify(world.db, req, world.now()).catch(() => null);
    const found = who ? drawn.figures(req.params.id, who.name) : undefined;
    // The browser asks the API instead.
    if (!found) throw new Refusal(404, 'what this page was drawn from is no longer held');
    res.set('Cache-Control', 'private, no-cache').vary('Cookie').type('json');
    await found.send(req, res);
  };
}

function page({ clientDir, world, reader, versionOf }: PagesOptions, drawn: Drawn): RequestHandler {
  const file = join(clientDir, 'index.html');
  const built = new Built(clientDir);
  return async (req, res, next) => {
    if (!req.accepts('html') || !existsSync(file)) return next();
    res.set('Cache-Control', 'private, no-cache').vary('Cookie').type('html');
    // A wrong token is refused by the API; a page is for browsers, which send none.
    const who = await identify(world.db, req, world.now()).catch(() => null);
    if (!who || !built.drawPage) {
      res.send(built.template);
      return;
    }
    const cookies = cookiesOf(req);
    const isMobile = req.get('Sec-CH-UA-Mobile') === '?1' || /\bMobile\b/.test(req.get('User-Agent') ?? '');
    const looked = [cookies['hangbiao_look'], cookies['hangbiao_rooms'], isMobile];
    const versions = [await versionOf(who), await notesVersion(world.db)];
    const key = JSON.stringify([req.originalUrl, ...versions, who.name, ...looked]);
    const html = await drawn.page(key, who.name, async () => {
      const drawPage = await built.drawPage?.();
      let pictures = 0;
      const found = await drawPage?.({
        address: req.originalUrl,
        cookies,
        isMobile,
        read: reader.as({ ...world, who, req, res }),
        draw: (option, size) => inPage(renderOption(option, size, `p${pictures++}-`)),
      }).catch((error: unknown) => {
        // The browser draws what could not be drawn here.
        world.log.error({ err: error, path: req.path }, 'a page was not drawn');
        return null;
      });
      return found ? { figures: scriptInAscii(found.state), write: (id) => built.filled(found, id) } : null;
    });
    if (html) await html.send(req, res);
    else res.send(built.template);
  };
}

function cookiesOf(req: Request): Record<string, string | undefined> {
  const pairs = (req.headers.cookie ?? '').split(/;\s*/).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/**
 * A headline card. The first paint is held until the last of them is read, and of a page without any until all of it is: a
 * slow browser would show its bars alone, then half of a line, and each showing is a styling, a layout and a painting more.
 */
const CARD = /<div class="card kpi[^>]* id="(\w+)"/g;
/** What stands after all that is drawn. */
const ALL_READ = 'all-read';

/** client/start.ts, as the build names it. */
const FIRST_SCRIPT = /<script type="module"[^>]*src="([^"]+)"[^>]*><\/script>/;

type Chunk = { readonly file: string; readonly imports?: readonly string[] };

/** What the build has made of client/. */
class Built {
  /** The page that the browser draws: its scripts are fetched at once, all together. */
  readonly template: string;
  private readonly page: string;
  /** The program, in all its files. */
  private readonly scripts: readonly string[];
  private readonly assets: Readonly<Record<string, readonly string[]>>;
  private readonly drawer: string;

  constructor(clientDir: string) {
    const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    const made = (name: string): unknown => JSON.parse(read(join(clientDir, '.vite', name)) || '{}');
    this.page = read(join(clientDir, 'index.html'));
    this.scripts = filesOf(made('manifest.json') as Record<string, Chunk>, 'main.ts').map((f) => `/${f}`);
    const links = this.scripts.map((href) => `<link rel="modulepreload" href="${href}">`).join('');
    this.template = pageInAscii(
      this.page.replace('</head>', () => `${partsOf(this.scripts)}${links}</head>`),
    );
    this.assets = made('ssr-manifest.json') as Built['assets'];
    this.drawer = join(clientDir, '..', 'pages', 'server.js');
  }

  /** Absent where the pages were built for browsers alone. */
  get drawPage(): (() => Promise<DrawPage>) | null {
    if (!existsSync(this.drawer)) return null;
    return async () => {
      const built = (await import(/* @vite-ignore */ pathToFileURL(this.drawer).href)) as {
        drawPage: DrawPage;
      };
      return built.drawPage;
    };
  }

  /** @param id of the figures that it was drawn from */
  filled({ html, title, look, modules }: NonNullable<Awaited<ReturnType<DrawPage>>>, id: string): string {
    const own = modules.flatMap((m) => this.assets[m] ?? []).filter((href) => href.endsWith('.js'));
    // A page's own part needs what the program needs, and the program waits for it.
    const [program = '', ...needed] = this.scripts.toReversed();
    const parts = partsOf([...new Set([...needed.toReversed(), ...own, program])]);
    const lang = look.lang === 'zh' ? 'zh-CN' : 'en';
    const [, last = ALL_READ] = [...html.matchAll(CARD)].at(-1) ?? [];
    const held = `<link rel="expect" blocking="render" href="#${last}">`;
    // As soon as all is read: a browser that must wait for a script in the middle shows the half of the page first, which
    // costs a layout and a painting more.
    const script = `<script defer src="${FIRST_SCRIPT.exec(this.page)?.[1]}"></script>`;
    const page = this.page
      .replace(FIRST_SCRIPT, '')
      .replace(/<html[^>]*>/, () => `<html lang="${lang}" data-theme="${look.theme}">`)
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
      .replace(
        '</head>',
        () => `${held}<meta name="drawn-from" content="/drawn/${id}">${parts}${script}</head>`,
      )
      .replace('<div id="app"></div>', () => `<div id="app">${html}</div><i id="${ALL_READ}" hidden></i>`);
    return pageInAscii(page);
  }
}

/** For client/start.ts: the files of the program, which is the last of them, in the order in which they need each other. */
const partsOf = (hrefs: readonly string[]): string => `<meta name="parts" content="${hrefs.join(' ')}">`;

/** A chunk of the build and all that it imports, by Vite's manifest: each after what it needs itself. */
function filesOf(manifest: Readonly<Record<string, Chunk>>, name: string): string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const visit = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    for (const other of manifest[one]?.imports ?? []) visit(other);
    const file = manifest[one]?.file;
    if (file !== undefined) files.add(file);
  };
  visit(name);
  return [...files];
}
