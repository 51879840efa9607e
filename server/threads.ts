import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Opens a thread of the server.
 * @param source the file that it runs, beside the one that opens it (`import.meta.url`)
 * @param built its name in the built server, where all files stand beside each other
 */
export function openThread(
  { source, built, from }: { source: string; built: string; from: string },
  options: WorkerOptions,
): Worker {
  const worker = from.endsWith('.ts')
    ? fromSource(new URL(source, from), options)
    : new Worker(new URL(built, from), options);
  // A fault is heard by the job that it ends; one that comes after belongs to nobody, and must not end the process.
  return worker.on('error', () => {});
}

/** In development and tests: a thread does not take over the loader of TypeScript, and registers its own. */
function fromSource(source: URL, options: WorkerOptions): Worker {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = JSON.stringify(new URL('./dist/esm/api/index.mjs', tsx).href);
  const file = JSON.stringify(source.href);
  return new Worker(`import(${loader}).then(({ register }) => (register(), import(${file})))`, {
    ...options,
    eval: true,
  });
}
