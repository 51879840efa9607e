import type { Db } from '../../db/connect.ts';
import type { ImportTable } from '../../shared/imports.ts';
import type { Lang } from '../../shared/text.ts';
import { Refusal } from '../errors.ts';
import type { FileReply } from '../http-file.ts';
import { partsOf } from '../import/parts.ts';
import { stateOf, type StagedLine } from '../import/part.ts';
import type { Report } from '../import/report.ts';
import { vocabularyOf } from '../ledger/vocabulary.ts';
import { rejectedWorkbook } from '../workbooks/rejected.ts';
import type { RejectedTable } from '../workbooks/rejected-table.ts';
import { xlsxType } from '../workbooks/write.ts';
import { importRow, statedOf } from './imports.ts';
import { listUnits } from './units.ts';
import { listVocabulary } from './vocabulary.ts';

/**
 * The rows that an import leaves out, each with its reason, as a workbook for the branch.
 * @throws Refusal 404 for an unknown import, 409 where it leaves nothing out
 */
export async function rejectedRows(db: Db, id: number, lang: Lang): Promise<FileReply> {
  const row = await importRow(db, id);
  const report = JSON.parse(row.report) as Report;
  const stated = statedOf(row);
  const byHand = new Set(stated.tables.map((t) => t.table));
  const isByHand = Object.values(stated.options).some((value) => value !== undefined);
  const lines = new Map<number, StagedLine[]>();
  for await (const part of partsOf(db, id)) {
    const sheet = report.sheets[part.table - 1];
    const kept = part.lines.filter((l) => stateOf(l) === 'left_out' || l[0] <= (sheet?.header?.to ?? 0));
    lines.set(part.table, [...(lines.get(part.table) ?? []), ...kept]);
  }
  const tables = report.sheets.flatMap((sheet, i) =>
    sheet.rejected > 0
      ? (tableOf(sheet, lines.get(i + 1) ?? [], isByHand || byHand.has(sheet.key)) ?? [])
      : [],
  );
  if (tables.length === 0) throw new Refusal(409, `import ${id} leaves no row out, or was undone`);
  const bytes = rejectedWorkbook(tables, {
    lang,
    units: await listUnits(db),
    vocabulary: vocabularyOf(await listVocabulary(db)),
  });
  const fileName = lang === 'zh' ? `第${id}次导入退回表.xlsx` : `import-${id}-rejected.xlsx`;
  return { type: xlsxType, bytes, fileName };
}

function tableOf(sheet: ImportTable, lines: readonly StagedLine[], byHand: boolean): RejectedTable | null {
  const { header, ledger } = sheet;
  if (!header || !ledger) return null;
  const rows = lines.filter((line) => stateOf(line) === 'left_out');
  if (rows.length === 0) return null;
  const title = lines
    .filter(([row]) => row < header.from)
    .map(([, , cells]) => cells.filter(Boolean).join(' '))
    .join('\n');
  return {
    file: sheet.file,
    sheet: sheet.sheet,
    title: title === '' ? null : title,
    ledger,
    unit: sheet.unit,
    from: sheet.from,
    to: sheet.to,
    byHand,
    header: lines.filter(([row]) => row >= header.from && row <= header.to).map(([, , cells]) => cells),
    rows: rows.map(([row, , cells, problems]) => ({
      row,
      cells,
      problems: problems.map(([column, code, isError, zh, en]) => ({
        column: column < 0 ? null : column,
        code,
        message: { zh, en },
        severity: isError === 1 ? 'error' : 'warning',
      })),
    })),
  };
}
