import type { Worker } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import { openThread } from '../threads.ts';
import type { Paper } from './paper.ts';

/** Writes a paper as a Word document. @throws Refusal 429 where too many wait, 422 where it takes too long */
export type Writer = (paper: Paper) => Promise<Uint8Array>;

export type FromWriter =
  { readonly is: 'done'; readonly bytes: Uint8Array } | { readonly is: 'failed'; readonly message: string };

export type WriterOptions = {
  /** Seconds that one document may take. */
  readonly seconds?: number;
  /** Megabytes of heap that its thread may hold. */
  readonly memory?: number;
  /** Documents under way and waiting for their turn. */
  readonly most?: number;
};

/**
 * Each document in a thread of its own, one after another: a report is asked for a few times a year, its
 * writing takes some hundred milliseconds, and meanwhile the server's thread goes on answering.
 */
export function writerApart({ seconds = 30, memory = 256, most = 20 }: WriterOptions = {}): Writer {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (paper) => {
    if (waiting >= most) throw new Refusal(429, 'too many reports are being written: ask again in a moment');
    waiting += 1;
    const mine = last.then(() => written(paper, seconds, memory)).finally(() => (waiting -= 1));
    last = mine.catch(() => {});
    return mine;
  };
}

async function written(paper: Paper, seconds: number, memory: number): Promise<Uint8Array> {
  const worker = openThread(
    { source: './worker.ts', built: './review-worker.js', from: import.meta.url },
    { workerData: paper, resourceLimits: { maxOldGenerationSizeMb: memory } },
  );
  try {
    return await heard(worker, seconds);
  } finally {
    await worker.terminate();
  }
}

const heard = (worker: Worker, seconds: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const late = (): void =>
      reject(new Refusal(422, `the report could not be written: it took more than ${seconds} seconds`));
    const timer = setTimeout(late, seconds * 1000);
    worker
      .on('message', (said: FromWriter) =>
        said.is === 'done' ? resolve(said.bytes) : reject(new Error(said.message)),
      )
      .on('error', reject)
      .on('exit', () => {
        clearTimeout(timer);
        reject(new Error('the thread that wrote the report has ended'));
      });
  });
