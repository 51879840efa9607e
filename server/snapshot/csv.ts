import type { Table } from '../../shared/charts/view.ts';
import type { Lang } from '../../shared/text.ts';
import type { Sealed } from './sealed.ts';
import { contextLines } from './sheet.ts';

/** Excel reads UTF-8 only behind a byte order mark. */
const BOM = '\uFEFF';

/**
 * A cell's text, made safe for a spreadsheet: what would be run as a formula gets an apostrophe
 * before it (OWASP, CSV injection; full-width forms too, which Excel folds). Numbers stay numbers.
 */
export function guarded(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  return /^[\s\u3000]*[=+\-@＝＋－＠]|^[\t\r]/.test(text) ? `'${text}` : text;
}

/** RFC 4180: quoted where a comma, a quote or a line break stands in it. */
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((text) => quoted(guarded(text))).join(',') + '\r\n').join('');

/**
 * A view's table as CSV: bare figures where they say all (a ratio in 0…1), else their words. Beside each
 * column of figures stands the state of each in words: a file has neither hatch nor outline.
 */
export function tableCsv(table: Table, lang: Lang): string {
  const state = { zh: '状态', en: 'state' }[lang];
  const isStated = table.columns.map((_, i) =>
    table.rows.some((row) => i > 0 && row.cells[i - 1]?.state !== undefined),
  );
  const columns = table.columns.flatMap((name, i) => (isStated[i] ? [name, `${name} ${state}`] : [name]));
  const rows = table.rows.map((row) => [
    row.label,
    ...row.cells.flatMap((cell, i) => {
      const text = cell.value === undefined ? cell.text : String(cell.value);
      return isStated[i + 1] ? [text, cell.state ?? ''] : [text];
    }),
  ]);
  return BOM + csv([columns, ...rows]);
}

/** The snapshot's table, and below an empty line what it is, of what, as of when, and who made it. */
export const snapshotCsv = (sealed: Sealed): string =>
  tableCsv(sealed.table, sealed.lang) + csv([[], ...contextLines(sealed).map((line) => [line])]);
