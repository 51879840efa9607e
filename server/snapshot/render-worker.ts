import { parentPort } from 'node:worker_threads';
import { Refusal } from '../errors.ts';
import { makeJob, type FromRenderer, type RenderJob } from './render-thread.ts';

/** A thread of its own for pictures and papers: the server's thread goes on answering. */
const port = parentPort;
if (!port) throw new Error('this file is run in a thread of the server');

port.on('message', (job: RenderJob) => {
  void made(job).then((message) => port.postMessage(message));
});

async function made(job: RenderJob): Promise<FromRenderer> {
  try {
    return { is: 'done', bytes: await makeJob(job) };
  } catch (error) {
    if (error instanceof Refusal)
      return { is: 'refused', status: error.status, message: error.message, errors: error.errors };
    return { is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
