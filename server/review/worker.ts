import { parentPort, workerData } from 'node:worker_threads';
import { docxOf } from './docx.ts';
import type { Paper } from './paper.ts';
import type { FromWriter } from './writer.ts';

/** A thread of its own for one report: the server's thread goes on answering. */
const port = parentPort;
if (!port) throw new Error('this file is run in a thread of the server');
const say = (message: FromWriter): void => port.postMessage(message);

docxOf(workerData as Paper).then(
  (bytes) => say({ is: 'done', bytes }),
  (error: unknown) =>
    say({
      is: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
);
