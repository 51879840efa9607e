// npm run shots: builds the product, then photographs every page of it.
import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readyOrExit, root } from '../../server/bin/ready.mjs';

const words = process.argv.slice(2);
const copy = join(root, 'test', 'shots', 'out', '.built');
// A copy of the build: another start may build anew and take the files away from under a server that runs.
if (!words.includes('--again')) {
  await readyOrExit();
  rmSync(copy, { recursive: true, force: true });
  for (const name of ['dist', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
}
spawn(process.execPath, ['--import', 'tsx', 'test/shots/shots.ts', ...words], {
  cwd: root,
  stdio: 'inherit',
}).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
