import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { CommitChoices, ImportProgress, ImportReply, TableChoice } from '../../shared/imports.ts';
import { ApiProblem, get, send } from '../api.ts';
import { follow, isUnderWay, type Outside } from '../components/imports/follow.ts';

export type Deed = 'check' | 'commit' | 'undo' | 'drop';
type EditedChoice = 'keep' | 'drop';

const POLL_MS = 1500;

const browser: Outside = {
  listen(id, to) {
    const events = new EventSource(`/api/imports/${id}/events`);
    events.addEventListener('progress', (e) => to.progress(JSON.parse(e.data) as ImportProgress));
    events.addEventListener('done', () => to.done());
    events.onerror = () => to.lost();
    return () => events.close();
  },
  ask: (id) => get<ImportReply>(`/imports/${id}`),
  wait(task) {
    const timer = setTimeout(task, POLL_MS);
    return () => clearTimeout(timer);
  },
};

const deedUnderWay: Readonly<Record<ImportReply['status'], Deed | null>> = {
  checking: null,
  checked: 'commit',
  committed: 'undo',
  undone: null,
  dropped: null,
};
const isReply = (reply: unknown): reply is Pick<ImportReply, 'status'> =>
  typeof reply === 'object' && reply !== null && 'status' in reply;

/**
 * One import as the page holds it: its report, what is being done to it and how far that is. While a
 * checked one is checked again its former report stays, so that the place in the page does.
 */
export function useImport(opened: () => number | null): {
  report: ShallowRef<ImportReply | null>;
  /** Grows with each report: what was asked of a former one is asked again. */
  edition: Ref<number>;
  progress: Ref<ImportProgress | null>;
  doing: Ref<Deed | null>;
  /** Why there is no report. */
  error: Ref<Error | null>;
  /** Why the last deed was refused. */
  refusal: Ref<Error | null>;
  load: () => Promise<void>;
  check: (tables: () => TableChoice[]) => Promise<boolean>;
  commit: (choices: CommitChoices) => Promise<boolean>;
  undo: (edited?: EditedChoice) => Promise<boolean>;
} {
  const report = shallowRef<ImportReply | null>(null);
  const edition = ref(0);
  const progress = ref<ImportProgress | null>(null);
  const doing = ref<Deed | null>(null);
  const error = ref<Error | null>(null);
  const refusal = ref<Error | null>(null);
  let turn = 0;
  let leave = (): void => {};

  function take(reply: ImportReply): void {
    progress.value = reply.progress;
    const former = report.value;
    if (reply.status === 'checking' && former?.id === reply.id && former.status === 'checked') return;
    report.value = reply;
    edition.value += 1;
  }
  const followed = (id: number): Promise<void> =>
    new Promise((resolve) => {
      const stop = follow(id, { progress: (p) => (progress.value = p), done: resolve }, browser);
      leave = () => {
        stop();
        resolve();
      };
    });

  /** Brings the report up to date; comes back when nothing is under way any more. */
  async function settle(id: number): Promise<void> {
    const mine = turn;
    for (;;) {
      const reply = await get<ImportReply>(`/imports/${id}`);
      if (mine !== turn) return;
      take(reply);
      if (!isUnderWay(reply)) return;
      // Begun by somebody else, or before the page was opened.
      doing.value ??= deedUnderWay[reply.status];
      await followed(id);
      if (mine !== turn) return;
    }
  }
  async function load(): Promise<void> {
    const id = opened();
    turn += 1;
    leave();
    [error.value, refusal.value, progress.value, doing.value] = [null, null, null, null];
    if (id === null || report.value?.id !== id) report.value = null;
    if (id === null) return;
    const mine = turn;
    await settle(id).catch((problem: Error) => {
      if (mine === turn) error.value = problem;
    });
    if (mine === turn) [doing.value, progress.value] = [null, null];
  }

  /** Does it, waits for its end; false where it was refused, or the page has turned to another import. */
  async function deed(what: Deed, task: (id: number) => Promise<unknown>): Promise<boolean> {
    const id = opened();
    const mine = turn;
    if (id === null) return false;
    doing.value = what;
    refusal.value = null;
    let isDone = true;
    try {
      const reply = await task(id);
      // What was only begun is waited for, even where it has not yet said that it is under way.
      if (what === 'commit' && isReply(reply) && reply.status === 'checked') await followed(id);
      await settle(id);
    } catch (refused) {
      isDone = false;
      if (mine === turn) refusal.value = refused as Error;
      // Somebody else has done something to it meanwhile: the page is to show what.
      if (refused instanceof ApiProblem && refused.status === 409) await settle(id).catch(() => undefined);
    }
    if (mine !== turn) return false;
    doing.value = null;
    progress.value = null;
    return isDone;
  }

  let isWanted = false;
  let running: Promise<boolean> | null = null;
  /** Checks again; what is asked while a check runs is done by one more after it. */
  function check(tables: () => TableChoice[]): Promise<boolean> {
    isWanted = true;
    running ??= deed('check', async (id) => {
      while (isWanted) {
        isWanted = false;
        await send('POST', `/imports/${id}/check`, { tables: tables() }, true);
        await settle(id);
      }
    }).finally(() => ([isWanted, running] = [false, null]));
    return running;
  }
  const commit = (choices: CommitChoices): Promise<boolean> =>
    deed('commit', (id) => send('POST', `/imports/${id}/commit`, choices, true));
  const undo = (edited?: EditedChoice): Promise<boolean> =>
    deed(report.value?.status === 'committed' ? 'undo' : 'drop', (id) =>
      send('DELETE', `/imports/${id}${edited === undefined ? '' : `?edited=${edited}`}`),
    );

  watch(opened, load, { immediate: true });
  onScopeDispose(() => {
    turn += 1;
    leave();
  });
  return { report, edition, progress, doing, error, refusal, load, check, commit, undo };
}
