import type { Table } from '../../shared/charts/view.ts';

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

/** A view's table as CSV: bare figures where they say all (a ratio in 0…1), else their words. */
export function tableCsv(table: Table): string {
  const rows = [
    table.columns,
    ...table.rows.map((row) => [
      row.label,
      ...row.cells.map((cell) => (cell.value === undefined ? cell.text : String(cell.value))),
    ]),
  ];
  return BOM + rows.map((row) => row.map((text) => quoted(guarded(text))).join(',')).join('\r\n') + '\r\n';
}
