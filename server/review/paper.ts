import type { Lang } from '../../shared/text.ts';
import { reviewWords, type ReviewWords } from './words.ts';
import type { Review } from '../../shared/review.ts';

/** The report as paper: blocks in their order and the notes that its figures point to. No Word in it yet. */

/** A line in a cell; `note` counts from 1 and stands after the text. */
export type Line = { readonly text: string; readonly note?: number };
export type Cell = readonly Line[];

export type Column = {
  readonly head: string;
  /** In parts of the table's width. */
  readonly width: number;
  readonly align?: 'right' | 'center';
};

export type Block =
  | { readonly is: TextBlock; readonly text: string; readonly link?: Link }
  | {
      readonly is: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
    };

/** `part`: 一、 · `theme`: （一） · `label`: over a table or a list · `author`: left to the author. */
export type TextBlock =
  'title' | 'under' | 'demo' | 'about' | 'part' | 'theme' | 'label' | 'line' | 'item' | 'author';

/** A page of the program, named by a word or two that lead there. */
export type Link = {
  readonly text: string;
  /** Path and query. */
  readonly address: string;
};

export type Note = {
  readonly text: string;
  /** To the page of the records. */
  readonly link: Link;
};

export type Paper = {
  readonly lang: Lang;
  readonly title: string;
  /** Stands at the head of every page; null for real data. */
  readonly demo: string | null;
  readonly made: Review['made'];
  /** Before the addresses of its links; empty: nowhere that is known. */
  readonly origin: string;
  readonly blocks: readonly Block[];
  readonly notes: readonly Note[];
};

/** What the parts of a paper are written with. */
export type Writing = {
  readonly review: Review;
  readonly lang: Lang;
  readonly w: ReviewWords;
  /** Files a note. @returns its number */
  readonly note: (note: Note) => number;
  /** The note that tells a KPI's rule in full: later ones point to it. */
  readonly rules: Map<string, number>;
};

export const writingOf = (review: Review, lang: Lang): Writing & { readonly notes: Note[] } => {
  const notes: Note[] = [];
  return { review, lang, w: reviewWords[lang], notes, note: (n) => notes.push(n), rules: new Map() };
};

export const plain = (text: string): Cell => [{ text }];
export const line = (text: string): Block => ({ is: 'line', text });
/** A line with a way to a page at its end. */
export const lineTo = (text: string, link: Link): Block => ({ is: 'line', text, link });
export const label = (text: string): Block => ({ is: 'label', text });
