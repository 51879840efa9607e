import { expect } from 'vitest';
import { connect } from '../../../db/connect.ts';
import { demoLedgers } from '../../../db/demo/demo.ts';
import { shortName, type Unit } from '../../../shared/unit.ts';
import type { Stage } from '../stage.ts';
import { OWN_NAME, OWN_NOTE, type Centre } from './journey.ts';

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

/** The words of a ledger that figures quote, and those that the journeys write themselves. */
const QUOTED = ['50余人', '50余户', OWN_NAME, OWN_NOTE];

/** What the ledgers call things: records and their sheets. */
async function writtenIn(stage: Stage): Promise<string[]> {
  const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
  const tables = ['activity', 'visit', 'volunteering', 'rectification'] as const;
  const rows = await Promise.all(
    tables.map((table) => db.selectFrom(table).select(['title', 'sheet']).distinct().execute()),
  );
  await db.destroy();
  return [...QUOTED, ...rows.flat().flatMap(({ title, sheet }) => [title ?? '', sheet])].filter(
    (w) => w !== '',
  );
}

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
  for (const unit of tree) {
    // Below its branch a group is called by its own name alone.
    const above = tree.find((u) => u.code === unit.parent)?.name ?? '';
    for (const called of [unit.name, shortName(unit.name), unit.name.replace(above, '')]) given.add(called);
  }
  await page.context().close();
  for (const called of await writtenIn(stage)) given.add(called);
  return { root, path: path.slice(1), names: [...given].toSorted((a, b) => b.length - a.length) };
}
