import type { Place } from '../server/import/work.ts';

/** Work that waits until it is let go. */
export function held() {
  let inner: Place | null = null;
  let go: () => void = () => {};
  let gate: Promise<void> = Promise.resolve();
  const place: Place = {
    start: (job, progress) => ({
      done: gate.then(() => {
        if (!inner) throw new Error('there is no place for the work yet');
        return inner.start(job, progress).done;
      }),
      stop: () => false,
    }),
    close: () => Promise.resolve(),
  };
  return {
    place,
    in: (at: Place) => void (inner = at),
    hold: () => void (gate = new Promise((resolve) => (go = resolve))),
    release: () => go(),
  };
}
