import { read, utils } from '@e965/xlsx';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { dayIn } from '../../shared/clock.ts';
import { addDays, addMonths, isDate, monthOf } from '../../shared/period.ts';
import { printable } from '../../shared/text.ts';
import { levels, UnitTree, type PastUnit, type Unit } from '../../shared/unit.ts';
import { Refusal, type Fault } from '../errors.ts';
import { changing, system, type Doer } from './centre.ts';
import { keepPast } from './journal.ts';
import { settings } from './settings.ts';

/** All units, in the order of the file that named them. */
export async function listUnits(db: Kysely<Database>): Promise<Unit[]> {
  const rows = await db.selectFrom('unit').selectAll().orderBy('position').orderBy('code').execute();
  const past = new Map<string, PastUnit[]>();
  for (const p of await db.selectFrom('unit_past').selectAll().orderBy('unit').orderBy('until_on').execute())
    past.set(p.unit, [...(past.get(p.unit) ?? []), { until: p.until_on, name: p.name, parent: p.parent }]);
  return rows.map((r) => ({
    code: r.code,
    name: r.name,
    parent: r.parent,
    level: r.level,
    openedOn: r.opened_on,
    closedOn: r.closed_on,
    mergedInto: r.merged_into,
    splitFrom: r.split_from,
    past: past.get(r.code) ?? [],
  }));
}

const required = ['code', 'name', 'parent', 'level', 'opened_on', 'closed_on', 'merged_into'] as const;
/** `split_from`: of which unit it was a part · `valid_from`: since when this name and parent hold. */
const columns = [...required, 'split_from', 'valid_from'] as const;
type Column = (typeof columns)[number];

const optional = z.string().transform((s) => s || null);
const day = optional.refine((s) => s === null || isDate(s), 'is not a date (YYYY-MM-DD)');
const line = z.object({
  code: z
    .string()
    .min(1, 'is missing')
    .max(64)
    .regex(/^[\p{L}\p{N}._-]+$/u, 'has characters other than letters, digits, . _ -'),
  name: z.string().min(1, 'is missing').max(200).regex(printable, 'has control characters'),
  parent: optional,
  level: z.enum(levels, { error: `is none of ${levels.join(', ')}` }),
  opened_on: day,
  closed_on: day,
  merged_into: optional,
  split_from: optional,
  valid_from: day,
});
type Line = z.output<typeof line> & {
  /** Where a column's value of the line stands in the file, or would stand. */
  readonly cellOf: (column: Column) => string;
};

/**
 * Adds units, or changes those whose code is known; all or nothing, as one change of data.
 * Units that the file does not name stay as they are. A code may stand on several lines that differ in
 * `valid_from`: its names and places through time, the latest being today's. One line with `valid_from`
 * adds today's name and place to what is known; one without corrects it.
 * @param bytes `code,name,parent,level,opened_on,closed_on,merged_into[,split_from][,valid_from]` as CSV, UTF-8 or GB18030
 * @throws Refusal 422 naming each faulty cell
 */
export async function importUnits(
  db: Kysely<Database>,
  bytes: Uint8Array,
  fileName: string,
  { now, actor }: Doer = system,
): Promise<{ units: number; dataVersion: number }> {
  const { lines, faults } = readLines(bytes);
  return db.transaction().execute(async (trx) => {
    const known = await listUnits(trx);
    const units = throughTime(lines, known);
    const today = dayIn((await settings(trx)).timeZone, now());
    faults.push(...treeFaults(lines, units, known), ...timeFaults(lines, { units, known, today }));
    if (faults.length > 0)
      throw new Refusal(
        422,
        `${fileName}: the list of units has ${faults.length} faults; nothing was changed`,
        faults,
      );
    const note = { at: now().toISOString(), actor, what: 'units', detail: fileName } as const;
    const { dataVersion } = await changing(trx, note, async (version) => {
      if (units.every((u) => isKnown(u, known))) return { changed: false };
      await storeUnits(trx, units, { version, position: known.length });
      return { changed: true };
    });
    return { units: units.length, dataVersion };
  });
}

type Dated = Line & { readonly past: readonly PastUnit[] };

