import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pkg from '../package.json' with { type: 'json' };
import { run } from './program.ts';

/** The program itself, and the only place that takes hold of the process. */

/** The project's folder, from the source as from the built file. */
function home(from: string): string {
  return existsSync(join(from, 'package.json')) || dirname(from) === from ? from : home(dirname(from));
}

// A reader that has seen enough (`| head`) closes the pipe; that is no fault of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  from: process.env.HANGBIAO_FROM ?? process.cwd(),
  lang: Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh' : 'en',
  now: () => new Date(),
  version: pkg.version,
  clientDir: join(home(dirname(fileURLToPath(import.meta.url))), 'dist', 'client'),
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
