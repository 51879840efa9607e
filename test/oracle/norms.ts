import type { Selectable } from 'kysely';
import type { ExemptionTable, NormTable } from '../../db/types.ts';

export type OracleNorm = Selectable<NormTable>;

/** From the most general to the most particular. */
const layers = ['central', 'system', 'centre', 'unit'];

const spans = (from: string | null, to: string | null, day: string): boolean =>
  (from ?? '0000') <= day && day <= (to ?? '9999');

/** The norm that binds the unit at the end of the path on the day; null where none does. */
export function bindingNorm(
  norms: readonly OracleNorm[],
  path: readonly string[],
  day: string,
): OracleNorm | null {
  const binding = norms.filter(
    (n) => spans(n.from_on, n.to_on, day) && (n.unit === null || path.includes(n.unit)),
  );
  const depth = (n: OracleNorm): number => (n.unit === null ? 0 : path.indexOf(n.unit) + 1);
  const later = (a: OracleNorm, b: OracleNorm): number =>
    layers.indexOf(a.layer) - layers.indexOf(b.layer) ||
    depth(a) - depth(b) ||
    Number((a.from_on ?? '') > (b.from_on ?? '')) - Number((a.from_on ?? '') < (b.from_on ?? '')) ||
    a.id - b.id;
  return binding.sort(later).at(-1) ?? null;
}

/** Was the unit, or one above it, exempt from meetings of the kind on the day? */
export const isExempt = (
  exemptions: readonly Selectable<ExemptionTable>[],
  { kind, path, day }: { kind: string; path: readonly string[]; day: string },
): boolean =>
  exemptions.some((e) => e.kind === kind && path.includes(e.unit) && spans(e.from_on, e.to_on, day));
