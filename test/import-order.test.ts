import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { Random } from '../db/demo/random.ts';
import type { Engine } from '../db/dialect.ts';
import { checkImport, readIn, stateTables, type ImportRequest } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import type { Cell } from '../shared/query.ts';
import { freshDatabase } from './engines.ts';
import { differences, everything } from './laws/asking.ts';
import { directly, same } from './oracle/compare.ts';

// Several files at once, bad ones among them, spans stated by hand, imports taken back in between: in whatever order
// they are committed, the figures are the same. (Of good files, one by one and over HTTP: laws-imports.test.ts.)

const unitsCsv =
  'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,,,\nDG,东港引航站党支部,JH,branch,,,\nXG,西港引航站党支部,JH,branch,,,\n';
const doer = { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'office' };

type Sent = { readonly name: string; readonly bytes: Uint8Array };
/** One import: its files, what is stated of them at the check and after it, and whether it is taken back at once. */
type Incoming = Omit<ImportRequest, 'files'> & {
  readonly files: readonly Sent[];
  readonly of: string;
  readonly restated: { readonly from: string; readonly to: string } | null;
  readonly isTakenBack: boolean;
};

const two = (n: number): string => String(n).padStart(2, '0');
const csv = (name: string, heading: string, rows: readonly string[]): Sent => ({
  name: `${name}.csv`,
  bytes: strToU8([heading, ...rows].join('\n')),
});

/** Ten rows of a station's year, of which a file holds some: two files of it overlap. */
function rowsOf(random: Random, family: 'meetings' | 'visits' | 'services'): string[] {
  return Array.from({ length: 10 }, (_, i) => {
    const day = `2022-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
    const n = random.int(3, 20);
    const unsure = random.pick([String(n), String(n), '若干', `${n}余`]);
    if (family === 'visits')
      return `${day},${random.pick(['企业走访', '走访慰问'])},公司${i},${n},${random.int(0, n)}`;
    if (family === 'services') return `${day},清漂${i},${unsure},${random.int(1, 4)}`;
    // Now and then more present than expected: a contradiction, whoever brings it.
    const present = random.chance(0.15) ? n + 1 : random.int(2, n);
    return `${day},${random.pick(['支委会', '党员大会', '主题党日', '集中学习'])},议题${i},${n},${present},1.5`;
  });
}
const headings = {
  meetings: '时间,类型,主题,应到,实到,学时',
  visits: '时间,走访类型,走访对象,反映问题,办结',
  services: '时间,服务项目,参与人数,时长',
} as const;
const ledgers = ['meetings', 'visits', 'services'] as const;

const bad = (random: Random): Sent =>
  random.pick<Sent>([
    { name: '坏.xlsx', bytes: strToU8('PK\u0003\u0004 cut') },
    { name: '程序.csv', bytes: Uint8Array.from([0x4d, 0x5a, 0x90, 0]) },
    { name: '说明.txt', bytes: strToU8('本文件不是台账') },
    { name: '空.csv', bytes: new Uint8Array() },
  ]);

function importsOfChance(random: Random): Incoming[] {
  const stations = [
    ['DG', '东港站'],
    ['XG', '西港站'],
  ] as const;
  const whole = stations.flatMap(([code, name]) =>
    ledgers.map((family) => ({ code, name, family, rows: rowsOf(random.of(code, family), family) })),
  );
  const count = csv('东港站党员人数', '年月,党员数', ['2022-01,20', '2022-08,22']);
  return Array.from({ length: 8 }, (_, i) => {
    const { code, name, family, rows } = random.pick(whole as [(typeof whole)[number], ...typeof whole]);
    const from = random.int(0, 6);
    const part = rows.slice(from, from + random.int(2, 6));
    // Neither year nor unit in the name: both are stated with the files, or they are read in the file's name.
    const isStated = random.chance(0.4);
    const file = csv(isStated ? `第${i}次` : `${name}2022年第${i}次`, headings[family], part);
    const files = random.chance(0.3)
      ? [{ name: '打包.zip', bytes: zipSync({ [file.name]: file.bytes }) }]
      : [file];
    if (random.chance(0.4)) files.push(bad(random));
    if (!isStated && random.chance(0.3)) files.push(count);
    const months = { from: `2022-${two(random.int(1, 4))}`, to: `2022-${two(random.int(8, 12))}` };
    return {
      of: `${i} ${code} ${family}`,
      files: random.shuffled(files),
      ...(isStated ? { unit: code, ...months } : {}),
      restated: random.chance(0.3) ? { from: '2022-01', to: `2022-${two(random.int(9, 12))}` } : null,
      isTakenBack: random.chance(0.2),
    };
  });
}

async function answersAfter(engine: Engine, imports: readonly Incoming[]): Promise<Cell[]> {
  const { db, close } = await freshDatabase(engine);
  try {
    await importUnits(db, strToU8(unitsCsv), 'units.csv');
    for (const { of: _of, restated, isTakenBack, ...request } of imports) {
      const { id, sheets } = await checkImport(db, request, doer);
      if (restated) {
        const tables = sheets.filter((s) => s.ledger !== null && s.ledger !== 'headcount').map((s) => s.key);
        await stateTables(
          db,
          id,
          tables.map((table) => ({ table, ...restated })),
          doer,
        );
        await readIn(db, id, [], doer);
      }
      await commitImport(db, id, doer);
      if (isTakenBack) await undoImport(db, id, doer);
    }
    return await everything(directly(db), ['JH', 'DG', 'XG'], { years: [2022], grain: 'quarter' });
  } finally {
    await close();
  }
}

test.each<[Engine, string]>([
  ['sqlite', 'one'],
  ['sqlite', 'two'],
  ['postgres', 'three'],
])('in any order the same figures: %s, %s', async (engine, seed) => {
  const random = new Random(`order ${seed}`);
  const imports = importsOfChance(random);
  const given = await answersAfter(engine, imports);
  expect(given.filter((c) => c.records > 0).length).toBeGreaterThan(20);
  for (let order = 0; order < (engine === 'sqlite' ? 2 : 1); order++) {
    const shuffled = random.shuffled(imports);
    const said = differences(given, await answersAfter(engine, shuffled), same);
    expect(said.slice(0, 3), shuffled.map((i) => i.of).join(', ')).toEqual([]);
  }
});
