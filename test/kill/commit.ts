import { connect } from '../../db/connect.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { beginning, doer, say } from './saying.ts';

// A process of its own, to be killed in a commit. Words: the database, the import.
const [url = '', id] = process.argv.slice(2);
const { db } = await connect(url);
say('READY');
await commitImport(db, Number(id), doer, { progress: beginning() });
say('DONE');
await db.destroy();
