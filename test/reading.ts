import type { ImportProblem, ImportSheet } from '../shared/api.ts';
import type { NewCoverage } from '../db/types.ts';
import { Judging, type Found, type JudgeContext } from '../server/ledger/parse.ts';
import { ledgerFiles } from '../server/ledger/read.ts';
import type { Sheet, SheetRow } from '../server/ledger/sheet.ts';
import type { Staged } from '../server/ledger/staged.ts';
import { limits, Unreadable, type Limits } from '../server/ledger/unreadable.ts';
import { problem } from '../server/ledger/problem.ts';

/** A sheet whose rows have all been read. */
export type ReadSheet = Sheet & { readonly rows: readonly SheetRow[] };

/** Reads a file whole: its sheets, or why it was refused. */
export function readFile(
  name: string,
  bytes: Uint8Array,
  bounds: Limits = limits,
): { sheets: ReadSheet[]; problems: ImportProblem[] } {
  try {
    const sheets: ReadSheet[] = [];
    for (const file of ledgerFiles(name, bytes, bounds))
      for (const sheet of file.sheets()) sheets.push({ ...sheet, file: file.name, rows: [...sheet.rows] });
    return { sheets, problems: [] };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { code, zh, en } = error;
    return { sheets: [], problems: [problem({ file: name, sheet: null }, code, { zh, en })] };
  }
}

export type { JudgeContext };
export type Judgement = { sheets: ImportSheet[]; problems: ImportProblem[]; staged: Staged };

/** Judges files that have been read, and gathers what is found. */
export function judge(files: readonly (readonly Sheet[])[], context: JudgeContext): Judgement {
  const found: Judgement = {
    sheets: [],
    problems: [],
    staged: { records: [], contradictions: [], coverage: [] },
  };
  const coverage = new Map<string, NewCoverage>();
  const all = files.map((sheets) => ({ name: sheets[0]?.file ?? '', sheets: () => sheets }));
  const judging = new Judging(context);
  const steps = function* (): Generator<Found> {
    for (const file of all) yield* judging.file(file);
  };
  for (const step of steps()) {
    if (step.is === 'problem') found.problems.push(step.problem);
    if (step.is === 'contradiction') found.staged.contradictions.push(step.contradiction);
    if (step.is === 'line') {
      found.problems.push(...step.line.problems);
      if (step.record) found.staged.records.push(step.record);
    }
    if (step.is === 'end') {
      found.sheets.push(step.sheet);
      for (const c of step.coverage) coverage.set(`${c.unit} ${c.family} ${c.from_month} ${c.to_month}`, c);
    }
  }
  found.staged.coverage.push(...coverage.values());
  return found;
}
