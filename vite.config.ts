import vue from '@vitejs/plugin-vue';
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

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

/** The pages for browsers: dist/client. */
const browser = (): UserConfig => ({
  root: 'client',
  plugins: [vue(), gallery],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // For the server: which files a page's parts are in.
    ssrManifest: true,
    // One sheet for all pages: it is small, and a page never waits for a second.
    cssCodeSplit: false,
    rollupOptions: {
      output: {
        // Few files: what most pages need is in two, each page's own part in one, ECharts in one.
        codeSplitting: {
          groups: [
            { name: 'echarts', test: /node_modules\/(echarts\/(?!ssr)|zrender)/, priority: 3 },
            { name: 'vendor', test: /node_modules/, priority: 2, minShareCount: 3 },
            { name: 'figures', test: /\/(shared|client)\//, priority: 1, minShareCount: 2 },
          ],
        },
      },
    },
    // ECharts, tree-shaken, is one chunk of about 600 kB; the warning would stand in every first start.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '^/api/': server, '^/sign-in/': server } },
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
      input: { cli: 'server/cli.ts', 'import-worker': 'server/import/worker.ts' },
      // All beside each other: the server finds its thread there.
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
});

// `vite build`, `vite build --ssr` and `vite build --ssr server.ts --mode pages`; in development the server draws no page.
export default defineConfig(({ isSsrBuild, mode }) =>
  !isSsrBuild ? browser() : mode === 'pages' ? pages() : program(),
);
