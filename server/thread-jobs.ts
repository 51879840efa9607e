import { parentPort } from 'node:worker_threads';
import { Refusal } from './errors.ts';
import type { FromThread } from './thread-queue.ts';

/** In a thread of the server: does each job that it is sent, and says what came of it. */
export function doJobs<Job>(make: (job: Job) => Promise<unknown>): void {
  const port = parentPort;
  if (!port) throw new Error('this file is run in a thread of the server');
  port.on('message', (job: Job) => {
    void done(job).then((message) => port.postMessage(message));
  });

  async function done(job: Job): Promise<FromThread> {
    try {
      return { is: 'done', result: await make(job) };
    } catch (error) {
      if (error instanceof Refusal)
        return { is: 'refused', status: error.status, message: error.message, errors: error.errors };
      return {
        is: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
  }
}
