import type { Worker } from 'node:worker_threads';
import type { Variant } from '../../shared/snapshot-formats.ts';
import { Refusal, type Fault } from '../errors.ts';
import { openThread } from '../threads.ts';
import { makeBriefing, type BriefingJob } from '../briefing/make.ts';
import { makeFile } from './make.ts';

export type RenderJob =
  | { readonly of: 'snapshot'; readonly text: string; readonly variant: Variant }
  | ({ readonly of: 'briefing' } & BriefingJob);

/** The file of a job. */
export const makeJob = (job: RenderJob): Promise<Uint8Array> =>
  job.of === 'briefing' ? makeBriefing(job) : makeFile(job.text, job.variant);
export type FromRenderer =
  | { readonly is: 'done'; readonly bytes: Uint8Array }
  | {
      readonly is: 'refused';
      readonly status: Refusal['status'];
      readonly message: string;
      readonly errors: readonly Fault[];
    }
  | { readonly is: 'failed'; readonly message: string };

/** Where files of snapshots and briefings are made. */
export type Renderer = {
  /**
   * @param text the seal, byte for byte
   * @throws Refusal 422 where the file is too large to be made, 429 where too many wait
   */
  make(text: string, variant: Variant): Promise<Uint8Array>;
  /** The same of a briefing. */
  makeBriefing(job: BriefingJob): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** On the thread that asks: for the command line, which has nobody else to answer. */
export const rendererHere: Renderer = { make: makeFile, makeBriefing, close: () => Promise.resolve() };

export type RendererOptions = {
  /** Megabytes of heap that the thread may hold. */
  readonly memory?: number;
  /** Seconds that one file may take. */
  readonly seconds?: number;
  /** Files that may wait for their turn. */
  readonly most?: number;
};

type Waiting = {
  readonly job: RenderJob;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
};

/** One thread that makes one file after another; a broken one is replaced, and costs the file that it was at. */
export function renderThread({ memory = 512, seconds = 60, most = 100 }: RendererOptions = {}): Renderer {
  let worker: Worker | null = null;
  let isBusy = false;
  let isClosed = false;
  const queue: Waiting[] = [];

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };
  const next = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let waiting = queue.shift(); waiting; waiting = queue.shift()) {
      const { job, resolve, reject } = waiting;
      worker ??= opened(memory);
      try {
        resolve(await heard(worker, job, seconds));
      } catch (error) {
        // One that was refused goes on; one that failed is not trusted with the next file.
        if (!(error instanceof Refusal) || error instanceof Broken) await end();
        reject(error as Error);
      }
    }
    isBusy = false;
  };
  const wait = (job: RenderJob): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (isClosed) reject(new Error('the server is closing'));
      else if (queue.length >= most)
        reject(new Refusal(429, 'too many files are being made: ask again in a moment'));
      else {
        queue.push({ job, resolve, reject });
        void next();
      }
    });
  return {
    make: (text, variant) => wait({ of: 'snapshot', text, variant }),
    makeBriefing: (job) => wait({ of: 'briefing', ...job }),
    close: async () => {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new Error('the server is closing'));
      await end();
    },
  };
}

/** The thread is gone, or must go: it took too much, or ended. */
class Broken extends Refusal {}

const opened = (memory: number): Worker => {
  const worker = openThread(
    { source: './render-worker.ts', built: './render-worker.js', from: import.meta.url },
    { resourceLimits: { maxOldGenerationSizeMb: memory } },
  );
  // It waits for work without keeping a process that has none.
  worker.unref();
  return worker;
};

function heard(worker: Worker, job: RenderJob, seconds: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const { format } = job.of === 'briefing' ? job : job.variant;
    const broken = (why: string): void =>
      finish(() => reject(new Broken(422, `the .${format} could not be made: ${why}`)));
    const timer = setTimeout(() => broken(`it took more than ${seconds} seconds`), seconds * 1000);
    const onMessage = (said: FromRenderer): void => {
      if (said.is === 'done') finish(() => resolve(said.bytes));
      else if (said.is === 'refused')
        finish(() => reject(new Refusal(said.status, said.message, said.errors)));
      else finish(() => reject(new Error(said.message)));
    };
    const onError = (error: NodeJS.ErrnoException): void =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? broken('it took more memory than it may')
        : finish(() => reject(error));
    const onExit = (): void => broken('its thread ended');
    function finish(settle: () => void): void {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}
