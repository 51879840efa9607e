import type { Db } from '../db/connect.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { changeRules } from '../server/queries/rules.ts';
import { importUnits } from '../server/queries/units.ts';
import type { AnyChange, NormDraft } from '../shared/rule-change.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const heads = {
  visit: '时间,类型,走访对象,参加人数,困难诉求,办结',
  activity: '时间,类型,主题,应到,实到',
  rectification: '问题,发现时间,整改时限,销号',
  headcount: '年月,党员数',
} as const;
const names = { visit: '走访台账', activity: '三会一课', rectification: '整改台账', headcount: '党员人数' };
export type Ledger = keyof typeof heads;

/** A centre that is worked on: each deed at a moment of its own. */
export function office(db: Db) {
  const clock = { now: new Date('2025-01-01T02:00:00Z') };
  const doer = { now: () => clock.now, actor: 'office' };
  return {
    at: (instant: string) => void (clock.now = new Date(instant)),
    units: (lines: readonly string[]) =>
      importUnits(
        db,
        bytes(['code,name,parent,level,opened_on,closed_on,merged_into', ...lines].join('\n')),
        'units.csv',
        doer,
      ),
    async hand(unit: string, ledger: Ledger, [from, to]: readonly [string, string], rows: readonly string[]) {
      const file = { name: `${unit}${names[ledger]}.csv`, bytes: bytes([heads[ledger], ...rows].join('\n')) };
      const { id } = await checkImport(db, { files: [file], unit, from, to }, doer);
      await commitImport(db, id, doer);
      return id;
    },
    undo: (id: number) => undoImport(db, id, doer),
    rule: (change: AnyChange) => changeRules(db, change, doer),
    norm: (row: Partial<NormDraft>) =>
      changeRules(
        db,
        {
          what: 'norm',
          action: 'add',
          row: {
            layer: 'centre',
            unit: null,
            kind: null,
            kpi: null,
            every: null,
            per: null,
            minMembers: null,
            value: null,
            from: null,
            to: null,
            source: { zh: '中心决定', en: 'decision of the centre' },
            strength: 'local',
            note: null,
            ...row,
          },
        },
        doer,
      ),
  };
}

/**
 * Two branches through half a year. By the end of April 2025 one has handed in its first quarter, the
 * other its meetings of January and February; then a norm, late ledgers, three files replaced,
 * committees no longer asked for, and the second quarter.
 */
export async function twoBranches(o: ReturnType<typeof office>): Promise<void> {
  const q1 = ['2025-01', '2025-03'] as const;
  const q2 = ['2025-04', '2025-06'] as const;
  o.at('2025-04-10T02:00:00Z');
  await o.units([
    'C,引航中心,,centre,,,',
    'A,东港引航站党支部,C,branch,2010-01-01,,',
    'B,西港引航站党支部,C,branch,2010-01-01,,',
  ]);
  const visits = await o.hand('A', 'visit', q1, [
    '2025-01-08,企业走访,甲,2,0,0',
    '2025-02-08,企业走访,乙,2,0,0',
    '2025-03-08,走访慰问,丙,2,0,0',
  ]);
  const meetings = await o.hand('A', 'activity', q1, [
    '2025-01-10,主题党日,一,20,18',
    '2025-02-10,主题党日,二,20,16',
    '2025-03-10,主题党日,三,20,20',
  ]);
  await o.hand(
    'B',
    'activity',
    ['2025-01', '2025-02'],
    ['2025-01-12,主题党日,一,10,9', '2025-02-12,主题党日,二,10,8'],
  );
  const problems = await o.hand('A', 'rectification', q1, [
    '甲,2025-01-05,2025-06-30,2025-01-15',
    '乙,2025-02-01,2025-06-30,2025-03-03',
  ]);
  // 30 April, a minute before midnight in Shanghai: still that day.
  o.at('2025-04-30T15:59:00Z');
  await o.norm({ kpi: 'attendance_rate', value: 0.8 });
  o.at('2025-05-12T02:00:00Z');
  await o.hand('B', 'visit', q1, ['2025-01-20,调研,丁,3,0,0', '2025-03-20,调研,戊,3,0,0']);
  await o.hand('B', 'activity', ['2025-03', '2025-03'], ['2025-03-12,主题党日,三,10,10']);
  await o.hand('B', 'rectification', q1, [
    '丙,2025-03-01,2025-06-30,2025-05-10',
    '丁,2025-03-11,2025-06-30,2025-03-15',
  ]);
  o.at('2025-05-20T02:00:00Z');
  for (const id of [visits, meetings, problems]) await o.undo(id);
  o.at('2025-05-21T02:00:00Z');
  await o.hand('A', 'visit', q1, [
    '2025-01-08,企业走访,甲,2,0,0',
    '2025-02-08,企业走访,乙,2,0,0',
    '2025-03-09,走访慰问,丙,2,0,0',
    '2025-03-10,走访慰问,己,2,0,0',
  ]);
  await o.hand('A', 'activity', q1, [
    '2025-01-10,主题党日,一,20,18',
    '2025-02-10,主题党日,二,20,19',
    '2025-03-10,主题党日,三,20,20',
    '2025-03-20,党员大会,四,20,10',
  ]);
  await o.hand('A', 'rectification', q1, [
    '甲,2025-01-05,2025-06-30,2025-01-25',
    '乙,2025-02-01,2025-06-30,2025-03-03',
  ]);
  o.at('2025-06-01T02:00:00Z');
  await o.norm({ kind: 'committee_meeting', every: 'never' });
  o.at('2025-07-05T02:00:00Z');
  await o.hand('A', 'visit', q2, ['2025-04-08,企业走访,甲,2,0,0', '2025-05-08,企业走访,乙,2,0,0']);
  await o.hand('B', 'visit', q2, ['2025-06-08,调研,庚,2,0,0']);
  await o.hand('A', 'activity', q2, ['2025-04-10,主题党日,五,20,20']);
  await o.hand('B', 'activity', q2, ['2025-04-12,主题党日,四,10,5']);
  await o.hand('A', 'rectification', q2, [
    '戊,2025-04-01,2025-06-30,2025-04-03',
    '己,2025-05-01,2025-06-30,2025-05-04',
  ]);
}
