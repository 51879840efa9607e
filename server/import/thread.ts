import type { Worker } from 'node:worker_threads';
import type { ImportProgress } from '../../shared/imports.ts';
import { Refusal, type Fault } from '../errors.ts';
import type { Limits } from '../ledger/unreadable.ts';
import { openThread } from '../threads.ts';
import type { Job, ResultOf } from './job.ts';
import type { Place, Running } from './work.ts';

/** What a thread says of its job. */
export type FromThread =
  | { readonly is: 'progress'; readonly at: ImportProgress }
  | { readonly is: 'done'; readonly result: unknown }
  | {
      readonly is: 'refused';
      readonly status: Refusal['status'];
      readonly message: string;
      readonly errors: readonly Fault[];
    }
  | { readonly is: 'failed'; readonly message: string };

/** A job took more than it may: which of its bounds. */
export class Exceeded extends Error {
  constructor(readonly bound: 'seconds' | 'memory') {
    super(`the work took more ${bound === 'seconds' ? 'time' : 'memory'} than it may`);
    this.name = 'Exceeded';
  }
}

export type ThreadOptions = {
  readonly url: string;
  readonly limits: Limits;
  /** Seconds that a check may take, and megabytes that its thread may hold. */
  readonly seconds: number;
  readonly memory: number;
};

// A thread that has nothing to do holds memory: it is let go after so many milliseconds.
const IDLE = 60_000;

/** Jobs in a thread of their own, which is kept for the next one, and started anew after it was ended. */
export function thread({ url, limits, seconds, memory }: ThreadOptions): Place {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };
  const begin = (): Worker => {
    clearTimeout(idle);
    worker ??= open({ url, limits, memory });
    return worker;
  };
  return {
    start<J extends Job>(job: J, progress: (at: ImportProgress) => void): Running<ResultOf<J>> {
      const at = begin();
      const done = hear<J>(at, progress, job.do === 'check' ? seconds : null)
        .catch(async (error: unknown) => {
          // A thread that was refused goes on; one that failed is not trusted with the next job.
          if (!(error instanceof Refusal)) await end();
          throw error;
        })
        .finally(() => {
          idle = setTimeout(() => void end(), IDLE).unref();
        });
      at.postMessage(job);
      return {
        done,
        stop: () => {
          void end();
          return true;
        },
      };
    },
    close: async () => {
      clearTimeout(idle);
      await end();
    },
  };
}

// Megabytes. What is read of some hundred rows lives until they are written: in V8's usual 48 much of it is taken for
// lasting, and a check took a tenth longer.
const YOUNG = 96;

const open = ({ url, limits, memory }: { url: string; limits: Limits; memory: number }): Worker =>
  openThread(
    { source: './worker.ts', built: './import-worker.js', from: import.meta.url },
    {
      workerData: { url, limits },
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG },
    },
  );

function hear<J extends Job>(
  worker: Worker,
  progress: (at: ImportProgress) => void,
  seconds: number | null,
): Promise<ResultOf<J>> {
  return new Promise((resolve, reject) => {
    const timer =
      seconds === null
        ? undefined
        : setTimeout(() => finish(() => reject(new Exceeded('seconds'))), seconds * 1000);
    const onMessage = (said: FromThread): void => {
      if (said.is === 'progress') progress(said.at);
      else if (said.is === 'done') finish(() => resolve(said.result as ResultOf<J>));
      else if (said.is === 'refused')
        finish(() => reject(new Refusal(said.status, said.message, said.errors)));
      else finish(() => reject(new Error(said.message)));
    };
    const onError = (error: NodeJS.ErrnoException): void =>
      finish(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Exceeded('memory') : error));
    const onExit = (): void => finish(() => reject(new Error('the thread of the import has ended')));
    function finish(settle: () => void): void {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      settle();
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
