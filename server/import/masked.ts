import { maskNames } from '../ledger/names.ts';
import { keysThatMayName } from '../../shared/fields.ts';
import type { ImportTable } from '../../shared/imports.ts';
import type { Headed } from '../ledger/header.ts';

/** Columns whose cells may hold names, and those that nobody has read. */
export type Masks = { readonly names: ReadonlySet<number>; readonly unread: ReadonlySet<number> };

export const noMasks: Masks = { names: new Set(), unread: new Set() };

export const masksOf = (columns: ImportTable['columns']): Masks => ({
  names: new Set(columns.filter((c) => c.key !== null && keysThatMayName.has(c.key)).map((c) => c.at)),
  unread: new Set(columns.filter((c) => c.key === null).map((c) => c.at)),
});

/** `若干`, `50余户`: a number that is not known names nobody. */
const uncounted = /^(?:约|近)?(?:\d{1,7}|若干|数十|多)(?:余|多|几)?(?:人次|人|名|户|家|件|个|次|项|位)?$/;

/** A cell's text with names of persons masked. */
export const maskedText = (text: string): string => (uncounted.test(text) ? text : maskNames(text));

/**
 * A row's cells as they are kept: names of persons masked, and what no column is known for left out, since nobody can
 * say whether it names anyone. The cells themselves, where that changes nothing.
 */
export function maskedCells(cells: readonly string[], { names, unread }: Masks): readonly string[] {
  let masked: string[] | null = null;
  const keep = (at: number, text: string): void => {
    if (text === cells[at]) return;
    masked ??= [...cells];
    masked[at] = text;
  };
  for (const at of unread) if (at < cells.length) keep(at, '');
  for (const at of names) if (at < cells.length) keep(at, maskedText(cells[at] ?? ''));
  return masked ?? cells;
}

/** The cells of a row whose text is more than is kept of it: what is written in full only where the office keeps names. */
export const namedCells = (
  cells: readonly string[],
  { names }: Pick<Masks, 'names'>,
): Record<number, string> =>
  Object.fromEntries(
    [...names].flatMap((at) => {
      const text = cells[at] ?? '';
      return text !== '' && maskedText(text) !== text ? [[at, text]] : [];
    }),
  );

/** The columns of a table, as its report tells them. */
export const columnsOf = (columns: readonly Headed[]): ImportTable['columns'] =>
  columns.map(({ at, heading, column }) => ({
    at,
    heading,
    key: column?.key ?? null,
    label: column?.label ?? null,
  }));
