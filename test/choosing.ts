import { expect } from 'vitest';
import { recordTables } from '../db/types.ts';
import { checkDatabase } from '../server/commands/check.ts';
import { answer } from '../server/queries/answer.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { correctRecord, removeRecord, restoreRecord } from '../server/queries/record-edits.ts';
import { importUnits } from '../server/queries/units.ts';
import type { CommitChoices, ImportReply } from '../shared/imports.ts';
import { kpis } from '../shared/kpis.ts';
import type { freshDatabase } from './engines.ts';
import { unitsCsv } from './served.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const heading = '时间,类型,主题,应到,实到';
/** A ledger of meetings of branch A. */
export const ledger = (name: string, rows: readonly string[]) => ({
  name: `东港站${name}.csv`,
  bytes: bytes([heading, ...rows].join('\n')),
});
export const none: CommitChoices = { replace: [], twins: [] };

/** The figures and rows of a centre with the units of the tests, and what is done to it. */
export function centre({ db, dialect }: Awaited<ReturnType<typeof freshDatabase>>) {
  const clock = { now: new Date('2025-01-10T02:00:00Z') };
  const doer = { now: () => clock.now, actor: 'office' };
  return {
    at: (day: string) => void (clock.now = new Date(`${day}T02:00:00Z`)),
    units: () => importUnits(db, bytes(unitsCsv), 'units.csv', doer),
    check: (...files: { name: string; bytes: Uint8Array }[]) => checkImport(db, { files }, doer),
    commit: ({ id }: Pick<ImportReply, 'id'>, choices: Partial<CommitChoices> = {}) =>
      commitImport(db, id, doer, { choices: { ...none, ...choices } }),
    undo: ({ id }: Pick<ImportReply, 'id'>, edited?: 'keep' | 'drop') => undoImport(db, id, doer, edited),
    correct: (id: string, fields: Record<string, number>) =>
      correctRecord(db, { unit: 'A', id }, { family: 'activity', fields, why: '核对签到表后改正' }, doer),
    remove: (id: string) => removeRecord(db, { unit: 'A', id }, { why: '并非本支部的会议' }, doer),
    restore: (id: string) => restoreRecord(db, { unit: 'A', id }, { why: '删错了，恢复' }, doer),
    /** Every row that figures are made of, without the version that a row which has come back is given anew. */
    async rows() {
      const all: Record<string, string[]> = {};
      for (const table of [...recordTables, 'activity_kind', 'coverage'] as const)
        all[table] = (await db.selectFrom(table).selectAll().execute())
          .map((r) => JSON.stringify({ ...r, version: 0 }))
          .toSorted();
      return all;
    },
    /** Of each meeting its day, title and how many were present. */
    async meetings() {
      const rows = await db
        .selectFrom('activity')
        .select(['date', 'title', 'present'])
        .orderBy('date')
        .orderBy('title')
        .orderBy('present')
        .execute();
      return rows.map(({ date, title, present }) => [date.slice(5), title, present].join(' '));
    },
    /** Every figure of the year, of the centre and month by month of the branch. */
    async figures(knownOn?: string) {
      const kpi = kpis.map((k) => k.id);
      const known = knownOn ? { knownOn } : {};
      const of = [
        { kpi, years: [2024], ...known },
        { kpi, unit: 'A', years: [2024], grain: 'month' as const, ...known },
      ];
      const cells = [];
      for (const question of of) cells.push(...(await answer(db, question)).cells);
      return cells;
    },
    async expectClean() {
      for (const finding of await checkDatabase({ db, dialect }))
        expect(finding, finding.detail).toMatchObject({ ok: true });
    },
  };
}
