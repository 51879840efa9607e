/** Columns of figures stand right. */
export type Column<R> = {
  readonly head: string;
  readonly of: (row: R) => string | number | null;
  readonly right?: boolean;
};

// East Asian wide characters take two columns of a terminal. Source: Unicode UAX #11, the ranges that ledgers use.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
// Line breaks, escapes and bidi marks from a ledger's cell would redraw the terminal.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

export const width = (text: string): number => [...text].reduce((n, c) => n + (WIDE.test(c) ? 2 : 1), 0);
export const printable = (text: string): string => text.replace(UNPRINTABLE, ' ');

/** Rows as text in columns, under a ruled line of headings. */
export function textTable<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  const cells = [
    columns.map((c) => c.head),
    ...rows.map((r) => columns.map((c) => printable(String(c.of(r) ?? '')))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => width(line[i] ?? ''))));
  const lines = cells.map((line) =>
    line
      .map((text, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - width(text));
        return columns[i]?.right ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((w) => '-'.repeat(w)).join('  '), ...lines.slice(1)].join('\n');
}

/**
 * RFC 4180 with a header line. Text that a spreadsheet would take for a formula is led by an
 * apostrophe; numbers stay numbers.
 */
export function csvTable<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  const lines = [columns.map((c) => c.head), ...rows.map((r) => columns.map((c) => c.of(r)))];
  return lines.map((line) => line.map(csvCell).join(',') + '\r\n').join('');
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
