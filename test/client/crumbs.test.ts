import { expect, test } from 'vitest';
import { nameUnder, periodsTo } from '../../client/composables/useCrumbs.ts';
import type { Unit } from '../../shared/unit.ts';

test('a period stands in the wider ones that hold it', () => {
  expect(periodsTo('2026')).toEqual(['2026']);
  expect(periodsTo('2026-03')).toEqual(['2026', '2026-03']);
  expect(periodsTo('2026-Q2')).toEqual(['2026', '2026-Q2']);
  expect(periodsTo('2026-03-16')).toEqual(['2026', '2026-03', '2026-03-16']);
  expect(periodsTo('spring')).toEqual([]);
});

test('its year is the centre’s own, which need not begin in January', () =>
  expect(periodsTo('2026-03', 4)).toEqual(['2025', '2026-03']));

const unit = (name: string, parent: string | null): Unit => ({
  code: name,
  name,
  parent,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});

test('a unit is called by what its name adds to the one above', () => {
  const branch = unit('东港引航站第一党支部', 'HJ');
  expect(nameUnder(unit('东港引航站第一党支部第一党小组', 'DG1'), branch)).toBe('第一党小组');
  expect(nameUnder(branch, unit('瀚江引航中心', null))).toBe('东港站第一');
  expect(nameUnder(unit('瀚江引航中心', null), undefined)).toBe('瀚江引航中心');
});
