import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

type Manifest = Readonly<Record<string, { readonly file: string; readonly imports?: readonly string[] }>>;
type Weight = { readonly file: string; readonly kb: number };
/** What a limit is held against: files, each in KB (1,000 bytes) by gzip. */
export type Weights = Readonly<Record<string, readonly Weight[]>>;
export type Limits = Readonly<Record<string, number>>;

const KB = 1_000;

/** The files of a chunk and of all that it imports. */
function filesOf(manifest: Manifest, name: string): string[] {
  const names = new Set([name]);
  const files = new Set<string>();
  // A set that grows while it is walked.
  for (const one of names) {
    const chunk = manifest[one];
    if (!chunk) throw new Error(`the build has no ${one}`);
    files.add(chunk.file);
    for (const other of chunk.imports ?? []) names.add(other);
  }
  return [...files];
}

/** @param client the built pages for browsers */
export function weigh(client: string): Weights {
  const manifest = JSON.parse(readFileSync(join(client, '.vite', 'manifest.json'), 'utf8')) as Manifest;
  const page = readFileSync(join(client, 'index.html'), 'utf8');
  const named = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map((found) => found[1] ?? '');
  const styles = named(/<link rel="stylesheet"[^>]*href="\/([^"]+)"/g);
  const scripts = named(/<script[^>]*src="\/([^"]+)"/g);
  const program = filesOf(manifest, 'main.ts');
  const files: Readonly<Record<string, readonly string[]>> = {
    'scripts before the first paint': scripts,
    'scripts of the first view': [...new Set([...scripts, ...program])],
    'styles of the first view': styles,
    // What the program has brought already is not fetched again.
    ECharts: filesOf(manifest, 'components/echarts.ts').filter((file) => !program.includes(file)),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, own]) => [
      name,
      own.map((file) => ({ file, kb: gzipSync(readFileSync(join(client, file))).length / KB })),
    ]),
  );
}

/** One line for each limit that is passed: what, how much, the limit, and its files. */
export function overweight(weights: Weights, limits: Limits): string[] {
  const names = new Set([...Object.keys(weights), ...Object.keys(limits)]);
  return [...names].flatMap((name) => {
    const [files, limit] = [weights[name] ?? [], limits[name]];
    if (limit === undefined) return [`${name}: has no limit`];
    if (files.length === 0) return [`${name}: the build has no such file`];
    const kb = files.reduce((sum, file) => sum + file.kb, 0);
    const each = files.map((file) => `${file.file} ${file.kb.toFixed(1)}`).join(', ');
    return kb > limit ? [`${name}: ${kb.toFixed(1)} KB by gzip, the limit is ${limit} (${each})`] : [];
  });
}
