import type { Variant } from '../../shared/snapshot-formats.ts';
import { makeBriefing, type BriefingJob } from '../briefing/make.ts';
import { docxOf } from '../review/docx.ts';
import type { Paper } from '../review/paper.ts';
import { threadQueue, type Bounds } from '../thread-queue.ts';
import { makeFile } from './make.ts';

export type RenderJob =
  | { readonly of: 'snapshot'; readonly text: string; readonly variant: Variant }
  | ({ readonly of: 'briefing' } & BriefingJob)
  | { readonly of: 'review'; readonly paper: Paper };

/** The file of a job. */
export function makeJob(job: RenderJob): Promise<Uint8Array> {
  if (job.of === 'snapshot') return makeFile(job.text, job.variant);
  return job.of === 'briefing' ? makeBriefing(job) : docxOf(job.paper);
}

/** Where files of snapshots, briefings and reviews are made. */
export type Renderer = {
  /**
   * @param text the seal, byte for byte
   * @throws Refusal 422 where the file is too large to be made, 429 where too many wait
   */
  make(text: string, variant: Variant): Promise<Uint8Array>;
  /** The same of a briefing. */
  makeBriefing(job: BriefingJob): Promise<Uint8Array>;
  /** The same of a year-end review, as a Word document. */
  makeReview(paper: Paper): Promise<Uint8Array>;
  close(): Promise<void>;
};

/** On the thread that asks: for the command line, which has nobody else to answer. */
export const rendererHere: Renderer = {
  make: makeFile,
  makeBriefing,
  makeReview: docxOf,
  close: () => Promise.resolve(),
};

const formatOf = (job: RenderJob): string =>
  job.of === 'snapshot' ? job.variant.format : job.of === 'briefing' ? job.format : 'docx';

/** In a thread of its own, which gets what is to be drawn and nothing else: no database, no clock, no address. */
export function renderThread(bounds: Bounds = {}): Renderer {
  const file = { source: './render-worker.ts', built: './render-worker.js', from: import.meta.url };
  const thread = threadQueue<RenderJob>(
    {
      file,
      failing: (job) => `the .${formatOf(job)} could not be made`,
      tooMany: 'too many files are being made: ask again in a moment',
    },
    bounds,
  );
  const made = (job: RenderJob): Promise<Uint8Array> => thread.do(job) as Promise<Uint8Array>;
  return {
    make: (text, variant) => made({ of: 'snapshot', text, variant }),
    makeBriefing: (job) => made({ of: 'briefing', ...job }),
    makeReview: (paper) => made({ of: 'review', paper }),
    close: thread.close,
  };
}
