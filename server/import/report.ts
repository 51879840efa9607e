import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { NewCoverage } from '../../db/types.ts';
import type { ImportQuestion, ImportReplace, ImportReply, ImportTwin } from '../../shared/imports.ts';
import type { TableStart } from '../ledger/parse.ts';
import { columnsOf } from './masked.ts';

/** More problems than anyone reads on a page; all of them stand in the grid and in the rejected-rows file. */
const LISTED = 2000;

type Table = ImportReply['sheets'][number];

/** What a check has found, as it is kept with the import. */
export type Report = Pick<
  ImportReply,
  | 'sheets'
  | 'problems'
  | 'problemsTotal'
  | 'problemCounts'
  | 'questions'
  | 'twins'
  | 'twinsTotal'
  | 'replaces'
  | 'tooLongToCompare'
> & {
  readonly coverage: readonly NewCoverage[];
  /** The version of the data that the rows were held against. */
  readonly version: number;
};

/** A report of nothing, for what has not been checked. */
export const noReport: Report = {
  sheets: [],
  problems: [],
  problemsTotal: 0,
  problemCounts: [],
  questions: [],
  twins: [],
  twinsTotal: 0,
  replaces: [],
  tooLongToCompare: false,
  coverage: [],
  version: 0,
};

/** Gathers a report as the rows go by. */
export class Reporting {
  private readonly tables: Table[] = [];
  private readonly starts = new Map<number, TableStart>();
  private readonly lines = new Map<number, number>();
  private readonly problems: ImportProblem[] = [];
  private readonly counts = new Map<string, number>();
  private readonly coverage = new Map<string, NewCoverage>();
  private total = 0;

  start(table: number, start: TableStart): void {
    this.starts.set(table, start);
  }

  line(table: number): void {
    this.lines.set(table, (this.lines.get(table) ?? 0) + 1);
  }

  problem(p: ImportProblem): void {
    this.total++;
    const key = `${p.severity} ${p.code}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.problems.length < LISTED) this.problems.push(p);
  }

  end(table: number, sheet: ImportSheet, coverage: readonly NewCoverage[]): void {
    const start = this.starts.get(table);
    this.tables.push({
      ...sheet,
      key: start?.key ?? `${table}`,
      header: start?.header ?? null,
      columns: start ? columnsOf(start.columns) : [],
      lines: this.lines.get(table) ?? 0,
    });
    for (const c of coverage) this.coverage.set(`${c.unit} ${c.family} ${c.from_month} ${c.to_month}`, c);
  }

  /** The database had so many of a table's rows already. */
  known(table: number, unknown: boolean): void {
    const sheet = this.late.get(table) ?? { known: 0, unknown: 0 };
    sheet.known++;
    if (unknown) sheet.unknown++;
    this.late.set(table, sheet);
  }
  private readonly late = new Map<number, { known: number; unknown: number }>();

  covered(): readonly NewCoverage[] {
    return [...this.coverage.values()];
  }

  report(rest: {
    readonly questions: readonly ImportQuestion[];
    readonly twins: readonly ImportTwin[];
    readonly twinsTotal: number;
    readonly replaces: readonly ImportReplace[];
    readonly tooLongToCompare: boolean;
    readonly version: number;
  }): Report {
    return {
      sheets: this.tables.map((sheet, i) => {
        const { known, unknown } = this.late.get(i + 1) ?? { known: 0, unknown: 0 };
        return {
          ...sheet,
          accepted: sheet.accepted - known,
          unknown: sheet.unknown - unknown,
          duplicates: sheet.duplicates + known,
        };
      }),
      problems: this.problems,
      problemsTotal: this.total,
      problemCounts: [...this.counts].map(([key, count]) => {
        const [severity, code] = key.split(' ') as [ImportProblem['severity'], ImportProblem['code']];
        return { code, severity, count };
      }),
      coverage: [...this.coverage.values()],
      ...rest,
      questions: [...rest.questions],
      twins: [...rest.twins],
      replaces: [...rest.replaces],
    };
  }
}
