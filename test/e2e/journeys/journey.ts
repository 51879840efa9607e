import type { Page } from 'playwright-core';
import type { Unit } from '../../../shared/unit.ts';
import type { Lang } from '../../../shared/text.ts';
import { hands, type Hand } from '../hands.ts';

/** What a reader calls a view, and writes on a point. */
export const OWN_NAME = '班子会';
export const OWN_NOTE = '台风停航两周';

/** The centre that all journeys lead through. */
export type Centre = {
  readonly root: string;
  /** From a branch down to the group that keeps a ledger of its own. */
  readonly path: readonly Unit[];
  /** What people called things: units, titles, files. */
  readonly names: readonly string[];
};

/** Somebody on the way: by one hand, in one language. */
export type Walk = {
  readonly page: Page;
  readonly hand: Hand;
  readonly lang: Lang;
  readonly centre: Centre;
  /** Looks at what lies over the page now as at a page: axe, and the language. */
  readonly look: (what: string) => Promise<void>;
  /** Nothing is under way any more. */
  readonly stands: () => Promise<void>;
};

/** What a reader comes for, written once for every hand and language. */
export type Journey = {
  readonly name: string;
  /** Where it begins. */
  readonly from: (centre: Centre) => string;
  readonly steps: (walk: Walk) => Promise<void>;
};

export type Way = { readonly hand: Hand; readonly lang: Lang };
/** In such an order that two that follow each other share neither hand nor language. */
const ways: readonly Way[] = ([0, 1] as const).flatMap((from) =>
  hands.map((hand, i) => ({ hand, lang: (i + from) % 2 === 0 ? ('zh' as const) : ('en' as const) })),
);

/** The ways in which a journey is gone: all six, or one of them, in turn over the journeys. */
export const waysOf = (journey: number, isLong: boolean): readonly Way[] =>
  isLong ? ways : ways.slice(journey % ways.length).slice(0, 1);
