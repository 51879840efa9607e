// npm run dev: both sides from their sources, reloaded as they change, with the demo centre.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readyOrExit, root } from './ready.mjs';

await readyOrExit({ pages: false });
const PAGES = 5173;
const env = { ...process.env, LOG_LEVEL: process.env.LOG_LEVEL || 'debug' };
const run = (path, ...args) =>
  spawn(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: 'inherit', env });
const children = [
  run('vite/bin/vite.js', '--host', '127.0.0.1', '--port', String(PAGES), '--strictPort'),
  run(
    'tsx/dist/cli.mjs',
    'watch',
    '--clear-screen=false',
    'server/cli.ts',
    'serve',
    '--address',
    `http://127.0.0.1:${PAGES}`,
  ),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
for (const child of children)
  child.on('exit', (code) => {
    // One without the other is of no use.
    process.exitCode ||= code ?? 0;
    stop();
  });
