import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The two pages that ours is measured against, each in a folder of its own. */
export const peers = ['common', 'lean'] as const;

export const builtPeers = at('../../dist/bench');

/** Installs what the lock file of this folder names, if that is not done: it is no part of the product's own packages. */
async function install(): Promise<void> {
  const hash = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
  const stamp = at('node_modules/.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  console.error('bench/web: npm ci …');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const [command, words] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
  const code = await new Promise((resolve, reject) =>
    spawn(command, words, { cwd: at('.'), stdio: ['ignore', 2, 2] })
      .on('error', reject)
      .on('exit', resolve),
  );
  if (code !== 0)
    throw new Error(`npm ci in bench/web failed (${String(code)}): its own message stands above`);
  writeFileSync(stamp, hash);
}

/** Installs and builds both, as they would be put into production. */
export async function readyPeers(): Promise<void> {
  await install();
  for (const peer of peers)
    await build({
      configFile: false,
      root: at(`peers/${peer}`),
      base: `/${peer}/`,
      mode: 'production',
      logLevel: 'error',
      plugins: [vue()],
      build: {
        outDir: `${builtPeers}/${peer}`,
        emptyOutDir: true,
        target: 'es2022',
        chunkSizeWarningLimit: 5_000,
      },
    });
}

/** `vue 3.5.45`, of each package that is measured with. */
export function versions(): string {
  const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  return ['vue', 'echarts', 'element-plus', 'lighthouse']
    .map((name) => `${name} ${packages[`node_modules/${name}`]?.version ?? '?'}`)
    .join(', ');
}
