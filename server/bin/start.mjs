// npm start: ready, then the server; the first time with the demo centre.
import { become, readyOrExit } from './ready.mjs';

await readyOrExit();
await become(['serve', ...process.argv.slice(2)]);
