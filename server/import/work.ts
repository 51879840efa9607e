import type { Db } from '../../db/connect.ts';
import type { ImportProgress } from '../../shared/imports.ts';
import { Refusal } from '../errors.ts';
import type { Limits } from '../ledger/unreadable.ts';
import { doJob, holdsDatabase, type Job, type ResultOf } from './job.ts';

/** A job under way, wherever it runs. */
export type Running<R> = {
  readonly done: Promise<R>;
  /** Ends it at once; what it was writing is rolled back. Where that cannot be, false. */
  stop(): boolean;
};
export type Place = {
  start<J extends Job>(job: J, progress: (at: ImportProgress) => void): Running<ResultOf<J>>;
  close(): Promise<void>;
};

type Entry = {
  readonly job: Job;
  progress: ImportProgress;
  running: Running<unknown> | null;
  stopped: boolean;
};

const waiting: ImportProgress = { phase: 'waiting', done: 0, of: null };

/** Jobs on imports: one at a time, the others wait their turn; anyone may hear how far one is. */
export class Work {
  private readonly entries: Entry[] = [];
  private readonly hearers = new Set<(id: number) => void>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly place: Place) {}

  /** Does a job when its turn has come. @throws Refusal, also 409 where it was stopped */
  run<J extends Job>(job: J): Promise<ResultOf<J>> {
    const entry: Entry = { job, progress: waiting, running: null, stopped: false };
    this.entries.push(entry);
    const mine = this.last.then(() => this.turn<J>(entry, job));
    this.last = mine.catch(() => {});
    return mine;
  }

  private async turn<J extends Job>(entry: Entry, job: J): Promise<ResultOf<J>> {
    try {
      if (entry.stopped) throw stopped(job);
      const running = this.place.start(job, (at) => {
        entry.progress = at;
        this.tell(job.id);
      });
      entry.running = running;
      return await running.done.catch((error: unknown) => {
        throw entry.stopped ? stopped(job) : error;
      });
    } finally {
      this.entries.splice(this.entries.indexOf(entry), 1);
      this.tell(job.id);
    }
  }

  private tell(id: number): void {
    for (const hear of this.hearers) hear(id);
  }

  /** How far the import's job is; null where none is under way. */
  progressOf(id: number): ImportProgress | null {
    return this.entries.find((e) => e.job.id === id)?.progress ?? null;
  }

  /** Calls back at each step of any job, with its import. @returns how to end it */
  listen(hear: (id: number) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /**
   * Stops the import's jobs, or keeps them from beginning.
   * @param which of them; all, where it is not said
   * @returns whether there was one that could be stopped
   */
  stop(id: number, which: readonly Job['do'][] = ['check', 'commit', 'undo', 'effect']): boolean {
    const entries = this.entries.filter((e) => e.job.id === id && which.includes(e.job.do));
    for (const entry of entries) entry.stopped = entry.running ? entry.running.stop() : true;
    return entries.some((e) => e.stopped);
  }

  /** Is such a job of the import under way, or waiting for its turn? */
  has(id: number, what: Job['do']): boolean {
    return this.entries.some((e) => e.job.id === id && e.job.do === what);
  }

  /** Waits until no job holds the database against other changes. */
  async free(): Promise<void> {
    while (this.entries.some((e) => e.running && holdsDatabase(e.job))) await this.last.catch(() => {});
  }

  async close(): Promise<void> {
    for (const entry of this.entries) entry.stopped = entry.running ? entry.running.stop() : true;
    await this.place.close();
    await this.last.catch(() => {});
  }
}

/** The work was stopped by somebody, or by what came before it. */
export class Stopped extends Refusal {
  constructor(id: number) {
    super(409, `the work on import ${id} was stopped`);
    this.name = 'Stopped';
  }
}

const stopped = ({ id }: Job): Stopped => new Stopped(id);

/** Jobs in this thread: for a database that no other can open, and for commands. They cannot be stopped. */
export const here = (db: Db, { now, limits }: { now: () => Date; limits: Limits }): Place => ({
  start: (job, progress) => ({ done: doJob(db, job, { now, limits, progress }), stop: () => false }),
  close: () => Promise.resolve(),
});
