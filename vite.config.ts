import vue from '@vitejs/plugin-vue';
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

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

// `vite build` makes the pages (dist/client), `vite build --ssr` the server and its command line (dist/server).
export default defineConfig(({ isSsrBuild }) => ({
  root: isSsrBuild ? '.' : 'client',
  plugins: isSsrBuild ? [] : [vue(), gallery],
  build: isSsrBuild
    ? {
        ssr: true,
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20',
        rollupOptions: {
          input: { cli: 'server/cli.ts', 'import-worker': 'server/import/worker.ts' },
          // All beside each other: the server finds its thread there.
          output: { chunkFileNames: '[name]-[hash].js' },
        },
      }
    : {
        outDir: '../dist/client',
        emptyOutDir: true,
        target: 'es2022',
        // ECharts, tree-shaken, is one chunk of about 600 kB; the warning would stand in every first start.
        chunkSizeWarningLimit: 800,
      },
  server: { proxy: { '^/api/': server, '^/sign-in/': server } },
}));
