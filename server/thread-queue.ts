import type { Worker } from 'node:worker_threads';
import { Refusal, type Fault } from './errors.ts';
import { openThread } from './threads.ts';

/** What a thread says of its job. */
export type FromThread =
  | { readonly is: 'done'; readonly result: unknown }
  | {
      readonly is: 'refused';
      readonly status: Refusal['status'];
      readonly message: string;
      readonly errors: readonly Fault[];
    }
  | { readonly is: 'failed'; readonly message: string };

/** Bounds on a thread and on its queue. */
export type Bounds = {
  /** Megabytes of heap that the thread may hold. */
  readonly memory?: number;
  /** Seconds that one job may take. */
  readonly seconds?: number;
  /** Jobs that may wait for their turn. */
  readonly most?: number;
};

type Of<Job> = {
  /** The file that the thread runs: see `openThread`. */
  readonly file: { readonly source: string; readonly built: string; readonly from: string };
  /** What the thread is told once, when it begins. */
  readonly told?: unknown;
  /** What could not be done, for the refusal of a job that took too much: `the .pdf could not be made`. */
  readonly failing: (job: Job) => string;
  /** The refusal where too many wait. */
  readonly tooMany: string;
};

export type ThreadQueue<Job> = {
  /**
   * @returns what the thread has made of the job
   * @throws Refusal as the job refuses, 422 where it takes too much, 429 where too many wait
   */
  do(job: Job): Promise<unknown>;
  close(): Promise<void>;
};

/** One thread that does one job after another; a broken one is replaced, and costs the job that it was at. */
export function threadQueue<Job>(
  of: Of<Job>,
  { memory = 512, seconds = 60, most = 100 }: Bounds,
): ThreadQueue<Job> {
  type Waiting = {
    readonly job: Job;
    readonly resolve: (result: unknown) => void;
    readonly reject: (error: Error) => void;
  };
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
      worker ??= opened(of, memory);
      try {
        resolve(await heard(worker, job, { failing: of.failing(job), seconds }));
      } catch (error) {
        // One that was refused goes on; one that failed is not trusted with the next job.
        if (!(error instanceof Refusal) || error instanceof Broken) await end();
        reject(error as Error);
      }
    }
    isBusy = false;
  };
  return {
    do: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) reject(new Error('the server is closing'));
        else if (queue.length >= most) reject(new Refusal(429, of.tooMany));
        else {
          queue.push({ job, resolve, reject });
          void next();
        }
      }),
    close: async () => {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(new Error('the server is closing'));
      await end();
    },
  };
}

/** The thread is gone, or must go: it took too much, or ended. */
class Broken extends Refusal {}

function opened<Job>({ file, told }: Of<Job>, memory: number): Worker {
  const worker = openThread(file, {
    workerData: told,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  // It waits for work without keeping a process that has none.
  worker.unref();
  return worker;
}

function heard(
  worker: Worker,
  job: unknown,
  { failing, seconds }: { readonly failing: string; readonly seconds: number },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const broken = (why: string): void => finish(() => reject(new Broken(422, `${failing}: ${why}`)));
    const timer = setTimeout(() => broken(`it took more than ${seconds} seconds`), seconds * 1000);
    const onMessage = (said: FromThread): void => {
      if (said.is === 'done') finish(() => resolve(said.result));
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
