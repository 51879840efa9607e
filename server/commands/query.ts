import { formatValue, isAtLeast } from '../../shared/format.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { kpiById } from '../../shared/kpis.ts';
import { questionSchema, type Cell } from '../../shared/query.ts';
import { answer } from '../queries/answer.ts';
import { listUnits } from '../queries/units.ts';
import { withDatabase, type Register, type Shell } from './command.ts';
import { askable, parseOptions, type QuestionOptions } from './question.ts';
import { csvTable, textTable, type Column } from './table.ts';

/** `query`: the answer as a table, as JSON just as `/api/query` gives it, or as CSV. */
export const registerQuery: Register = (program, shell) => {
  askable(program.command('query').description('figures, as a table'))
    .option('--json', 'for machines, as /api/query')
    .option('--csv', 'for spreadsheets')
    .action(async ({ json, csv, ...given }: QuestionOptions & { json?: true; csv?: true }) => {
      const question = parseOptions(questionSchema, given);
      await withDatabase(shell, async ({ db }) => {
        const reply = await answer(db, question);
        if (json) return shell.out(JSON.stringify(reply));
        const names = new Map((await listUnits(db)).map((u) => [u.code, u.name]));
        if (csv)
          return shell.out(csvTable(reply.cells, csvColumns(names, reply.query.by === 'kind')).trimEnd());
        shell.out(textTable(reply.cells, textColumns(shell, names, reply.query.by === 'kind')));
        const { asOf, toDate } = reply.query;
        shell.out(
          `as of ${asOf}${toDate ? ', every year to the same day' : ''}; data version ${reply.dataVersion}`,
        );
      });
    });
};

const valueText = (cell: Cell): string => {
  const kpi = kpiById.get(cell.kpi);
  if (cell.value === null || !kpi) return '—';
  return `${isAtLeast(kpi, cell) ? '≥ ' : ''}${formatValue(kpi, cell.value)}`;
};
const kindColumn: Column<Cell> = { head: 'kind', of: (c) => c.kind ?? null };

function textColumns({ lang }: Shell, names: ReadonlyMap<string, string>, byKind: boolean): Column<Cell>[] {
  return [
    { head: 'kpi', of: (c) => kpiById.get(c.kpi)?.name[lang] ?? c.kpi },
    { head: 'unit', of: (c) => names.get(c.unit) ?? c.unit },
    ...(byKind
      ? [{ head: 'kind', of: (c: Cell) => kindByCode.get(c.kind ?? '')?.name[lang] ?? c.kind ?? null }]
      : []),
    { head: 'period', of: (c) => c.period },
    { head: 'value', of: valueText, right: true },
    { head: 'numerator', of: (c) => c.numerator, right: true },
    { head: 'denominator', of: (c) => c.denominator, right: true },
    { head: 'unknown', of: (c) => c.unknown, right: true },
    { head: 'covered', of: (c) => `${c.coverage.covered}/${c.coverage.due}`, right: true },
    { head: 'status', of: (c) => c.status },
  ];
}

function csvColumns(names: ReadonlyMap<string, string>, byKind: boolean): Column<Cell>[] {
  return [
    { head: 'kpi', of: (c) => c.kpi },
    { head: 'unit', of: (c) => c.unit },
    { head: 'unit_name', of: (c) => names.get(c.unit) ?? null },
    ...(byKind ? [kindColumn] : []),
    { head: 'period', of: (c) => c.period },
    { head: 'value', of: (c) => c.value },
    { head: 'numerator', of: (c) => c.numerator },
    { head: 'denominator', of: (c) => c.denominator },
    { head: 'records', of: (c) => c.records },
    { head: 'unknown', of: (c) => c.unknown },
    { head: 'covered', of: (c) => c.coverage.covered },
    { head: 'due', of: (c) => c.coverage.due },
    { head: 'status', of: (c) => c.status },
  ];
}
