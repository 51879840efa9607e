import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../../db/connect.ts';
import { Refusal } from '../errors.ts';
import type { Limits } from '../ledger/unreadable.ts';
import { doJob, holdsDatabase, type Job } from './job.ts';
import type { FromThread } from './thread.ts';

// Megabytes of the database that are held in memory: a commit of a million rows touches its indexes all over.
const COMMIT_CACHE = 48;
const USUAL_CACHE = 16;

/** A thread of its own for long work, with its own connection: the server's thread goes on answering. */
const { url, limits } = workerData as { url: string; limits: Limits };
const port = parentPort;
if (!port) throw new Error('this file is run in a thread of the server');
const opened = connect(url);
const say = (message: FromThread): void => port.postMessage(message);

port.on('message', (job: Job) => {
  void (async () => {
    try {
      const { db, dialect } = await opened;
      const isLarge = holdsDatabase(job);
      await dialect.room(db as never, isLarge ? COMMIT_CACHE : USUAL_CACHE);
      await dialect.holdLog(db as never, isLarge);
      const progress = (at: Extract<FromThread, { is: 'progress' }>['at']): void =>
        say({ is: 'progress', at });
      say({ is: 'done', result: await doJob(db, job, { now: () => new Date(), limits, progress }) });
      // Where that cannot be now, the next commit does it; nobody waits to hear of it.
      if (isLarge) await dialect.foldLog(db as never).catch(() => {});
    } catch (error) {
      if (error instanceof Refusal)
        say({ is: 'refused', status: error.status, message: error.message, errors: error.errors });
      else
        say({
          is: 'failed',
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
    }
  })();
});
