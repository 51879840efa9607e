import { readFile } from 'node:fs/promises';
import { connect } from '../../db/connect.ts';
import { readDate } from '../../server/ledger/dates.ts';
import { readFile as sheetsOf } from '../reading.ts';
import { textCell, type Cell } from '../../server/ledger/sheet.ts';
import { answer } from '../../server/queries/answer.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { versionOn } from '../../server/queries/known.ts';
import { settings } from '../../server/queries/settings.ts';
import { importUnits } from '../../server/queries/units.ts';
import { dayIn } from '../../shared/clock.ts';
import { momentsSchema, type Moment, type Told } from './told.ts';

// Run in a process of its own, under a TZ of its own: what the product makes of the same files at the
// same instants. Its arguments: the folder of the files, and the moments as JSON.
const [, , folder = '', asked = '[]'] = process.argv;

const bytesOf = (name: string): Promise<Uint8Array> => readFile(`${folder}/${name}`);

async function seenAt({ instant, timeZone }: Moment): Promise<Told['seen'][number]> {
  const now = (): Date => new Date(instant);
  const { db } = await connect('sqlite::memory:');
  await db.insertInto('setting').values({ key: 'timeZone', value: timeZone }).execute();
  await importUnits(db, await bytesOf('units.csv'), 'units.csv', { now, actor: 'test' });
  const name = '东港站2022年三会一课.csv';
  const { id, sheets } = await checkImport(
    db,
    { files: [{ name, bytes: await bytesOf(name) }] },
    { now, actor: 'test' },
  );
  const { dataVersion } = await commitImport(db, id, { now, actor: 'test' });
  const { cells } = await answer(db, {
    kpi: ['study_sessions', 'attendance_rate', 'norm_compliance', 'ledger_completeness'],
    unit: 'DG',
    years: [2022],
    grain: 'quarter',
    asOf: '2022-12-31',
  });
  const today = dayIn((await settings(db)).timeZone, now());
  const knownThatDay = (await versionOn(db, '2022-12-31')) === dataVersion;
  await db.destroy();
  return { today, covered: sheets.map((s) => `${s.from}..${s.to}`), cells, knownThatDay };
}

/** The first column of each workbook's sheet, and of the text file, as dates. */
async function readings(): Promise<Told['read']> {
  const read: Told['read'] = {};
  for (const name of ['1900.xlsx', '1904.xlsx', '1900.xls', '1904.xls', 'dates.csv']) {
    const [sheet] = sheetsOf(name, await bytesOf(name)).sheets;
    if (!sheet) throw new Error(`${name} has no sheet`);
    read[name] = sheet.rows.slice(1).map(({ cells }) => said(cells.get(0), sheet.date1904));
  }
  return read;
}

function said(cell: Cell | undefined, date1904: boolean): string {
  const reading = readDate(cell ?? textCell(''), { yearFor: () => 2022, date1904 });
  return reading.is === 'date' ? `${reading.date}${reading.end ? `..${reading.end}` : ''}` : reading.is;
}

const moments = momentsSchema.parse(JSON.parse(asked));
const seen: Told['seen'] = [];
for (const moment of moments) seen.push(await seenAt(moment));
// Minutes west of UTC in winter: that the process stands where it was put.
const west = new Date('2022-12-31T12:00:00Z').getTimezoneOffset();
process.stdout.write(JSON.stringify({ west, seen, read: await readings() } satisfies Told));
