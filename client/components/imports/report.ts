import type { ImportProblem, ImportSheet } from '../../../shared/api.ts';
import type { Family } from '../../../shared/kinds.ts';

export type Severity = ImportProblem['severity'];

/** Problems that stand in one sheet (or, where `sheet` is null, in the file as a whole). */
export type ProblemGroup = {
  readonly file: string;
  readonly sheet: string | null;
  readonly problems: readonly ImportProblem[];
};

/** Row and column of a cell's name, so that `B10` comes after `F9`; what names no cell comes first. */
function place(problem: ImportProblem): readonly [row: number, column: string] {
  const named = /^([A-Z]+)(\d+)$/.exec(problem.cell ?? '');
  if (named) return [Number(named[2]), named[1]!.padStart(3)];
  return [problem.row ?? 0, ''];
}

function inReadingOrder(a: ImportProblem, b: ImportProblem): number {
  const [rowA, columnA] = place(a);
  const [rowB, columnB] = place(b);
  return rowA - rowB || (columnA < columnB ? -1 : columnA > columnB ? 1 : 0);
}

/** Problems grouped by sheet in the order of the report, each group in the sheet's reading order. */
export function problemGroups(problems: readonly ImportProblem[], only: Severity | 'all'): ProblemGroup[] {
  const groups = new Map<string, { file: string; sheet: string | null; problems: ImportProblem[] }>();
  for (const problem of problems) {
    if (only !== 'all' && problem.severity !== only) continue;
    const key = JSON.stringify([problem.file, problem.sheet]);
    const group = groups.get(key) ?? { file: problem.file, sheet: problem.sheet, problems: [] };
    group.problems.push(problem);
    groups.set(key, group);
  }
  return [...groups.values()].map((g) => ({ ...g, problems: g.problems.toSorted(inReadingOrder) }));
}

/** The one sheet of a text file has no name but the file's. */
export const isNamedAfter = (file: string, sheet: string): boolean =>
  (file.split('/').at(-1) ?? file).startsWith(`${sheet}.`);

/** `book.xlsx › Sheet1`; the one sheet of a text file is the file. */
export const sheetPath = (file: string, sheet: string | null): string =>
  sheet === null || isNamedAfter(file, sheet) ? file : `${file} › ${sheet}`;

/** Sums over all sheets: what a commit takes and what it leaves. */
export function totals(
  sheets: readonly ImportSheet[],
): Pick<ImportSheet, 'rows' | 'accepted' | 'rejected' | 'unknown' | 'duplicates'> {
  const total = { rows: 0, accepted: 0, rejected: 0, unknown: 0, duplicates: 0 };
  for (const sheet of sheets) {
    total.rows += sheet.rows;
    total.accepted += sheet.accepted;
    total.rejected += sheet.rejected;
    total.unknown += sheet.unknown;
    total.duplicates += sheet.duplicates;
  }
  return total;
}

/** The KPI whose records show what a ledger has brought in. */
const kpiOfLedger: Record<Family, string> = {
  activity: 'attendance_rate',
  visit: 'visits',
  volunteering: 'volunteers',
  rectification: 'rectification_closure_rate',
  headcount: 'study_hours_per_member',
};

export type LedgerLink = {
  readonly ledger: Family;
  readonly kpi: string;
  readonly unit: string | null;
  readonly year: string;
};

/** Where to look after a commit: one link for each ledger and year, at the unit where there is but one. */
export function ledgerLinks(sheets: readonly ImportSheet[]): LedgerLink[] {
  const links = new Map<string, LedgerLink>();
  for (const { ledger, unit, to, accepted } of sheets) {
    if (ledger === null || to === null || accepted === 0) continue;
    const year = to.slice(0, 4);
    const former = links.get(`${ledger} ${year}`);
    const isOne = former === undefined || former.unit === unit;
    links.set(`${ledger} ${year}`, { ledger, kpi: kpiOfLedger[ledger], unit: isOne ? unit : null, year });
  }
  return [...links.values()];
}

export type CoverageSpan = {
  readonly ledger: Family;
  readonly units: readonly string[];
  readonly from: string;
  readonly to: string;
};

/** What the sheets cover, in months, with sheets of one ledger and span taken together. */
export function coverageSpans(sheets: readonly ImportSheet[]): CoverageSpan[] {
  const spans = new Map<string, { ledger: Family; units: Set<string>; from: string; to: string }>();
  for (const { ledger, unit, from, to } of sheets) {
    if (ledger === null || from === null || to === null) continue;
    const span = spans.get(`${ledger} ${from} ${to}`) ?? { ledger, units: new Set<string>(), from, to };
    if (unit !== null) span.units.add(unit);
    spans.set(`${ledger} ${from} ${to}`, span);
  }
  return [...spans.values()].map((s) => ({ ...s, units: [...s.units] }));
}
