// npm run bench -- NAME: builds what is measured, then measures it.
import { spawn } from 'node:child_process';
import { readyOrExit, root } from '../server/bin/ready.mjs';

await readyOrExit();
spawn(process.execPath, ['--import', 'tsx', 'bench/run.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
}).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
