import { read, utils } from '@e965/xlsx';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { isDate } from '../../shared/period.ts';
import { levels, type Unit } from '../../shared/unit.ts';
import { Refusal, type Fault } from '../errors.ts';
import { bumpVersion } from './centre.ts';

/** All units, in the order of the file that named them. */
export async function listUnits(db: Kysely<Database>): Promise<Unit[]> {
  const rows = await db.selectFrom('unit').selectAll().orderBy('position').orderBy('code').execute();
  return rows.map((r) => ({
    code: r.code,
    name: r.name,
    parent: r.parent,
    level: r.level,
    openedOn: r.opened_on,
    closedOn: r.closed_on,
    mergedInto: r.merged_into,
  }));
}

const columns = ['code', 'name', 'parent', 'level', 'opened_on', 'closed_on', 'merged_into'] as const;
const cellOf = (column: (typeof columns)[number], row: number): string =>
  `${String.fromCharCode(65 + columns.indexOf(column))}${row}`;

const optional = z.string().transform((s) => s || null);
const day = optional.refine((s) => s === null || isDate(s), 'is not a date (YYYY-MM-DD)');
const line = z.object({
  code: z
    .string()
    .min(1, 'is missing')
    .max(64)
    .regex(/^[\p{L}\p{N}._-]+$/u, 'has characters other than letters, digits, . _ -'),
  name: z.string().min(1, 'is missing').max(200),
  parent: optional,
  level: z.enum(levels, { error: `is none of ${levels.join(', ')}` }),
  opened_on: day,
  closed_on: day,
  merged_into: optional,
});
type Line = z.output<typeof line> & { row: number };

/**
 * Adds units, or changes those whose code is known; all or nothing, as one change of data.
 * Units that the file does not name stay as they are.
 * @param bytes `code,name,parent,level,opened_on,closed_on,merged_into` as CSV, UTF-8 or GB18030
 * @throws Refusal 422 naming each faulty cell
 */
export async function importUnits(
  db: Kysely<Database>,
  bytes: Uint8Array,
  fileName: string,
): Promise<{ units: number; dataVersion: number }> {
  const { lines, faults } = readLines(bytes);
  return db.transaction().execute(async (trx) => {
    const known = await listUnits(trx);
    faults.push(...treeFaults(lines, known));
    if (faults.length > 0)
      throw new Refusal(
        422,
        `${fileName}: the list of units has ${faults.length} faults; nothing was changed`,
        faults,
      );
    let position = known.length;
    for (const { row: _, parent: __, merged_into: ___, ...unit } of lines)
      await trx
        .insertInto('unit')
        .values({ ...unit, parent: null, merged_into: null, position: position++ })
        .onConflict((c) =>
          c.column('code').doUpdateSet({
            name: unit.name,
            level: unit.level,
            opened_on: unit.opened_on,
            closed_on: unit.closed_on,
          }),
        )
        .execute();
    // Parents and successors after all codes exist: the file may name a child before its parent.
    for (const { code, parent, merged_into } of lines)
      await trx.updateTable('unit').set({ parent, merged_into }).where('code', '=', code).execute();
    return { units: lines.length, dataVersion: await bumpVersion(trx) };
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function readLines(bytes: Uint8Array): { lines: Line[]; faults: Fault[] } {
  const book = read(decode(bytes), { type: 'string', raw: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  const rows = sheet
    ? utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '', blankrows: true })
    : [];
  const [head = [], ...body] = rows.map((r) => r.map((c) => String(c).trim()));
  const at = columns.map((c) => head.indexOf(c));
  const missing = columns.filter((_, i) => at[i] === -1);
  if (missing.length > 0)
    return {
      lines: [],
      faults: missing.map((c) => ({
        path: '1',
        message: `the heading "${c}" is missing; expected ${columns.join(',')}`,
      })),
    };
  const lines: Line[] = [];
  const faults: Fault[] = [];
  body.forEach((cells, i) => {
    if (cells.every((c) => c === '')) return;
    const row = i + 2;
    const parsed = line.safeParse(Object.fromEntries(columns.map((c, k) => [c, cells[at[k] ?? -1] ?? ''])));
    if (parsed.success) lines.push({ ...parsed.data, row });
    else
      for (const issue of parsed.error.issues) {
        const column = columns.find((c) => c === issue.path[0]) ?? 'code';
        faults.push({ path: cellOf(column, row), message: `${column} ${issue.message}` });
      }
  });
  if (lines.length === 0 && faults.length === 0)
    faults.push({ path: '2', message: 'there is no unit in the file' });
  return { lines, faults };
}

function treeFaults(lines: readonly Line[], known: readonly Unit[]): Fault[] {
  const faults: Fault[] = [];
  const parents = new Map<string, string | null>(known.map((u) => [u.code, u.parent]));
  const seen = new Set<string>();
  for (const l of lines) {
    if (seen.has(l.code))
      faults.push({ path: cellOf('code', l.row), message: `the code "${l.code}" stands twice` });
    seen.add(l.code);
    parents.set(l.code, l.parent);
  }
  for (const l of lines) {
    for (const column of ['parent', 'merged_into'] as const) {
      const other = l[column];
      if (other !== null && !parents.has(other))
        faults.push({ path: cellOf(column, l.row), message: `there is no unit "${other}"` });
      if (other === l.code) faults.push({ path: cellOf(column, l.row), message: 'a unit cannot be its own' });
    }
    if (l.opened_on && l.closed_on && l.closed_on < l.opened_on)
      faults.push({
        path: cellOf('closed_on', l.row),
        message: `${l.closed_on} is before opened_on ${l.opened_on}`,
      });
    if (isInCircle(l.code, parents))
      faults.push({ path: cellOf('parent', l.row), message: 'the parents form a circle' });
  }
  return faults;
}

function isInCircle(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  let above = parents.get(code) ?? null;
  for (let steps = 0; above !== null && steps <= parents.size; steps++) {
    if (above === code) return true;
    above = parents.get(above) ?? null;
  }
  return false;
}
