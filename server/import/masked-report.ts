import type { ImportProblem } from '../../shared/api.ts';
import { masksOf, maskedText } from './masked.ts';
import { columnIn } from './part.ts';
import type { Report } from './report.ts';

type Saying = Pick<ImportProblem, 'message' | 'value'>;

/** What a finding says of a cell of names: what it quotes is masked as the cell is. */
export const maskedSaying = <S extends Saying>(said: S): S => ({
  ...said,
  message: {
    zh: said.message.zh.replace(/“(.*)”/s, (_, text: string) => `“${maskedText(text)}”`),
    en: said.message.en.replace(/"(.*)"/s, (_, text: string) => `"${maskedText(text)}"`),
  },
  value: said.value === null ? null : maskedText(said.value),
});

/** A report whose findings name nobody. */
export function maskedReport<R extends Pick<Report, 'sheets' | 'problems'>>(report: R): R {
  const tables = report.sheets.map(({ file, sheet, header, columns }) => ({
    at: `${file}\n${sheet}`,
    to: header?.to ?? 0,
    names: masksOf(columns).names,
  }));
  return {
    ...report,
    problems: report.problems.map((p) => {
      const column = columnIn(p.cell);
      const at = `${p.file}\n${p.sheet}`;
      // Two files may have one name, and a sheet several tables: what is a name in any of them is masked.
      const named = tables.some((t) => t.at === at && t.to < (p.row ?? 0) && t.names.has(column));
      return named ? maskedSaying(p) : p;
    }),
  };
}
