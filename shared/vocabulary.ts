import { ledgerColumns, originalRow, whyReturned, type Column } from './fields.ts';
import type { VocabularyDraft } from './imports.ts';
import { families, kinds, type Family, type Kind } from './kinds.ts';

/** What a word of a ledger may be taught to mean. */

/** Ledgers whose rows are of kinds. */
export const kindScopes = ['activity', 'visit'] as const;
export type KindScope = (typeof kindScopes)[number];

export const isFamily = (scope: string): scope is Family => (families as readonly string[]).includes(scope);
export const isKindScope = (scope: string): scope is KindScope =>
  (kindScopes as readonly string[]).includes(scope);

/** Kinds that a ledger of the scope may name. */
export const kindsOf = (scope: KindScope): readonly Kind[] =>
  kinds.filter((kind) => (kind.family === 'visit') === (scope === 'visit'));

/** A known column that no figure needs. */
export const unusedColumn: Column = {
  key: 'ignored',
  type: 'ignored',
  label: { zh: '不用这一列', en: 'Not used' },
  headings: [],
};

// Written by us alone, in files that are sent back.
const ours = [originalRow.key, whyReturned.key];

/** Columns that a heading of the ledger may mean; any other is `unusedColumn`. */
export const columnsOf = (ledger: Family): readonly Column[] =>
  ledgerColumns[ledger].filter((column) => !ours.includes(column.key));

/** The column that a heading of the ledger may mean; undefined for a key that is none. */
export const columnOf = (ledger: Family, key: string): Column | undefined =>
  key === unusedColumn.key ? unusedColumn : columnsOf(ledger).find((column) => column.key === key);

/** Figures and dashes mean nothing: a word has a letter, or a character, in it. */
export const hasLetter = (word: string): boolean => /\p{L}/u.test(word);

/** Ledgers in which a word of this sort is at home; none for units, which are called the same in all. */
export const scopesOf = (what: VocabularyDraft['what']): readonly Family[] =>
  what === 'heading' ? families : what === 'kind' ? kindScopes : [];