/** Lines of one code as one unit with its past. */
function throughTime(lines: readonly Line[], known: readonly Unit[]): Dated[] {
  const byCode = new Map<string, Line[]>();
  for (const l of lines) byCode.set(l.code, [...(byCode.get(l.code) ?? []), l]);
  return [...byCode.values()].map((of) => {
    const sorted = of.toSorted((a, b) => ((a.valid_from ?? '') < (b.valid_from ?? '') ? -1 : 1));
    const today = sorted.at(-1) as Line;
    const before = known.find((u) => u.code === today.code);
    const kept = before?.past ?? [];
    if (sorted.length > 1)
      return {
        ...today,
        past: sorted.slice(0, -1).map((l, i) => ({
          until: addDays(sorted[i + 1]?.valid_from ?? '9999-12-31', -1),
          name: l.name,
          parent: l.parent,
        })),
      };
    if (today.valid_from === null || !before) return { ...today, past: kept };
    const until = addDays(today.valid_from, -1);
    // What held on the day before, which an earlier list may have told already.
    const { name, parent } = kept.find((p) => until <= p.until) ?? before;
    const older = kept.filter((p) => p.until < until);
    const isSame = name === today.name && parent === today.parent;
    return { ...today, past: isSame ? older : [...older, { until, name, parent }] };
  });
}

/** Does the list say of the unit what is known of it already? */
function isKnown(unit: Dated, known: readonly Unit[]): boolean {
  const old = known.find((u) => u.code === unit.code);
  return (
    old !== undefined &&
    old.name === unit.name &&
    old.parent === unit.parent &&
    old.level === unit.level &&
    old.openedOn === unit.opened_on &&
    old.closedOn === unit.closed_on &&
    old.mergedInto === unit.merged_into &&
    (old.splitFrom ?? null) === unit.split_from &&
    JSON.stringify(old.past ?? []) === JSON.stringify(unit.past)
  );
}

async function storeUnits(
  trx: Kysely<Database>,
  units: readonly Dated[],
  of: { version: number; position: number },
): Promise<void> {
  const codes = units.map((u) => u.code);
  const { version } = of;
  for (const table of ['unit', 'unit_past'] as const) {
    const column = table === 'unit' ? 'code' : 'unit';
    const rows = await trx
      .selectFrom(table)
      .selectAll()
      .where(column as never, 'in', codes as never)
      .execute();
    await keepPast(trx, table, rows, version);
  }
  await trx.deleteFrom('unit_past').where('unit', 'in', codes).execute();
  let { position } = of;
  for (const { code, name, level, opened_on, closed_on } of units) {
    const row = { name, level, opened_on, closed_on, version };
    await trx
      .insertInto('unit')
      .values({ ...row, code, parent: null, merged_into: null, split_from: null, position: position++ })
      .onConflict((c) => c.column('code').doUpdateSet(row))
      .execute();
  }
  // Parents and successors after all codes exist: the file may name a child before its parent.
  for (const { code, parent, merged_into, split_from } of units)
    await trx.updateTable('unit').set({ parent, merged_into, split_from }).where('code', '=', code).execute();
  const past = units.flatMap((u) =>
    u.past.map((p) => ({ unit: u.code, until_on: p.until, name: p.name, parent: p.parent, version })),
  );
  if (past.length > 0) await trx.insertInto('unit_past').values(past).execute();
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
  const missing = required.filter((_, i) => at[i] === -1);
  if (missing.length > 0)
    return {
      lines: [],
      faults: missing.map((c) => ({
        path: '1',
        message: `the heading "${c}" is missing; expected ${required.join(',')}`,
      })),
    };
  const lines: Line[] = [];
  const faults: Fault[] = [];
  body.forEach((cells, i) => {
    if (cells.every((c) => c === '')) return;
    const cellOf = (column: Column): string => {
      const found = at[columns.indexOf(column)] ?? -1;
      return `${found < 0 ? column + ' ' : utils.encode_col(found)}${i + 2}`;
    };
    const parsed = line.safeParse(Object.fromEntries(columns.map((c, k) => [c, cells[at[k] ?? -1] ?? ''])));
    if (parsed.success) lines.push({ ...parsed.data, cellOf });
    else
      for (const issue of parsed.error.issues) {
        const column = columns.find((c) => c === issue.path[0]) ?? 'code';
        faults.push({ path: cellOf(column), message: `${column} ${issue.message}` });
      }
  });
  if (lines.length === 0 && faults.length === 0)
    faults.push({ path: '2', message: 'there is no unit in the file' });
  return { lines, faults };
}

