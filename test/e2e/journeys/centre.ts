import { expect } from 'vitest';
import { demoLedgers } from '../../../db/demo/demo.ts';
import type { RecordsReply } from '../../../shared/api.ts';
import { kpis } from '../../../shared/kpis.ts';
import { shortName, type Unit } from '../../../shared/unit.ts';
import type { Stage } from '../stage.ts';
import type { Centre } from './journey.ts';

/** A ledger of a group's own, in March two kinds of study. */
const ofGroup = (name: string): string =>
  [
    `${name}2026年1-9月三会一课`,
    '日期,类型,主题,应到人数,实到人数,学时',
    '2026-01-12,集中学习,年度计划,9,8,2',
    '2026-03-05,党课,船上的一课,9,9,1.5',
    '2026-03-19,集中学习,安全生产,9,7,2',
    '2026-03-26,集中学习,航道新规,9,8,2',
    '2026-09-03,党课,台风季,9,8,1',
  ].join('\n');

/** A demonstration centre of nine branches and three years, and one group that keeps a ledger of its own. */
export async function centreOn(stage: Stage): Promise<Centre> {
  const [units, ...ledgers] = demoLedgers({ branches: 9, years: 3, seed: 7 });
  await stage.bring({ units, ledgers });
  const root = stage.running.address;
  const { page } = await stage.open();
  const ask = async <T>(path: string): Promise<T> => (await page.request.get(`${root}/api${path}`)).json();
  const { units: tree } = await ask<{ units: Unit[] }>('/units');
  const group = tree.find((u) => u.level === 'group');
  expect(group).toBeDefined();
  const name = group?.name ?? '';
  const own = { name: `${name}2026年1-9月三会一课.csv`, bytes: new TextEncoder().encode(ofGroup(name)) };
  await stage.bring({ ledgers: [own] });
  const path: Unit[] = [];
  for (let u = group; u; u = tree.find((t) => t.code === u?.parent)) path.unshift(u);
  const given = new Set([...ledgers, own].map((file) => file.name.split('/').at(-1) ?? ''));
  for (const unit of tree) for (const called of [unit.name, shortName(unit.name)]) given.add(called);
  await page.context().close();
  void kpis;
  void ({} as RecordsReply);
  return { root, path: path.slice(1), names: [...given].toSorted((a, b) => b.length - a.length) };
}
