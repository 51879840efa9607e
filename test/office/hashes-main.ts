import { hashes } from './hashes.ts';

void hashes().then((made) => console.log(JSON.stringify(made)));
