import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { identify, type Who } from './auth/session.ts';
import { Refusal } from './errors.ts';
import type { World } from './http.ts';
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
  // Vite names what is under assets/ by its content.
  app.use(
    '/assets',
    express.static(join(clientDir, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
    }),
  );
  app.use('/assets', () => {
    throw new Refusal(404, 'there is no such file');
  });
  app.use(express.static(clientDir, { index: false, redirect: false, maxAge: 0, dotfiles: 'ignore' }));
  app.get('/{*path}', page(options));
}

function page({ clientDir, world, reader, versionOf }: PagesOptions): RequestHandler {
  const file = join(clientDir, 'index.html');
  const drawn = new Drawn();
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
    const key = JSON.stringify([req.originalUrl, await versionOf(who), who.name, ...looked]);
    const known = drawn.of(key);
    if (known !== undefined) {
      res.send(known);
      return;
    }
    const drawPage = await built.drawPage();
    let pictures = 0;
    const found = await drawPage({
      address: req.originalUrl,
      cookies,
      isMobile,
      read: reader.as({ ...world, who, req, res }),
      draw: (option, size) => renderOption(option, size, `p${pictures++}-`),
    }).catch((error: unknown) => {
      // The browser draws what could not be drawn here.
      world.log.error({ err: error, path: req.path }, 'a page was not drawn');
      return null;
    });
    const html = found ? built.filled(found) : built.template;
    if (found) drawn.keep(key, html);
    res.send(html);
  };
}

function cookiesOf(req: Request): Record<string, string | undefined> {
  const pairs = (req.headers.cookie ?? '').split(/;\s*/).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

/** Pages that were drawn lately: the next one who asks for the same gets the same. */
class Drawn {
  private static readonly MOST = 40;
  private readonly pages = new Map<string, string>();

  of(key: string): string | undefined {
    return this.pages.get(key);
  }
  keep(key: string, html: string): void {
    this.pages.set(key, html);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= Drawn.MOST) break;
      this.pages.delete(oldest);
    }
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** What the build has made of client/. */
class Built {
  readonly template: string;
  private readonly assets: Readonly<Record<string, readonly string[]>>;
  private readonly drawer: string;

  constructor(clientDir: string) {
    const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    this.template = read(join(clientDir, 'index.html'));
    this.assets = JSON.parse(read(join(clientDir, '.vite', 'ssr-manifest.json')) || '{}') as Built['assets'];
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

  filled({ html, title, look, state, modules }: NonNullable<Awaited<ReturnType<DrawPage>>>): string {
    const own = new Set(modules.flatMap((m) => this.assets[m] ?? []));
    const links = [...own]
      .filter((href) => !this.template.includes(href))
      .map((href) =>
        href.endsWith('.css')
          ? `<link rel="stylesheet" href="${href}">`
          : href.endsWith('.js')
            ? `<link rel="modulepreload" href="${href}">`
            : '',
      )
      .join('');
    const lang = look.lang === 'zh' ? 'zh-CN' : 'en';
    return this.template
      .replace(/<html[^>]*>/, () => `<html lang="${lang}" data-theme="${look.theme}">`)
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
      .replace('</head>', () => `${links}</head>`)
      .replace(
        '<div id="app"></div>',
        () =>
          `<div id="app">${html}</div><script type="application/json" id="served-state">${state.replaceAll('<', '\\u003c')}</script>`,
      );
  }
}
