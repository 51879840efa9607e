import type { Db } from '../../db/connect.ts';
import type { CommitChoices, EffectReply, ImportProgress } from '../../shared/imports.ts';
import type { Limits } from '../ledger/unreadable.ts';
import { readIn } from '../queries/import-check.ts';
import { commitImport, undoImport } from '../queries/imports.ts';
import { importEffect } from '../queries/import-effect.ts';
import type { SentFile } from './files.ts';

/** A piece of work on one import that takes a while. `files` are those that are new; a check without any reads the kept ones again. */
export type Job =
  | { readonly do: 'check'; readonly id: number; readonly files?: readonly SentFile[] }
  | { readonly do: 'commit'; readonly id: number; readonly actor: string; readonly choices: CommitChoices }
  | {
      readonly do: 'undo';
      readonly id: number;
      readonly actor: string;
      readonly edited?: 'keep' | 'drop' | undefined;
    }
  | { readonly do: 'effect'; readonly id: number; readonly choices: CommitChoices };

type Results = {
  check: null;
  commit: Awaited<ReturnType<typeof commitImport>>;
  undo: Awaited<ReturnType<typeof undoImport>>;
  effect: EffectReply;
};
export type ResultOf<J extends Job> = Results[J['do']];

/** Does the job hold the database against other changes until it is done? */
export const holdsDatabase = (job: Job): boolean => job.do !== 'check';

/** Does a job, wherever it has been put. @throws Refusal */
export async function doJob<J extends Job>(
  db: Db,
  job: J,
  { now, limits, progress }: { now: () => Date; limits: Limits; progress: (at: ImportProgress) => void },
): Promise<ResultOf<J>> {
  const run = async (): Promise<Results[Job['do']]> => {
    switch (job.do) {
      case 'check':
        await readIn(db, job.id, job.files ?? [], { now }, { limits, progress });
        return null;
      case 'commit':
        return commitImport(db, job.id, { now, actor: job.actor }, { choices: job.choices, progress });
      case 'undo':
        progress({ phase: 'undoing', done: 0, of: null });
        return undoImport(db, job.id, { now, actor: job.actor }, job.edited);
      case 'effect':
        progress({ phase: 'comparing', done: 0, of: null });
        return importEffect(db, job.id, job.choices);
    }
  };
  return (await run()) as ResultOf<J>;
}