function treeFaults(lines: readonly Line[], units: readonly Dated[], known: readonly Unit[]): Fault[] {
  const faults: Fault[] = [];
  const codes = new Set([...known.map((u) => u.code), ...lines.map((l) => l.code)]);
  const seen = new Set<string>();
  for (const l of lines) {
    const key = `${l.code}\n${l.valid_from ?? ''}`;
    if (seen.has(key))
      faults.push({
        path: l.cellOf('code'),
        message: `the code "${l.code}" stands twice; lines of one unit differ in valid_from`,
      });
    seen.add(key);
    for (const column of ['parent', 'merged_into', 'split_from'] as const) {
      const other = l[column];
      if (other !== null && !codes.has(other))
        faults.push({ path: l.cellOf(column), message: `there is no unit "${other}"` });
      if (other === l.code) faults.push({ path: l.cellOf(column), message: 'a unit cannot be its own' });
    }
    if (l.merged_into !== null && l.closed_on === null)
      faults.push({
        path: l.cellOf('merged_into'),
        message: 'a merged unit needs closed_on, its last day',
      });
    if (l.opened_on && l.closed_on && l.closed_on < l.opened_on)
      faults.push({
        path: l.cellOf('closed_on'),
        message: `${l.closed_on} is before opened_on ${l.opened_on}`,
      });
  }
  return faults.length > 0 ? faults : circleFaults(units, known);
}

/** What has not come yet is not imported before it holds, and no line takes later history away. */
function timeFaults(
  lines: readonly Line[],
  { units, known, today }: { units: readonly Dated[]; known: readonly Unit[]; today: string },
): Fault[] {
  const all = new Map([
    ...known.map((u) => [u.code, { opened: u.openedOn, closed: u.closedOn, level: u.level }] as const),
    ...units.map((u) => [u.code, { opened: u.opened_on, closed: u.closed_on, level: u.level }] as const),
  ]);
  return lines.flatMap((l): Fault[] => {
    const faults: Fault[] = [];
    if (l.valid_from !== null && l.valid_from > today)
      faults.push({
        path: l.cellOf('valid_from'),
        message: `${l.valid_from} is still to come; import the line when it holds`,
      });
    const successor = l.merged_into === null ? undefined : all.get(l.merged_into);
    const after = l.closed_on === null ? null : addDays(l.closed_on, 1);
    if (successor && after !== null) {
      if ((successor.opened ?? after) > after || (successor.closed ?? after) < after)
        faults.push({
          path: l.cellOf('merged_into'),
          message: `"${l.merged_into}" does not exist on ${after}, the day after the last one of "${l.code}"`,
        });
    }
    if (successor && levels.indexOf(successor.level) > levels.indexOf(l.level))
      faults.push({
        path: l.cellOf('merged_into'),
        message: `a ${l.level} cannot merge into a ${successor.level}`,
      });
    if (l.split_from !== null && l.opened_on === null)
      faults.push({
        path: l.cellOf('opened_on'),
        message: 'a unit that was split off needs opened_on, its first day',
      });
    const isAlone = lines.filter((other) => other.code === l.code).length === 1;
    const from = l.valid_from;
    const past = known.find((u) => u.code === l.code)?.past ?? [];
    // The days from which it was called or stood otherwise.
    const steps = past.map((p) => addDays(p.until, 1)).filter((on) => from !== null && on >= from);
    // One former step may be put right by its new day; more of them would be lost without a word.
    if (isAlone && steps.length > 1)
      faults.push({
        path: l.cellOf('valid_from'),
        message: `the unit has changed ${steps.length} times since ${from}, last on ${steps.at(-1)}; list all of its lines`,
      });
    return faults;
  });
}

/** No unit may stand under itself, at any time, nor in today's structure with merged units in their successors. */
function circleFaults(units: readonly Dated[], known: readonly Unit[]): Fault[] {
  const named = new Set(units.map((u) => u.code));
  const all: Unit[] = [
    ...known.filter((u) => !named.has(u.code)),
    ...units.map((u) => ({
      code: u.code,
      name: u.name,
      parent: u.parent,
      level: u.level,
      openedOn: u.opened_on,
      closedOn: u.closed_on,
      mergedInto: u.merged_into,
      splitFrom: u.split_from,
      past: u.past,
    })),
  ];
  const then = new UnitTree(all);
  const today = new UnitTree(all, 'today');
  const months = [
    '0001-01',
    ...all.flatMap((u) => (u.past ?? []).map((p) => addMonths(monthOf(p.until), 1))),
  ];
  return units.flatMap((u) => {
    if (months.some((m) => isInCircle(then, u.code, m)))
      return [{ path: u.cellOf('parent'), message: 'the parents form a circle' }];
    return isInCircle(today, u.code, '9999-12')
      ? [{ path: u.cellOf('merged_into'), message: 'successors and parents form a circle' }]
      : [];
  });
}

function isInCircle(tree: UnitTree, code: string, month: string): boolean {
  let at = tree.byCode.get(code);
  for (let steps = 0; at && steps <= tree.units.length; steps++) {
    const parent = tree.parentIn(at, month);
    if (parent === code) return true;
    at = parent === null ? undefined : tree.byCode.get(parent);
  }
  return at !== undefined;
}
