import type { ImportProblem, ProblemCode } from '../../shared/api.ts';
import type { Text } from '../../shared/text.ts';
import type { DateContext } from './dates.ts';
import type { Headed } from './header.ts';
import { noDayHours, type DayHours } from './hours.ts';
import { problem, type Severity } from './problem.ts';
import { cellName, type Cell, type Cells } from './sheet.ts';

/** Findings that make a row a contradiction of its own, not only a row that cannot be read. */
export type Contradiction = {
  readonly code: ProblemCode;
  readonly cell: string | null;
  readonly value: string | null;
  readonly month: string | null;
};

export type RowSource = {
  readonly file: string;
  readonly sheet: string;
  readonly columns: ReadonlyMap<string, readonly Headed[]>;
  readonly dates: DateContext;
};

/** One row of a ledger under its headings; it gathers what is found wrong with it. */
export class LedgerRow {
  readonly problems: ImportProblem[] = [];
  contradiction: Contradiction | null = null;

  constructor(
    private readonly source: RowSource,
    /** Counts from 0. */
    readonly row: number,
    readonly cells: Cells,
    readonly dates: DateContext,
    readonly dayHours: DayHours = noDayHours,
  ) {}

  get rejected(): boolean {
    return this.problems.some((p) => p.severity === 'error');
  }

  has(key: string): boolean {
    return this.source.columns.has(key);
  }

  /** The column read for a key: the first that is filled, of those so headed. */
  headed(key: string): Headed | undefined {
    const columns = this.source.columns.get(key);
    return columns?.find((c) => this.cells.has(c.at)) ?? columns?.[0];
  }

  cell(key: string): Cell | undefined {
    const column = this.headed(key);
    return column && this.cells.get(column.at);
  }

  text(key: string): string | null {
    return this.cell(key)?.text ?? null;
  }

  /** Finds something at the key's cell (at the row, where no column has the key). */
  find(
    code: ProblemCode,
    key: string,
    message: Text,
    options: { severity?: Severity; value?: string } = {},
  ): void {
    const { file, sheet } = this.source;
    const column = this.headed(key)?.at;
    const value = options.value ?? this.text(key);
    this.problems.push(problem({ file, sheet, row: this.row, column }, code, message, { ...options, value }));
  }

  /** A finding that says two things that cannot both be; the row is left out. */
  contradict(code: ProblemCode, key: string, message: Text, month: string | null = null): void {
    this.find(code, key, message, { severity: 'error' });
    const column = this.headed(key)?.at;
    this.contradiction ??= {
      code,
      cell: column === undefined ? null : cellName(column, this.row),
      value: this.text(key),
      month,
    };
  }
}
