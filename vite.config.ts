import vue from '@vitejs/plugin-vue';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { scriptInAscii, styleInAscii } from './shared/ascii.ts';

const server = `http://127.0.0.1:${process.env.PORT || 8080}`;

/** In development, /gallery/ shows every golden chart as it stands in test/charts/output. */
const gallery: Plugin = {
  name: 'gallery',
  apply: 'serve',
  configureServer({ middlewares }) {
    middlewares.use('/gallery', (req, res, next) => {
      const asked = /^\/(?:(output\/[\w-]+\.svg)|)$/.exec(req.url ?? '');
      const path = fileURLToPath(new URL(`test/charts/${asked?.[1] ?? 'gallery.html'}`, import.meta.url));
      if (!asked || !existsSync(path)) return next();
      res.setHeader('Content-Type', asked[1] ? 'image/svg+xml' : 'text/html; charset=utf-8');
      createReadStream(path).pipe(res);
    });
  },
};

/** Scripts and styles in ASCII. */
const ascii: Plugin = {
  name: 'ascii',
  apply: 'build',
  generateBundle: {
    // Vite makes the style sheet in this step too.
    order: 'post',
    handler(_, files) {
      for (const file of Object.values(files))
        if (file.type === 'chunk') file.code = scriptInAscii(file.code);
        else if (file.fileName.endsWith('.css')) file.source = styleInAscii(String(file.source));
    },
  },
};

const compressed = promisify(brotliCompress);

/** Beside each text file its compressed form: it is sent so, and no request waits for its making. */
const compress: Plugin = {
  name: 'compress',
  apply: 'build',
  writeBundle: async ({ dir = '' }, files) => {
    const texts = Object.keys(files).filter((name) => /\.(?:js|css|svg)$/.test(name));
    await Promise.all(
      texts.map(async (name) => {
        const path = join(dir, name);
        await writeFile(`${path}.br`, await compressed(await readFile(path)));
      }),
    );
  },
};

const inClient = (path: string): string => fileURLToPath(new URL(`client/${path}`, import.meta.url));

type Modules = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null };

/** All that some modules import, themselves or by others. */
function reachOf(roots: readonly string[], modules: Modules): ReadonlySet<string> {
  const found = new Set(roots);
  // A set that grows while it is walked: every module is visited once.
  for (const one of found)
    for (const other of modules.getModuleInfo(one)?.importedIds ?? []) found.add(other);
  return found;
}

const main = inClient('main.ts');
/** Pages of charts, which the server draws and which are to come in few files. */
const drawn = new Set(['YoyPage.vue', 'ComparePage.vue', 'UnitPage.vue', 'RectificationPage.vue']);

/**
 * Whether a module is of the shell or the overview, or of a page of charts and another page too: the first view must not
 * bring what lists and forms alone need (zod, fields, the words of the rules).
 */
const inFirstView = ((): ((id: string, modules: Modules) => boolean) => {
  let first: ReadonlySet<string> | undefined;
  let pages: readonly { readonly isDrawn: boolean; readonly reach: ReadonlySet<string> }[] = [];
  return (id, modules) => {
    if (!first) {
      first = reachOf([main], modules);
      pages = readdirSync(inClient('pages')).map((name) => ({
        isDrawn: drawn.has(name),
        reach: reachOf([inClient(`pages/${name}`)], modules),
      }));
    }
    // The program's beginning waits for its page; a file that other pages import must not.
    if (id === main) return false;
    const of = pages.filter(({ reach }) => reach.has(id));
    return first.has(id) || (of.length > 1 && of.some(({ isDrawn }) => isDrawn));
  };
})();

/** The pages for browsers: dist/client. */
const browser = (): UserConfig => ({
  root: 'client',
  plugins: [vue(), gallery, ascii, compress],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // For the server: which files a page's parts are in.
    ssrManifest: true,
    modulePreload: { polyfill: false },
    // And which files its scripts need, for the links that fetch them early, and for the budget.
    manifest: true,
    // One sheet for all pages: it is small, and a page never waits for a second.
    cssCodeSplit: false,
    rollupOptions: {
      // The page has its first script alone, which fetches the program.
      input: { index: inClient('index.html'), main: inClient('main.ts') },
      output: {
        // Few files: what the first view needs is in two, what other pages share in some, each page's
        // own part in one, ECharts in one.
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules\/(echarts\/(?!ssr)|zrender)/, priority: 4 },
            // What menus, lists and dialogs are made with: one file, which comes when a reader comes near one.
            {
              name: 'opened',
              test: /node_modules\/(reka-ui|@floating-ui|aria-hidden)\/|\/components\/opened\//,
              priority: 1.5,
            },
            {
              name: (id, modules) => (inFirstView(id, modules) ? 'vendor' : null),
              test: /node_modules/,
              debugName: 'vendor',
              priority: 3,
            },
            {
              name: (id, modules) => (inFirstView(id, modules) ? 'figures' : null),
              debugName: 'figures',
              priority: 2,
            },
            {
              name: 'more',
              test: /\/(node_modules|shared|client)\//,
              priority: 1,
              minShareCount: 2,
              // By who needs it: a page with a chart brings no zod, whose trial of `eval` the pages' policy reports.
              entriesAware: true,
              entriesAwareMergeThreshold: 12_000,
            },
          ],
        },
      },
    },
    // ECharts, tree-shaken, is one chunk of about 600 kB; the warning would stand in every first start.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '^/api/': server, '^/sign-in/': server, '^/s/': server } },
});

/** The same pages for the server, which draws their first view: dist/pages, one file that needs no package. */
const pages = (): UserConfig => ({
  root: 'client',
  plugins: [vue()],
  ssr: { noExternal: true },
  build: {
    ssr: 'server.ts',
    outDir: '../dist/pages',
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20',
    rollupOptions: { output: { codeSplitting: false } },
  },
});

/** The server and its command line: dist/server. */
const program = (): UserConfig => ({
  root: '.',
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        cli: 'server/cli.ts',
        'import-worker': 'server/import/worker.ts',
        'render-worker': 'server/snapshot/render-worker.ts',
        'read-worker': 'server/reader/read-worker.ts',
      },
      // All beside each other: the server finds its threads there.
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
});

// `vite build`, `vite build --ssr` and `vite build --ssr server.ts --mode pages`; in development the server draws no page.
export default defineConfig(({ isSsrBuild, mode }) =>
  !isSsrBuild ? browser() : mode === 'pages' ? pages() : program(),
);
