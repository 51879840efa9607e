// npm run -s hangbiao -- COMMAND
import { become, readyOrExit } from './ready.mjs';

await readyOrExit();
await become(process.argv.slice(2));
