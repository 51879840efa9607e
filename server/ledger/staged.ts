import type { ColumnType } from '../../db/dialect.ts';
import type {
  ActivityTable,
  HeadcountTable,
  NewCoverage,
  RecordColumns,
  RectificationTable,
  VisitTable,
  VolunteeringTable,
} from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';

/** A family's own columns, as they are stored. */
export type Figures = {
  activity: Omit<ActivityTable, keyof RecordColumns>;
  visit: Omit<VisitTable, keyof RecordColumns>;
  volunteering: Omit<VolunteeringTable, keyof RecordColumns>;
  rectification: Omit<RectificationTable, keyof RecordColumns>;
  headcount: Omit<HeadcountTable, keyof RecordColumns>;
};

/** The columns of each family's figures, in the order in which they are staged and stored. */
export const figureColumns = {
  activity: [
    'end_date',
    'approximate',
    'form',
    'place',
    'expected',
    'expected_min',
    'present',
    'present_min',
    'on_duty',
    'excused',
    'unexcused',
    'exempt',
    'hours',
    'note',
  ],
  visit: [
    'end_date',
    'approximate',
    'kind',
    'participants',
    'participants_min',
    'raised',
    'raised_min',
    'resolved',
    'resolved_min',
    'note',
  ],
  volunteering: [
    'end_date',
    'approximate',
    'place',
    'participants',
    'participants_min',
    'hours',
    'beneficiaries',
    'note',
  ],
  rectification: [
    'approximate',
    'origin',
    'nature',
    'measure',
    'responsible_department',
    'due_on',
    'extended_to',
    'reported_on',
    'closed_on',
    'progress',
    'note',
  ],
  headcount: ['members'],
} as const satisfies { readonly [F in Family]: readonly (keyof Figures[F])[] };

const counts: ReadonlySet<string> = new Set<keyof Figures['activity'] | keyof Figures['visit'] | 'members'>([
  'approximate',
  'exempt',
  'on_duty',
  'excused',
  'unexcused',
  'members',
  ...(['expected', 'present', 'participants', 'raised', 'resolved'] as const).flatMap(
    (figure) => [figure, `${figure}_min`] as const,
  ),
]);

/** How a column of figures is stored. */
export const figureType = (column: string): ColumnType =>
  column === 'hours' ? 'real' : counts.has(column) ? 'integer' : 'text';

/** Where a staged row stands in what was sent; `fileNo` and `sheetNo` count from 1. */
export type Origin = {
  readonly fileNo: number;
  readonly sheetNo: number;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
};

type Content<F extends Family> = {
  readonly family: F;
  readonly unit: string;
  readonly date: string;
  readonly title: string | null;
  /** A main figure that the ledger has a column for is unknown, or only bounded. */
  readonly unknown: boolean;
  /** Kinds of activity; empty for the other families. */
  readonly kinds: readonly string[];
  readonly figures: Figures[F];
};
export type StagedRecord = { [F in Family]: Content<F> & Origin & { readonly fingerprint: string } }[Family];

/** What a family's reader makes of a row, before its unit and source are put to it. */
export type Draft = { [F in Family]: Omit<Content<F>, 'unit' | 'date'> }[Family];

export type StagedContradiction = Origin & {
  /** The row's cells as text, a JSON array. */
  readonly raw: string;
  readonly family: Family;
  readonly unit: string;
  readonly date: string;
  readonly title: string | null;
  readonly code: string;
  /** Of a total that differs in several cells: `F6, G6`. */
  readonly cell: string | null;
  /** The cell's text; of a total, written and summed: `51 ≠ 50, 9 ≠ 8`. */
  readonly value: string | null;
  readonly fingerprint: string;
};

/** What a commit would store. */
export type Staged = {
  readonly records: StagedRecord[];
  readonly contradictions: StagedContradiction[];
  readonly coverage: NewCoverage[];
};
