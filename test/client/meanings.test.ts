import { expect, test } from 'vitest';
import { meaningGroups, meaningOf } from '../../client/components/meanings.ts';
import type { Unit } from '../../shared/unit.ts';

const unit = (code: string, name: string, parent: string | null): Unit => ({
  code,
  name,
  parent,
  level: parent === null ? 'centre' : 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const units = [
  unit('C', '引航中心', null),
  unit('A', '东港引航站党支部', 'C'),
  unit('B', '西港引航站党支部', 'C'),
];
const codes = (groups: ReturnType<typeof meaningGroups>) =>
  groups.map((g) => [g.id, g.meanings.map((m) => m.code)] as const);

test('the likely meanings come first, and stand nowhere twice', () => {
  const kinds = codes(meaningGroups({ what: 'kind', scope: 'visit' }, units, ['research_visit', 'gone']));
  expect(kinds).toEqual([
    ['near', ['research_visit']],
    ['visit', ['enterprise_visit', 'condolence_visit']],
  ]);
});

test('a heading means a column of its ledger; ours and those that count for nothing stand apart', () => {
  const [columns, unused] = codes(meaningGroups({ what: 'heading', scope: 'headcount' }, units));
  expect(columns?.[1]).toContain('members');
  expect(columns?.[1]).not.toContain('breakdown');
  expect(unused).toEqual(['unusedColumns', ['seq', 'quarter', 'breakdown']]);
  expect(meaningGroups({ what: 'heading', scope: 'nothing' }, units)).toEqual([]);
});

test('units stand as in their tree; where two are asked about, these without their indent', () => {
  const [near, rest] = meaningGroups({ what: 'unit', scope: '' }, units, ['B', 'A']);
  expect(near?.meanings.map((m) => m.label.zh)).toEqual(['西港引航站党支部', '东港引航站党支部']);
  expect(rest?.meanings.map((m) => m.label.zh)).toEqual(['引航中心']);
  const [all] = meaningGroups({ what: 'unit', scope: '' }, units);
  expect(all?.meanings.map((m) => m.label.zh)).toEqual([
    '引航中心',
    '\u3000东港引航站党支部',
    '\u3000西港引航站党支部',
  ]);
});

test('a taught word is said by the name of what it means, or its code where that is gone', () => {
  const byCode = new Map(units.map((u) => [u.code, u]));
  const of = (what: 'heading' | 'kind' | 'unit', scope: string, means: string): string =>
    meaningOf({ what, scope, means }, byCode).zh;
  expect([
    of('heading', 'activity', 'present'),
    of('heading', 'activity', 'ignored'),
    of('kind', 'activity', 'heart_talk'),
    of('unit', '', 'A'),
    of('unit', '', 'Z'),
    of('heading', 'activity', 'gone'),
  ]).toEqual(['实到', '不用这一列', '谈心谈话', '东港引航站党支部', 'Z', 'gone']);
});
