import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { ImportProblem } from '../../shared/api.ts';
import type { ImportProgress } from '../../shared/imports.ts';
import { Broken, Judging, type Found, type JudgeContext } from '../ledger/parse.ts';
import { problem } from '../ledger/problem.ts';
import { Questions } from '../ledger/questions.ts';
import { ledgerFiles } from '../ledger/read.ts';
import type { StagedContradiction, StagedRecord } from '../ledger/staged.ts';
import type { Limits } from '../ledger/unreadable.ts';
import { shippedVocabulary } from '../ledger/vocabulary.ts';
import { Known, type Content } from './known.ts';
import { Likeness } from './likeness.ts';
import { Asking } from './asking.ts';
import { noMasks } from './masked.ts';
import { Pace } from './pace.ts';
import { stagedLine, stateNo, type StagedLine } from './part.ts';
import { dropParts, PartWriter } from './parts.ts';
import { Reporting, type Report } from './report.ts';
import { dataVersion } from '../queries/centre.ts';

export type CheckContext = {
  readonly judge: JudgeContext;
  readonly limits: Limits;
  /** Rows read so far; `of` is null while it is not known. */
  readonly progress: (at: ImportProgress) => void;
};

/** A file to be checked; it is read when its turn comes. */
export type CheckedFile = { readonly name: string; readonly bytes: () => Promise<Uint8Array> };

/**
 * Reads and judges an import's files, and stages what a commit would store. Touches no record.
 * A file that turns out to be damaged among its rows is refused whole: all is then judged again without it.
 */
export async function checkFiles(
  db: Kysely<Database>,
  importId: number,
  files: readonly CheckedFile[],
  context: CheckContext,
): Promise<Report> {
  const refused = new Map<number, ImportProblem>();
  for (;;)
    try {
      return await new Checking(db, importId, context).run(files, refused);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      refused.set(error.fileNo, error.problem);
    }
}

// Lines that are held against what is stored together.
const WAITING = 600;
type Waiting = { readonly line: StagedLine; readonly record: StagedRecord | null };
const contentOf = ({ family, unit, fingerprint }: StagedRecord): Content => ({
  table: family,
  unit,
  print: fingerprint,
});
const storedBefore = {
  zh: '已经入库（或曾手工删除），不再计',
  en: 'stored before (or removed by hand); not counted again',
};

class Checking {
  private readonly writer: PartWriter;
  private readonly known: Known;
  private readonly reporting = new Reporting();
  private readonly likeness = new Likeness();
  private readonly questions: Questions;
  private asking: Asking | null = null;
  private lines: Waiting[] = [];
  private table = 0;
  private readonly contradictions: StagedContradiction[] = [];
  private fileNo = 0;

  constructor(
    private readonly db: Kysely<Database>,
    private readonly importId: number,
    private readonly context: CheckContext,
  ) {
    this.writer = new PartWriter(db, importId);
    this.known = new Known(db);
    const { vocabulary = shippedVocabulary, units } = context.judge;
    this.questions = new Questions(vocabulary, units);
  }

  async run(files: readonly CheckedFile[], refused: ReadonlyMap<number, ImportProblem>): Promise<Report> {
    const { db, importId, context } = this;
    await dropParts(db, importId);
    const version = await dataVersion(db);
    const judging = new Judging(context.judge);
    const pace = new Pace(context.progress);
    for (const { name, bytes } of files)
      for (const file of ledgerFiles(name, await bytes(), context.limits))
        for (const found of judging.file(pace.along(file), refused.get(++this.fileNo)))
          if (found.is !== 'line') await this.take(found);
          else if (this.line(found) >= WAITING) await this.flush();
    await this.flush();
    await this.writeContradictions(0);
    return this.reporting.report({
      version,
      questions: this.questions.list(),
      ...(await this.likeness.compared(db, this.reporting.covered())),
    });
  }

  private async take(found: Exclude<Found, { is: 'line' }>): Promise<void> {
    switch (found.is) {
      case 'table':
        this.reporting.start(found.table, found.start);
        this.asking = new Asking(found.start);
        break;
      case 'problem':
        this.reporting.problem(found.problem);
        if (found.problem.code === 'heading.unknown') this.asking?.headings.push(found.problem);
        break;
      case 'contradiction':
        this.contradictions.push(this.asking?.masked(found.contradiction) ?? found.contradiction);
        if (this.contradictions.length >= WAITING) await this.writeContradictions(1);
        break;
      case 'end':
        await this.flush();
        this.asking?.end(this.questions);
        this.asking = null;
        this.reporting.end(found.table, found.sheet, found.coverage);
        break;
    }
  }

  /** @returns how many lines wait to be written */
  private line({ table, line, record }: Extract<Found, { is: 'line' }>): number {
    this.table = table;
    this.asking?.line(line);
    for (const p of line.problems) {
      this.reporting.problem(p);
      if (this.asking) this.questions.add(p, this.asking.ledger);
    }
    this.reporting.line(table);
    const is = line.is === 'taken' && !record ? 'double' : line.is;
    this.lines.push({
      line: stagedLine(line, is, { record, masks: this.asking?.masks ?? noMasks }),
      record,
    });
    if (record) this.likeness.add(table, record);
    return this.lines.length;
  }

  /** Writes the lines that wait; those whose content is stored already are said to be. */
  private async flush(): Promise<void> {
    const { lines, table } = this;
    if (lines.length === 0) return;
    this.lines = [];
    const contents: Content[] = [];
    for (const { record } of lines) if (record) contents.push(contentOf(record));
    const stored = await this.known.among(contents);
    await this.writer.write(
      table,
      lines.map(({ line, record: r }) => {
        if (!r || !stored(contentOf(r))) return line;
        this.reporting.known(table, r.unknown);
        this.likeness.known(r);
        this.reporting.problem(
          problem({ file: r.file, sheet: r.sheet, row: r.row - 1, column: 0 }, 'duplicate', storedBefore),
        );
        const [row, , cells, problems, content, ...masked] = line;
        const said = [...problems, [-1, 'duplicate', 0, storedBefore.zh, storedBefore.en, null] as const];
        return [row, stateNo('known'), cells, said, content, ...masked] as const;
      }),
    );
  }

  private async writeContradictions(atLeast: number): Promise<void> {
    if (this.contradictions.length < atLeast) return;
    // Those that are stored already as well: what is replaced goes with its contradictions, but for these.
    await this.writer.contradictions(this.contradictions.splice(0));
  }
}
