import { defineAsyncComponent, hydrateOnInteraction, type Component } from 'vue';
import { whenIdle } from './reader.ts';

/**
 * A page that the server has drawn is taken over part by part, each in a task of its own: taken over at once, it would
 * answer no press for as long as all of it takes.
 */
const waiting: (() => void)[] = [];
let drained: Promise<void> | null = null;

/** What has been done so far is shown, and what was pressed is heard, before more is done. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function drain(): Promise<void> {
  await nextTask();
  for (let take = waiting.shift(); take; take = waiting.shift()) {
    // A part that fails is told of, and keeps no other from its turn: until all have had theirs, presses are held.
    try {
      take();
    } catch (error) {
      reportError(error);
    }
    await nextTask();
  }
  drained = null;
}

/** The same component, which waits for its turn where it takes over what the server has drawn. */
export const inTurn = <T extends Component>(part: T): T =>
  defineAsyncComponent({
    loader: () => Promise.resolve(part),
    hydrate: (take) => {
      waiting.push(take);
      drained ??= drain();
      return () => {
        const at = waiting.indexOf(take);
        if (at >= 0) waiting.splice(at, 1);
      };
    },
  }) as T;

/** What comes before a press, whichever way a reader presses. */
const approaches: (keyof HTMLElementEventMap)[] = ['pointerenter', 'focusin', 'click'];

/**
 * The same component, which takes over what the server has drawn when a reader comes near it: a menu that nobody opens
 * is left as it is. To be made in the setup of each that shows it, since Vue cannot yet change two untaken parts of one;
 * and to be keyed by the language, which it would not hear of.
 */
export const onApproach = <T extends Component>(part: T): T =>
  defineAsyncComponent({
    loader: () => Promise.resolve(part),
    hydrate: hydrateOnInteraction(approaches),
  }) as T;

/** A page that nobody looks at has no frames. Milliseconds. */
const LONGEST_FRAME = 200;

/** What has been done so far is laid out and painted. */
const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 0));
    setTimeout(resolve, LONGEST_FRAME);
  });

let rested: Promise<void> = Promise.resolve();

/** One after the other, each when the browser has nothing else to do and the one before it is laid out. */
export function atRest(then: () => void): void {
  rested = rested.then(async () => {
    await new Promise<void>((resolve) => whenIdle(resolve));
    then();
    await nextFrame();
  });
}

/** What is set up now may find that the server has drawn it. */
export const isTakingOver = (): boolean => drained !== null;

/** Resolves when no part waits. */
export async function noneWaits(): Promise<void> {
  while (drained) await drained;
}

/** Resolves when every part has been taken over, and has been told how much room it has. */
export async function allTaken(): Promise<void> {
  // The first parts come to wait only after the page is mounted.
  await nextTask();
  await noneWaits();
  await nextFrame();
}
