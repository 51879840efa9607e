import type { Judgement } from './parse.ts';
import { problem } from './problem.ts';

/** A content's place in the database, where a fingerprint is unique within its unit and table. */
export const contentKey = (table: string, unit: string, fingerprint: string): string =>
  `${table} ${unit} ${fingerprint}`;

/**
 * Leaves out what the database has already: it is counted as a duplicate, warned of, and is no contradiction, since
 * sending a ledger again is no fault of the ledger.
 */
export function withoutKnown(judged: Judgement, known: ReadonlySet<string>): Judgement {
  const { staged } = judged;
  const fresh = staged.records.filter((r) => !known.has(contentKey(r.family, r.unit, r.fingerprint)));
  const gone = staged.records.filter((r) => known.has(contentKey(r.family, r.unit, r.fingerprint)));
  const contradictions = staged.contradictions.filter(
    (c) => !known.has(contentKey('contradiction', c.unit, c.fingerprint)),
  );
  if (gone.length === 0) return { ...judged, staged: { ...staged, contradictions } };
  const sheets = judged.sheets.map((sheet) => {
    const rows = gone.filter(
      (r) => r.file === sheet.file && r.sheet === sheet.sheet && r.family === sheet.ledger,
    );
    const unknown = rows.filter((r) => r.unknown).length;
    return {
      ...sheet,
      accepted: sheet.accepted - rows.length,
      unknown: sheet.unknown - unknown,
      duplicates: sheet.duplicates + rows.length,
    };
  });
  const problems = gone.map((r) =>
    problem({ file: r.file, sheet: r.sheet, row: r.row - 1, column: 0 }, 'duplicate', {
      zh: '已经入库，不再计',
      en: 'stored before; not counted again',
    }),
  );
  return {
    sheets,
    problems: [...judged.problems, ...problems],
    staged: { ...staged, records: fresh, contradictions },
  };
}
