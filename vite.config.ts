import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// `vite build` makes the pages (dist/client), `vite build --ssr` the server and its command line (dist/server).
export default defineConfig(({ isSsrBuild }) => ({
  root: isSsrBuild ? '.' : 'client',
  plugins: isSsrBuild ? [] : [vue()],
  build: isSsrBuild
    ? {
        ssr: true,
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20',
        rollupOptions: { input: { cli: 'server/cli.ts' } },
      }
    : {
        outDir: '../dist/client',
        emptyOutDir: true,
        target: 'es2022',
        // ECharts, tree-shaken, is one chunk of about 600 kB; the warning would stand in every first start.
        chunkSizeWarningLimit: 800,
      },
  server: { proxy: { '^/api/': 'http://127.0.0.1:8080', '^/sign-in/': 'http://127.0.0.1:8080' } },
}));
