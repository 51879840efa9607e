import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** One benchmark's result, as it stands in docs/benchmarks.md. */
export type Table = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How the figures are to be read: paragraphs under the table. */
  readonly notes?: readonly string[];
};

/** The value that a share of all do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table with the machine and the versions that it was measured with. */
export function markdown({ title, head, rows, notes = [] }: Table): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'processor'}, ${Math.round(totalmem() / 1e9)} GB, ${process.platform}, Node ${process.versions.node}`;
  return [
    `## ${title}`,
    '',
    `\`npm run bench -- ${title}\` · ${new Date().toISOString().slice(0, 10)} · ${machine}`,
    '',
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map(line),
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n');
}

const path = new URL('../docs/benchmarks.md', import.meta.url);

/** Puts the table in the place of the one before it. */
export function keep(table: Table): void {
  const text = readFileSync(path, 'utf8');
  const begin = text.indexOf(`## ${table.title}\n`);
  const next = begin < 0 ? -1 : text.indexOf('\n## ', begin + 1);
  const before = begin < 0 ? `${text.trimEnd()}\n\n` : text.slice(0, begin);
  const after = next < 0 ? '' : text.slice(next + 1);
  writeFileSync(path, `${before}${markdown(table)}${after === '' ? '' : `\n${after}`}`);
}
