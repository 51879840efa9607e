import { doJobs } from '../thread-jobs.ts';
import { makeJob } from './render-thread.ts';

/** A thread of its own for pictures and papers: the server's thread goes on answering. */
doJobs(makeJob);
