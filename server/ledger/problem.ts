import type { ImportProblem, ProblemCode } from '../../shared/api.ts';
import type { Text } from '../../shared/text.ts';
import { cellName } from './sheet.ts';

export type Severity = ImportProblem['severity'];

/** Where in what was sent. Row and column count from 0; either may be absent. */
export type Place = {
  readonly file: string;
  readonly sheet: string | null;
  readonly row?: number;
  readonly column?: number;
};

/** Codes that always leave something out; the others warn unless told otherwise. */
const errors: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unit.unknown',
  'unit.closed',
  'kind.unknown',
  'date.missing',
  'date.invalid',
  'date.year_missing',
  'count.invalid',
  'present_gt_expected',
  'closed_before_raised',
  'required.missing',
  'file.unreadable',
  'file.too_large',
]);

/** One finding, at its cell. A long cell's text is cut: the ledger itself holds the rest. */
export function problem(
  place: Place,
  code: ProblemCode,
  message: Text,
  { value = null, severity }: { value?: string | null; severity?: Severity } = {},
): ImportProblem {
  const { file, sheet, row, column } = place;
  return {
    file,
    sheet,
    cell: row === undefined || column === undefined ? null : cellName(column, row),
    row: row === undefined ? null : row + 1,
    code,
    severity: severity ?? (errors.has(code) ? 'error' : 'warning'),
    message,
    value: value !== null && value.length > 200 ? `${value.slice(0, 200)}…` : value,
  };
}
