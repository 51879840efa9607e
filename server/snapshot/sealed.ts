import { createHash } from 'node:crypto';
import type { Table, ViewState } from '../../shared/charts/view.ts';
import { noContext } from '../../shared/no-context.ts';
import type { Kpi } from '../../shared/kpi.ts';
import type { Answer } from '../../shared/query.ts';
import type { Lang } from '../../shared/text.ts';
import type { Unit } from '../../shared/unit.ts';
import type { ViewId } from '../../shared/views.ts';
import type { Fact } from './fact.ts';

/** What a snapshot holds for good: all that is needed to draw it again, and to say where it is from. */
export type Sealed = {
  readonly format: 'hangbiao-snapshot/1' | 'hangbiao-snapshot/2';
  readonly id: string;
  readonly view: ViewId;
  readonly lang: Lang;
  readonly title: string;
  readonly says: string;
  readonly note: string | null;
  readonly demo: boolean;
  readonly maker: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly dataVersion: number;
  readonly state: ViewState;
  readonly kpi: Pick<Kpi, 'id' | 'name' | 'unit' | 'better' | 'definition'>;
  /** The scope's way up to the root, its parts, and the units merged into these. */
  readonly units: readonly Unit[];
  readonly answers: readonly Answer[];
  readonly table: Table;
  /** The short address that leads to it; null: sealed before there was one. */
  readonly link: string | null;
  /** What stands beside the figures, in the words of the day; null: sealed before they were kept. */
  readonly facts: readonly Fact[] | null;
};

/** Snapshots sealed before answers carried their context, and questions their structure. */
type Older = Omit<Sealed, 'answers' | 'link' | 'facts'> & {
  readonly link?: Sealed['link'];
  readonly facts?: Sealed['facts'];
  readonly answers: readonly (Omit<Answer, 'context' | 'query'> & {
    readonly context?: Answer['context'];
    readonly query: Partial<Answer['query']> &
      Pick<Answer['query'], 'kpi' | 'unit' | 'asOf' | 'years' | 'grain'>;
  })[];
};

const askedThen = {
  by: null,
  toDate: false,
  kind: null,
  structure: 'then',
  per: null,
  yearStart: 1,
  knownOn: null,
} as const;

/** A seal as it was written, with the defaults that were not written down at its time. */
export function readSealed(text: string): Sealed {
  const sealed = JSON.parse(text) as Older;
  return {
    ...sealed,
    link: sealed.link ?? null,
    facts: sealed.facts ?? null,
    answers: sealed.answers.map((a) => ({
      ...a,
      context: a.context ?? noContext,
      query: { ...askedThen, ...a.query },
    })),
  };
}

/** One way only to write a value down: keys in order, no spaces. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
