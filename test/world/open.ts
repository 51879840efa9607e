import type { Engine } from '../../db/dialect.ts';
import { overHttp, type Asker } from '../oracle/compare.ts';
import { Oracle } from '../oracle/oracle.ts';
import { readTables, type Tables } from '../oracle/tables.ts';
import { served, type Served } from '../served.ts';
import { store, type World } from './world.ts';

/** A centre of chance with a server over it. */
export type Opened = {
  readonly world: World;
  readonly served: Served;
  readonly asker: Asker;
  readonly tables: Tables;
  readonly oracle: Oracle;
};

/** Serves the centre, lets it be asked, and takes the server down. */
export async function withCentre<T>(
  world: World,
  ask: (opened: Opened) => Promise<T>,
  engine: Engine = 'sqlite',
): Promise<T> {
  const s = await served(engine);
  try {
    await store(s, world);
    const tables = await readTables(s.db);
    const asker = overHttp((path) => s.as('leader', path));
    return await ask({ world, served: s, asker, tables, oracle: new Oracle(tables) });
  } finally {
    await s.close();
  }
}
