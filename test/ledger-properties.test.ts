import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyNames, families, type Family } from '../shared/kinds.ts';
import type { Unit } from '../shared/unit.ts';
import {
  chance,
  dayIn,
  duration,
  figure,
  heading,
  int,
  kind,
  later,
  pick,
  title,
  writtenCount,
  writtenDay,
  type Chance,
  type Ledger,
  type Written,
} from './ledger-chance.ts';
import { bookFiles, laidOut, textFiles, textOf, workbookOf } from './ledger-writing.ts';
import { judge, readFile } from './reading.ts';

// Any record, in whatever way it is written down, reads back as itself.

const station = (code: string, name: string): Unit => ({
  code,
  name: `${name}引航站党支部`,
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const units = [station('DG', '东港'), station('XG', '西港')] as const;
/** What the names of a ledger say of its unit. */
const names: Readonly<Record<string, readonly string[]>> = {
  DG: ['东港引航站党支部', '东港站', '东港引航站'],
  XG: ['西港引航站党支部', '西港站', '西港引航站'],
};

/** A row: its cells by the column's key, and what is to be stored of it. */
type Row = { readonly cells: Readonly<Record<string, Written>>; readonly stored: object };
type Table = Ledger & {
  /** 实到 and 应到 in columns of their own, or in one. */
  readonly attendance: 'apart' | 'attendance' | 'attendance_reversed';
};
type Reader = (g: Chance, table: Table, n: number) => Row;

function day(g: Chance, table: Table): { readonly date: string; readonly written: Written } {
  const date = dayIn(g, table.year);
  return { date, written: writtenDay(g, date, table) };
}

const activity: Reader = (g, table, n) => {
  const { date, written } = day(g, table);
  const found = Array.from({ length: chance(g, 20) ? 2 : 1 }, () => kind(g, 'activity'));
  const hours = duration(g, table);
  const expected = figure(g, '人', null, table);
  const present = figure(g, '人', expected.value, table);
  const isPair = table.attendance !== 'apart';
  const isKnown = expected.value !== null && present.value !== null;
  const pair = [present.value, expected.value];
  if (table.attendance === 'attendance_reversed') pair.reverse();
  const counts: Row['cells'] = isPair
    ? { [table.attendance]: isKnown ? pair.join('/') : pick(g, ['', '若干']) }
    : { expected: expected.written, present: present.written };
  const unknown = { value: null, min: null };
  const [of, came] = isPair && !isKnown ? [unknown, unknown] : [expected, present];
  const name = title(g, n);
  return {
    cells: {
      date: written,
      title: name,
      kind: found.map((k) => k.word).join('、'),
      hours: hours.written,
      ...counts,
    },
    stored: {
      date,
      title: name,
      kinds: [...new Set(found.map((k) => k.code))].sort(),
      hours: hours.hours,
      expected: of.value,
      expected_min: of.min,
      present: came.value,
      present_min: came.min,
    },
  };
};

const visit: Reader = (g, table, n) => {
  const { date, written } = day(g, table);
  const { code, word } = kind(g, 'visit');
  const participants = figure(g, '人', null, table);
  const raised = figure(g, '件', null, table);
  const resolved = figure(g, '件', raised.value, table);
  const none = (f: typeof raised): Written => (f.value === 0 && chance(g, 50) ? '无' : f.written);
  const name = title(g, n);
  return {
    cells: {
      date: written,
      title: name,
      kind: word,
      participants: participants.written,
      raised: none(raised),
      resolved: none(resolved),
    },
    stored: {
      date,
      title: name,
      kinds: [code],
      participants: participants.value,
      participants_min: participants.min,
      raised: raised.value,
      raised_min: raised.min,
      resolved: resolved.value,
      resolved_min: resolved.min,
    },
  };
};

const volunteering: Reader = (g, table, n) => {
  const { date, written } = day(g, table);
  const participants = figure(g, '人次', null, table);
  const hours = duration(g, table);
  const name = title(g, n);
  return {
    cells: { date: written, title: name, participants: participants.written, hours: hours.written },
    stored: {
      date,
      title: name,
      participants: participants.value,
      participants_min: participants.min,
      hours: hours.hours,
    },
  };
};

const rectification: Reader = (g, table, n) => {
  const { date, written } = day(g, table);
  // A day without a year is of the twelve months after the problem was raised.
  const [due, closed] = [later(g, date, 300), chance(g, 50) ? later(g, date, 300) : null];
  const [word, dueOn, nature]: [Written, string | null, string | null] = pick(g, [
    [writtenDay(g, due, table), due, null],
    [writtenDay(g, due, table), due, null],
    ['长期', null, 'long_term'],
    ['立即', date, 'immediate'],
    ['', null, null],
  ]);
  const name = title(g, n);
  return {
    cells: {
      date: written,
      title: name,
      due: word,
      closed: closed === null ? '' : writtenDay(g, closed, table),
    },
    stored: { date, title: name, due_on: dueOn, closed_on: closed, nature },
  };
};

const headcount: Reader = (g, table, n) => {
  const month = `${table.year}-${String(n + 1).padStart(2, '0')}`;
  const whole = chance(g, 50);
  const date = whole ? `${month}-01` : `${month}-${int(g, 10, 28)}`;
  const members = int(g, 1, 90);
  const written = whole ? pick(g, [month, `${table.year}年${n + 1}月`]) : writtenDay(g, date, table);
  return {
    cells: { date: written, members: writtenCount(g, members, '人', table) },
    stored: { date, title: null, members },
  };
};

const readers: Readonly<Record<Family, Reader>> = { activity, visit, volunteering, rectification, headcount };

type Sent = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly rows: readonly (readonly Written[])[];
  readonly stored: object[];
};

/** A ledger of chance as a file, and what is to be stored of it, row by row. */
function ledgerOf(g: Chance, family: Family): Sent {
  const file = pick(g, [...textFiles, ...textFiles, ...bookFiles]);
  const isWorkbook = file === 'xlsx' || file === 'xls';
  const [unitIn, yearIn] = [pick(g, ['column', 'title', 'file']), pick(g, ['nowhere', 'title', 'file'])];
  const table: Table = {
    year: int(g, 2015, 2025),
    saysYear: yearIn !== 'nowhere',
    isWorkbook,
    date1904: isWorkbook && chance(g, 30),
    inMinutes: chance(g, 30),
    attendance: pick(g, ['apart', 'apart', 'attendance', 'attendance_reversed']),
  };
  const whole = pick(g, units).code;
  const found = Array.from({ length: int(g, 1, 6) }, (_, n) => {
    const { cells, stored } = readers[family](g, table, n);
    const unit = unitIn === 'column' ? pick(g, units).code : whole;
    const own = unitIn === 'column' ? { unit: pick(g, names[unit] ?? []) } : {};
    return { cells: { seq: String(n + 1), ...own, ...cells } as Row['cells'], stored: { unit, ...stored } };
  });
  const keys = inAnyOrder(
    g,
    Object.keys(found[0]?.cells ?? {}).filter((key) => key !== 'seq' || chance(g, 50)),
  );
  const named = (where: string): string =>
    (unitIn === where ? pick(g, names[whole] ?? []) : '') + (yearIn === where ? `${table.year}年` : '');
  const isTitled = unitIn === 'title' || yearIn === 'title';
  const grid = laidOut(g, {
    title: isTitled ? `${named('title')}度台账`.replace(/^度/, '').replace(/([^年])度/, '$1') : null,
    headings: keys.map(
      (key) => heading(g, family, key) + (key === 'hours' && table.inMinutes ? '（分钟）' : ''),
    ),
    rows: found.map(({ cells }) => keys.map((key) => cells[key] ?? '')),
  });
  return {
    name: `${named('file')}${familyNames[family].zh}台账.${file}`,
    bytes: file === 'xlsx' || file === 'xls' ? workbookOf(grid, file, table) : textOf(g, grid),
    rows: grid.rows,
    stored: found.map(({ stored }) => stored),
  };
}

function inAnyOrder<T>(g: Chance, list: readonly T[]): T[] {
  const left = [...list];
  return list.flatMap(() => left.splice(int(g, 0, left.length - 1), 1));
}

/** What was stored, with the fields that are expected of it. */
function readBack({ name, bytes, stored }: Sent): { records: object[]; errors: string[] } {
  const { sheets, problems } = readFile(name, bytes);
  const judged = judge([sheets], { units, options: {}, today: '2026-11-26' });
  const records = judged.staged.records.map((record, i) => {
    const { unit, date, title: name, kinds, figures } = record;
    const whole: Readonly<Record<string, unknown>> = {
      ...figures,
      unit,
      date,
      title: name,
      kinds: [...kinds].sort(),
    };
    return Object.fromEntries(Object.keys(stored[i] ?? {}).map((key) => [key, whole[key]]));
  });
  const errors = [...problems, ...judged.problems].filter((p) => p.severity === 'error');
  return { records, errors: errors.map((p) => `${p.cell} ${p.code} ${p.value ?? ''}`) };
}

test.each(families)('a record of %s reads back as itself, however it is written', (family) => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const sent = ledgerOf(g, family);
      const said = [sent.name, ...sent.rows.map((row) => JSON.stringify(row))].join('\n');
      expect(readBack(sent), said).toEqual({ records: sent.stored, errors: [] });
    }),
    { numRuns: 150, seed: 20_261_126 },
  );
});
