import type { ImportProblem } from '../../shared/api.ts';
import { lineStates, type LineState } from '../../shared/imports.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { maskedCells, type Masks } from './masked.ts';
import type { Scalar } from '../ledger/scalar-json.ts';
import { cellTexts } from '../ledger/sheet.ts';
import { figureColumns, type StagedRecord } from '../ledger/staged.ts';
import type { Line } from '../ledger/table.ts';

export type StagedProblem = readonly [
  column: number,
  code: ImportProblem['code'],
  isError: 0 | 1,
  zh: string,
  en: string,
  value: string | null,
];
/** What was read of a line. Of a line that is left out the print is '', and what could not be read is '' or null. */
export type StagedContent = readonly [
  family: number,
  unit: string,
  date: string,
  title: string | null,
  kinds: readonly string[],
  figures: readonly Scalar[] | null,
  print: string,
];
/**
 * Lines of an import as they wait in the database, some hundreds a part: lists without names of fields, since a large
 * ledger is written and read a million lines at a time.
 */
export type StagedLine = readonly [
  row: number,
  is: number,
  cells: readonly string[],
  problems: readonly StagedProblem[],
  content: StagedContent | null,
  /** Of a record, the cells as they are kept, where less is kept than was read. */
  masked?: readonly string[],
];

/** Where in a staged line what a record is made of stands. */
export const inLine = {
  row: [0],
  is: [1],
  cells: [2],
  content: [4],
  masked: [5],
} as const;
/** And where in its content. */
export const inContent = { unit: [1], date: [2], title: [3], kinds: [4], figures: [5], print: [6] } as const;

export const stateOf = (line: StagedLine): LineState => lineStates[line[1]] ?? 'beside';
export const stateNo = (is: LineState): number => lineStates.indexOf(is);
export const familyOf = (content: StagedContent): Family => families[content[0]] ?? 'activity';

const valuesOf = (family: Family, figures: object): Scalar[] =>
  figureColumns[family].map((column) => (figures as Record<string, Scalar>)[column] ?? null);

/** A line as it is staged. `record` is what a commit would store of it, with its cells masked. */
export function stagedLine(
  line: Line,
  is: LineState,
  { record, masks }: { readonly record: StagedRecord | null; readonly masks: Masks },
): StagedLine {
  const cells = cellTexts(line.cells);
  const problems = line.problems.map(
    (p) =>
      [
        columnIn(p.cell),
        p.code,
        p.severity === 'error' ? 1 : 0,
        p.message.zh,
        p.message.en,
        p.value,
      ] as const,
  );
  const no = stateNo(is);
  if (!record) return [line.row, no, cells, problems, readOf(line)];
  const masked = maskedCells(cells, masks);
  const content = contentOf(record);
  return masked === cells
    ? [line.row, no, cells, problems, content]
    : [line.row, no, cells, problems, content, masked];
}

const contentOf = (r: StagedRecord): StagedContent => [
  families.indexOf(r.family),
  r.unit,
  r.date,
  r.title,
  r.kinds,
  valuesOf(r.family, r.figures),
  r.fingerprint,
];

function readOf({ judged, taken }: Line): StagedContent | null {
  if (taken) {
    const { family, title, kinds, figures } = taken.draft;
    return [families.indexOf(family), taken.unit, taken.date, title, kinds, valuesOf(family, figures), ''];
  }
  if (!judged) return null;
  const { draft, unit, date } = judged;
  return [
    draft ? families.indexOf(draft.family) : -1,
    unit?.code ?? '',
    date.is === 'date' ? date.date : '',
    draft?.title ?? null,
    draft?.kinds ?? [],
    draft ? valuesOf(draft.family, draft.figures) : null,
    '',
  ];
}

/** `F12` is column 5; -1 where the finding is of the line as a whole. */
export function columnIn(cell: string | null): number {
  const letters = /^[A-Z]+/.exec(cell ?? '')?.[0] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
