import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { answer } from '../server/queries/answer.ts';
import { changing, dataVersion } from '../server/queries/centre.ts';
import { editsOfImport, rehomeEdited } from '../server/queries/edited-records.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { correctRecord, enterRecord, removeRecord, restoreRecord } from '../server/queries/record-edits.ts';
import { getRecord } from '../server/queries/record-page.ts';
import { records } from '../server/queries/records.ts';
import { restatement } from '../server/queries/restatement.ts';
import { removeImport } from '../server/import/remove.ts';
import { kpis } from '../shared/kpis.ts';
import { HAND_FILE } from '../shared/by-hand.ts';
import type { FieldValue } from '../shared/record-fields.ts';
import { restatementQuestion } from '../shared/restatement.ts';
import { engines, freshDatabase } from './engines.ts';
import { office } from './office.ts';

const clock = { now: new Date('2025-04-01T02:00:00Z') };
const doer = { now: () => clock.now, actor: '党办' };
const at = (instant: string): void => void (clock.now = new Date(instant));
const meeting = (fields: Record<string, FieldValue>) => ({
  family: 'activity' as const,
  fields: { unit: 'A', kinds: ['theme_day'], ...fields },
  why: '',
});

describe.each(engines)('records by hand on %s', (engine) => {
  let db: Db;
  let close: () => Promise<void>;
  let importId: number;
  const ledger = ['2025-01-10,主题党日,一,20,18', '2025-02-10,主题党日、党课,二,20,16'];

  beforeEach(async () => {
    ({ db, close } = await freshDatabase(engine));
    const o = office(db);
    at('2025-04-01T02:00:00Z');
    o.at('2025-03-20T02:00:00Z');
    await o.units([
      'C,引航中心,,centre,,,',
      'A,东港引航站党支部,C,branch,2010-01-01,,',
      'B,西港引航站党支部,C,branch,2010-01-01,2025-02-28,',
    ]);
    o.at('2025-03-21T02:00:00Z');
    importId = await o.hand('A', 'activity', ['2025-01', '2025-02'], ledger);
  });
  afterEach(() => close());

  const seen = { unit: 'A', years: [2025], asOf: '2025-04-30' };
  /** Every figure of the year, as they are or as they were known. */
  const cells = async (knownOn?: string) =>
    (await answer(db, { kpi: kpis.map((k) => k.id), ...seen, ...(knownOn ? { knownOn } : {}) })).cells;
  const march = async () =>
    (await answer(db, { kpi: ['attendance_rate'], ...seen, grain: 'month' })).cells.find(
      (c) => c.period === '2025-03',
    );
  const attendance = async () => {
    const question = { kpi: ['attendance_rate'], unit: 'A', years: [2025], asOf: '2025-12-31' };
    const { cells: of } = await answer(db, question);
    return [of[0]?.numerator, of[0]?.denominator];
  };
  const second = async () => {
    const { rows } = await records(db, {
      kpi: 'attendance_rate',
      unit: 'A',
      period: '2025',
      asOf: '2025-12-31',
    });
    const row = rows.find((r) => r.title === '二');
    if (!row) throw new Error('no record 二');
    return { unit: 'A', id: row.id };
  };
  const correct = (
    place: { unit: string; id: string },
    fields: Record<string, FieldValue>,
    ifVersion?: number,
  ) => correctRecord(db, place, { family: 'activity', fields, why: '签到表写的是这个数', ifVersion }, doer);
  const again = async () => {
    const text = ['时间,类型,主题,应到,实到', ...ledger].join('\n');
    const file = { name: 'A三会一课.csv', bytes: new TextEncoder().encode(text) };
    const { id } = await checkImport(db, { files: [file], unit: 'A', from: '2025-01', to: '2025-02' }, doer);
    return commitImport(db, id, doer);
  };

  test('what is entered counts, what is corrected moves the figure, what is removed is gone, and comes back', async () => {
    const before = await cells();
    const entered = await enterRecord(
      db,
      meeting({ date: '2025-03-10', title: '三', expected: 20, present: 20 }),
      doer,
    );
    expect(await attendance()).toEqual([54, 60]);
    expect(await march()).toMatchObject({ numerator: 20, denominator: 20, status: 'ok' });

    // Everybody came: nobody was absent for any reason. The record says where it is from.
    const page = await getRecord(db, entered);
    expect(page.fields).toMatchObject({
      present: 20,
      onDuty: 0,
      unexcused: 0,
      hours: null,
      presentMin: null,
    });
    expect(page.source).toMatchObject({ file: HAND_FILE, sheet: '', row: 1 });
    expect(page.broughtBy).toMatchObject({ source: 'hand', actor: '党办' });

    const wrong = await correct(entered, { date: '2025-04-10', present: 15, onDuty: 2, hours: 1.5 });
    expect(await attendance()).toEqual([49, 60]);
    expect((await march())?.status).toBe('none');
    // The way back is in the reply.
    if (wrong.undo?.action !== 'correct') throw new Error('no way back');
    await correct(entered, wrong.undo.fields as Record<string, FieldValue>, wrong.undo.ifVersion);
    expect(await attendance()).toEqual([54, 60]);

    const { undo } = await removeRecord(db, entered, { why: '记错了支部' }, doer);
    expect(undo).toEqual({ action: 'restore' });
    expect(await cells()).toEqual(before);
    const gone = await getRecord(db, entered);
    expect(gone).toMatchObject({ there: false, goneBy: { what: 'record', actor: '党办' } });
    expect(gone.fields).toEqual(page.fields);
    await restoreRecord(db, entered, { why: '没有记错' }, doer);
    expect(await attendance()).toEqual([54, 60]);

    const { history, there } = await getRecord(db, entered);
    expect(there).toBe(true);
    expect(history.map((h) => h.action)).toEqual(['enter', 'correct', 'correct', 'remove', 'enter']);
    expect(history[1]).toMatchObject({
      actor: '党办',
      why: '签到表写的是这个数',
      version: wrong.dataVersion,
    });
    expect(history[1]?.fields).toEqual([
      { field: 'date', from: '2025-03-10', to: '2025-04-10' },
      { field: 'present', from: 20, to: 15 },
      { field: 'onDuty', from: 0, to: 2 },
      { field: 'hours', from: null, to: 1.5 },
    ]);
  });

  test('an imported row is corrected, its past stays, and the difference is called a correction', async () => {
    at('2025-04-02T02:00:00Z');
    const then = await cells();
    const place = await second();
    at('2025-04-05T02:00:00Z');
    await correct(place, { present: 19, kinds: ['theme_day'], hours: 2 });
    expect(await attendance()).toEqual([37, 40]);
    at('2025-04-07T02:00:00Z');
    const between = await cells();
    await removeRecord(db, place, { why: '重复' }, doer);
    await enterRecord(db, meeting({ date: '2025-04-03', expected: 9, present: 9 }), doer);
    expect(await cells('2025-04-03')).toEqual(then);
    expect(await cells('2025-04-06')).toEqual(between);

    const told = await restatement(
      db,
      restatementQuestion.parse({
        kpi: ['attendance_rate'],
        unit: 'A',
        period: '2025',
        knownOn: '2025-04-03',
        asOf: '2025-04-30',
      }),
    );
    const steps = told.figures[0]?.steps ?? [];
    expect(steps.map((s) => [s.code, s.numerator, s.denominator])).toEqual([
      ['late', 9, 9],
      ['corrections', -16, -20],
      ['definitions', 0, 0],
      ['movement', 0, 0],
    ]);
    expect(steps[1]?.because).toMatchObject([{ type: 'ledger', how: 'removed', what: 'record', records: 1 }]);
    expect(told.changes.map((c) => c.what)).toEqual(['record', 'record', 'record']);
  });

  test('a record moved to a month without a ledger covers it, as a correction, and no more once it is moved back', async () => {
    const before = await cells();
    const place = await second();
    at('2025-04-03T02:00:00Z');
    await correct(place, { date: '2025-03-10' });
    expect(await march()).toMatchObject({ numerator: 16, denominator: 20 });
    const told = await restatement(
      db,
      restatementQuestion.parse({
        kpi: ['attendance_rate'],
        unit: 'A',
        period: '2025-03',
        knownOn: '2025-04-02',
        asOf: '2025-04-30',
      }),
    );
    const moving = told.figures[0]?.steps.filter((s) => s.because.length > 0);
    expect(moving?.map((s) => [s.code, s.numerator])).toEqual([['corrections', 16]]);
    expect(moving?.[0]?.because).toMatchObject([
      { how: 'changed', what: 'record', actor: '党办', records: 1 },
      { how: 'added', what: 'record', records: 0 },
    ]);
    await correct(place, { date: '2025-02-10' });
    expect(await cells()).toEqual(before);
    // And what says again what it said is no difference.
    const back = await restatement(
      db,
      restatementQuestion.parse({
        kpi: ['attendance_rate'],
        unit: 'A',
        period: '2025',
        knownOn: '2025-04-02',
        asOf: '2025-04-30',
      }),
    );
    expect(back.figures[0]?.steps.flatMap((s) => s.because)).toEqual([]);
  });

  test('the same ledger once more adds nothing, and the correction stands', async () => {
    const place = await second();
    await correct(place, { present: 19, date: '2025-02-11' });
    const corrected = await cells();
    expect((await again()).records).toBe(0);
    expect(await cells()).toEqual(corrected);
    expect((await getRecord(db, place)).fields).toMatchObject({ present: 19, date: '2025-02-11' });
  });

  test('an event entered by hand is known when it comes in a ledger, also as corrected', async () => {
    const o = office(db);
    const entered = await enterRecord(
      db,
      meeting({ date: '2025-03-10', title: '三', expected: 20, present: 20, kinds: ['general_meeting'] }),
      doer,
    );
    const row = '2025-03-10,党员大会,三,20,20';
    await o.hand('A', 'activity', ['2025-03', '2025-03'], [row]);
    expect(await attendance()).toEqual([54, 60]);
    await correct(entered, { title: '三（补）' });
    await o.hand('A', 'activity', ['2025-03', '2025-03'], ['2025-03-10,党员大会,三（补）,20,20']);
    expect(await attendance()).toEqual([54, 60]);
    // And the other way round: what is there already is not entered once more.
    const twice = enterRecord(
      db,
      meeting({
        date: '2025-03-10',
        title: '三（补）',
        expected: 20,
        present: 20,
        kinds: ['general_meeting'],
      }),
      doer,
    );
    await expect(twice).rejects.toMatchObject({ status: 409 });
    expect(await attendance()).toEqual([54, 60]);
  });

  test('each family is entered and read back as it was written', async () => {
    const all = {
      visit: {
        kind: 'enterprise_visit',
        title: '甲',
        participants: null,
        participantsMin: 50,
        raised: 2,
        resolved: 1,
      },
      volunteering: { title: '护岸', participants: 12, hours: 2.5, place: '码头', beneficiaries: null },
      rectification: {
        title: '台账不全',
        nature: 'deadline',
        dueOn: '2025-06-30',
        extendedTo: null,
        closedOn: '2025-03-20',
      },
      headcount: { members: 21 },
    } as const;
    for (const [family, fields] of Object.entries(all)) {
      const draft = { unit: 'A', date: '2025-03-01', ...fields };
      const made = await enterRecord(
        db,
        { family: family as keyof typeof all, fields: draft, why: '补录' },
        doer,
      );
      expect((await getRecord(db, made)).fields).toMatchObject(draft);
    }
    const ask = async (kpi: string) =>
      (await answer(db, { kpi: [kpi], unit: 'A', years: [2025], asOf: '2025-04-30' })).cells[0];
    expect(await ask('visits')).toMatchObject({ numerator: 1 });
    expect(await ask('visit_issues_resolved_rate')).toMatchObject({ numerator: 1, denominator: 2 });
    expect(await ask('volunteer_hours')).toMatchObject({ numerator: 30 });
    expect(await ask('rectification_closure_rate')).toMatchObject({ numerator: 1, denominator: 1 });
  });

  test('a change made from an older version is a conflict; one that changes nothing makes no version', async () => {
    const place = await second();
    const { version } = await getRecord(db, place);
    const now = await dataVersion(db);
    expect(await correct(place, { present: 16, kinds: ['party_lecture', 'theme_day'] })).toMatchObject({
      changed: false,
      dataVersion: now,
      undo: null,
    });
    expect((await getRecord(db, place)).history).toEqual([]);
    await correct(place, { present: 17 }, version);
    await expect(correct(place, { present: 18 }, version)).rejects.toMatchObject({ status: 409 });
    await expect(removeRecord(db, place, { why: '重复', ifVersion: version }, doer)).rejects.toMatchObject({
      status: 409,
    });
    await expect(restoreRecord(db, place, { why: '误删' }, doer)).rejects.toMatchObject({ status: 409 });
    expect(await attendance()).toEqual([35, 40]);
  });

  test('what was corrected in an import is listed, and is left by its undo in a home of its own', async () => {
    const place = await second();
    const first = { unit: 'A', id: place.id.replace(/\d+$/, (row) => String(Number(row) - 1)) };
    const { undo } = await correct(first, { present: 20 });
    if (undo?.action !== 'correct') throw new Error('no way back');
    await correct(first, undo.fields as Record<string, FieldValue>);
    await correct(place, { hours: 2 });
    await correct(place, { present: 19, onDuty: 1 });
    // Corrected back is not corrected.
    expect((await editsOfImport(db, importId)).edits).toMatchObject([
      { unit: 'A', record: place.id, ledger: 'activity', date: '2025-02-10', title: '二', actor: '党办' },
    ]);
    const left = await db.transaction().execute((trx) =>
      changing(trx, { at: doer.now().toISOString(), actor: 'x', what: 'undo' }, async (version) => {
        const home = await rehomeEdited(trx, importId, doer, version);
        await removeImport(trx, { importId, version });
        return { changed: true, home };
      }),
    );
    expect(left.home).toMatchObject({ records: 1 });
    expect(await attendance()).toEqual([19, 20]);
    const page = await getRecord(db, place);
    expect(page).toMatchObject({ there: true, broughtBy: { importId: left.home?.importId, source: 'hand' } });
    expect(page.history).toHaveLength(2);
    const coverage = await db
      .selectFrom('coverage')
      .select(['from_month', 'to_month', 'import_id'])
      .execute();
    expect(coverage).toEqual([
      { from_month: '2025-02', to_month: '2025-02', import_id: left.home?.importId },
    ]);
    expect((await editsOfImport(db, left.home?.importId ?? 0)).edits).toHaveLength(1);
    // The ledger comes back: the record that was kept is known in it.
    expect((await again()).records).toBe(1);
    expect(await attendance()).toEqual([37, 40]);
    expect(await rehomeEdited(db, importId, doer, 99)).toBeNull();
  });
});
