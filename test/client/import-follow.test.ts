import { expect, test } from 'vitest';
import { follow, isUnderWay, type Listening } from '../../client/components/imports/follow.ts';
import type { ImportProgress, ImportReply } from '../../shared/imports.ts';

type State = Pick<ImportReply, 'status' | 'progress'>;
const at = (done: number): ImportProgress => ({ phase: 'reading', done, of: 100 });
const going = (done: number): State => ({ status: 'checking', progress: at(done) });

/** A world in which the test is the server and the clock. */
function world(states: (State | Error)[]) {
  const seen: number[] = [];
  const world_ = {
    seen,
    ends: 0,
    closed: 0,
    events: null as Listening | null,
    tick: null as (() => void) | null,
  };
  const stop = follow(
    7,
    { progress: (p) => seen.push(p.done), done: () => world_.ends++ },
    {
      listen: (_, to) => {
        world_.events = to;
        return () => world_.closed++;
      },
      ask: () => {
        const state = states.shift();
        return state === undefined || state instanceof Error
          ? Promise.reject(state ?? new Error('asked too often'))
          : Promise.resolve(state);
      },
      wait: (task) => {
        world_.tick = task;
        return () => (world_.tick = null);
      },
    },
  );
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  return { world: world_, stop, settled };
}

test('the events are followed to their end, and closed once', () => {
  const { world: w } = world([]);
  w.events?.progress(at(10));
  w.events?.progress(at(20));
  w.events?.done();
  w.events?.done();
  expect([w.seen, w.ends, w.closed]).toEqual([[10, 20], 1, 1]);
});

test('where the events break off, the import is asked for until it rests, past a failed question', async () => {
  const { world: w, settled } = world([
    going(30),
    new Error('lost'),
    going(60),
    { status: 'checked', progress: null },
  ]);
  w.events?.lost();
  for (let i = 0; i < 4; i++) {
    await settled();
    w.tick?.();
  }
  await settled();
  expect([w.seen, w.ends, w.closed]).toEqual([[30, 60], 1, 1]);
});

test('who has left hears no more', async () => {
  const { world: w, stop, settled } = world([going(30)]);
  w.events?.lost();
  stop();
  await settled();
  w.events?.progress(at(40));
  w.events?.done();
  expect([w.seen, w.ends, w.tick]).toEqual([[], 0, null]);
});

test('a commit of a checked import is under way, too', () => {
  expect(isUnderWay(going(1))).toBe(true);
  expect(isUnderWay({ status: 'checked', progress: { phase: 'storing', done: 0, of: null } })).toBe(true);
  expect(isUnderWay({ status: 'checked', progress: null })).toBe(false);
  // Its effect is being tried out.
  const comparing = { phase: 'comparing', done: 0, of: null } as const;
  expect(isUnderWay({ status: 'checked', progress: comparing })).toBe(false);
  expect(isUnderWay({ status: 'checking', progress: comparing })).toBe(true);
});
