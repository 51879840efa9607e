import type { Db } from '../../db/connect.ts';
import type { Lang } from '../../shared/text.ts';
import { takeCharts, type Outline, type Taken } from '../queries/briefing-charts.ts';
import { sealIn, type SealMaking, type SnapshotBody } from '../queries/snapshot-seal.ts';
import type { ReviewAsked } from '../review/asking.ts';
import { paperOf, reviewFileName } from '../review/paper-of.ts';
import type { Paper } from '../review/paper.ts';
import { reviewOf, type Made } from '../review/report.ts';
import type { Sealed } from '../snapshot/sealed.ts';
import { threadQueue, type Bounds } from '../thread-queue.ts';

/** What is asked of the ledgers by many questions at once: seals and reviews. */

export type WrittenReview = { readonly paper: Paper; readonly fileName: string };

/** Each of these in one transaction: all that it answers is of one version of the data. */
export type Reader = {
  /** @throws Refusal 400 where the query does not parse, 422 where it names what does not exist */
  seal(body: SnapshotBody, making: SealMaking): Promise<Sealed>;
  /** @throws Refusal 422 with what is wrong in each item */
  charts(outline: Outline): Promise<Taken>;
  /** @throws Refusal 404 (no such unit), 422 (the year has not begun, or the unit was not there) */
  review(asked: ReviewAsked, made: Made, lang: Lang): Promise<WrittenReview>;
};

/** On the thread and the connection that ask: for the command line, and for a database that no other thread can open. */
export function readerHere(db: Db): Reader {
  const reading = () => db.transaction().setIsolationLevel('repeatable read');
  return {
    // An import between two of the questions would seal two versions as one.
    seal: (body, making) => reading().execute((trx) => sealIn(trx, body, making)),
    charts: (outline) => reading().execute((trx) => takeCharts(trx, outline)),
    review: (asked, made, lang) =>
      reading().execute(async (trx) => {
        const review = await reviewOf(trx, asked, made);
        return { paper: paperOf(review, lang), fileName: reviewFileName(review, lang) };
      }),
  };
}

export type ReadJob = {
  readonly [K in keyof Reader]: { readonly of: K; readonly with: Parameters<Reader[K]> };
}[keyof Reader];

const names: Record<ReadJob['of'], string> = {
  seal: 'the snapshot could not be sealed',
  charts: 'the briefing could not be sealed',
  review: 'the review could not be written',
};

/**
 * In a thread of its own with a connection of its own: the server's thread, and its one connection to SQLite, go on
 * answering.
 * @param url of a database that is open and migrated; not one in memory
 */
export function readThread(url: string, bounds: Bounds = {}): Reader & { close(): Promise<void> } {
  const file = { source: './read-worker.ts', built: './read-worker.js', from: import.meta.url };
  const thread = threadQueue<ReadJob>(
    {
      file,
      told: url,
      failing: ({ of }) => names[of],
      tooMany: 'too much is being counted: ask again in a moment',
    },
    bounds,
  );
  return {
    seal: (...given) => thread.do({ of: 'seal', with: given }) as Promise<Sealed>,
    charts: (...given) => thread.do({ of: 'charts', with: given }) as Promise<Taken>,
    review: (...given) => thread.do({ of: 'review', with: given }) as Promise<WrittenReview>,
    close: thread.close,
  };
}
