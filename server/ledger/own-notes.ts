import type { Lang } from '../../shared/text.ts';
import type { SheetRow } from './sheet.ts';

/** The sheet of explanations in a template of ours: its name, which also stands in its first cell. */
export const notesName: Readonly<Record<Lang, string>> = { zh: '填写说明', en: 'How to fill in' };

export const notesNames: readonly string[] = Object.values(notesName);

/** Nothing in such a sheet is anybody's record, and nobody needs to be told that it was not read. */
export const isOwnNotes = (name: string, [first]: readonly SheetRow[]): boolean =>
  notesNames.includes(name) && first?.row === 0 && first.cells.get(0)?.text === name;
