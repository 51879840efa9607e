import { importBench } from './import.ts';
import { snapshotBench } from './snapshot.ts';
import { keep, markdown } from './table.ts';
import { webBench } from './web.ts';

// npm run bench -- NAME [--keep]: measures, prints the table, and with --keep puts it into docs/benchmarks.md.
const benches = { import: importBench, snapshot: snapshotBench, web: webBench } as const;
const [name, flag] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name ?? '') ? benches[name as keyof typeof benches] : undefined;
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join(' | ')} [--keep]`);
  process.exitCode = 2;
} else {
  const table = await bench();
  if (flag === '--keep') keep(table);
  console.log(markdown(table));
}
