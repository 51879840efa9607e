import { connect } from '../../db/connect.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { bytes, name } from './ledger.ts';
import { beginning, doer, say } from './saying.ts';

// A process of its own, to be killed in a check. Words: the database, how many rows.
const [url = '', rows] = process.argv.slice(2);
const { db } = await connect(url);
const files = [{ name, bytes: bytes(Number(rows)) }];
say('READY');
await checkImport(db, { files }, doer, { progress: beginning() });
say('DONE');
await db.destroy();
