import type { BriefingItem } from '../../../shared/briefing.ts';

/** An item of a draft, with a key of the page's own: the wire knows items by their places alone. */
export type Entry = { readonly key: number; readonly item: BriefingItem };

let last = 0;
export const entryOf = (item: BriefingItem): Entry => ({ key: ++last, item });

/** Has nothing been written in it yet? Such a one is not sent. */
export const isBlank = (item: BriefingItem): boolean =>
  (item.is === 'heading' || item.is === 'text') && item.text.trim() === '';

/** The list with the entry of place `from` at place `to`. */
export function movedTo(entries: readonly Entry[], from: number, to: number): Entry[] {
  const rest = entries.filter((_, i) => i !== from);
  const moved = entries[from];
  return moved ? [...rest.slice(0, to), moved, ...rest.slice(to)] : rest;
}
