import type { ImportProgress, ImportReply } from '../../../shared/imports.ts';

/**
 * Is something being done to the import just now? While a checked one is compared, to try out what its
 * commit would move, it still waits for its commit.
 */
export const isUnderWay = ({ status, progress }: Pick<ImportReply, 'status' | 'progress'>): boolean =>
  status === 'checking' || (progress !== null && progress.phase !== 'comparing');

export type Listening = {
  progress: (progress: ImportProgress) => void;
  done: () => void;
  /** The events broke off before the end. */
  lost: () => void;
};
/** The world as `follow` needs it; tests pass their own. Each call returns how to stop it. */
export type Outside = {
  listen: (id: number, to: Listening) => () => void;
  ask: (id: number) => Promise<Pick<ImportReply, 'status' | 'progress'>>;
  wait: (task: () => void) => () => void;
};

/**
 * Follows an import's work to its end: by the server's events, and where these fail by asking again
 * and again. A question that fails is asked again, too: the work goes on without the page.
 * @returns stops following; the work itself goes on
 */
export function follow(
  id: number,
  tell: { progress: (progress: ImportProgress) => void; done: () => void },
  outside: Outside,
): () => void {
  let ended = false;
  let stop = (): void => {};
  const done = (): void => {
    if (ended) return;
    ended = true;
    stop();
    tell.done();
  };
  async function poll(): Promise<void> {
    const state = await outside.ask(id).catch(() => null);
    if (ended) return;
    if (state !== null && !isUnderWay(state)) return done();
    if (state?.progress) tell.progress(state.progress);
    stop = outside.wait(() => void poll());
  }
  stop = outside.listen(id, {
    progress: (p) => ended || tell.progress(p),
    done,
    lost: () => {
      if (ended) return;
      stop();
      void poll();
    },
  });
  return () => {
    ended = true;
    stop();
  };
}
