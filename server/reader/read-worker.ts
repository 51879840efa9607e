import { workerData } from 'node:worker_threads';
import { connectToRead } from '../../db/connect.ts';
import { doJobs } from '../thread-jobs.ts';
import { readerHere, type ReadJob } from './reader.ts';

/** A thread of its own for what takes many questions, with a connection that can only read. */
const reader = readerHere(connectToRead(workerData as string).db);

doJobs((job: ReadJob): Promise<unknown> => {
  if (job.of === 'seal') return reader.seal(...job.with);
  return job.of === 'charts' ? reader.charts(...job.with) : reader.review(...job.with);
});
