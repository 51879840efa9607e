import type { Db } from '../db/connect.ts';
import { checkImport, commitImport, undoImport } from '../server/queries/imports.ts';
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
