import type { Lang } from '../../shared/text.ts';
import type { Sheet } from './sheet.ts';

/** The sheet of explanations in a template of ours: its name, which also stands in its first cell. */
export const notesName: Readonly<Record<Lang, string>> = { zh: '填写说明', en: 'How to fill in' };

/** Nothing in such a sheet is anybody's record, and nobody needs to be told that it was not read. */
export const isOwnNotes = ({ name, rows }: Sheet): boolean =>
  Object.values(notesName).includes(name) && rows[0]?.row === 0 && rows[0].cells.get(0)?.text === name;
