import type { Insertable } from 'kysely';
import type { Random } from '../../db/demo/random.ts';
import type { ExemptionTable, NormTable } from '../../db/types.ts';
import { anyDay, dayAfter } from './days.ts';

export type NormRow = Insertable<NormTable>;
export type ExemptionRow = Insertable<ExemptionTable>;

const slotKinds = [
  'theme_day',
  'general_meeting',
  'committee_meeting',
  'group_meeting',
  'organisational_life',
  'member_appraisal',
  'party_lecture',
] as const;

/** No, one or both ends. */
function span(random: Random): { from_on: string | null; to_on: string | null } {
  const from = anyDay(random);
  return {
    from_on: random.chance(0.6) ? from : null,
    to_on: random.chance(0.4) ? dayAfter(random, from, 700) : null,
  };
}

const common = (random: Random, units: readonly string[]) => {
  const unit = random.chance(0.5) ? (units[random.int(0, units.length - 1)] ?? null) : null;
  const layer: NormTable['layer'] =
    unit !== null && random.chance(0.7) ? 'unit' : random.pick(['central', 'system', 'centre']);
  const source = { source_zh: '中心规定', source_en: 'rule of the centre' };
  return { layer, unit, ...span(random), ...source, strength: 'local', note: null } as const;
};

/** Norms beside those that a database begins with, of every layer, bound to units and to days. */
export function normsOfChance(random: Random, units: readonly string[]): NormRow[] {
  const norms: NormRow[] = [];
  for (let n = random.int(0, 7); n > 0; n--) {
    const base = { ...common(random, units), kind: null, kpi: null, every: null, per: null };
    const slot = random.chance(0.75);
    norms.push(
      slot
        ? {
            ...base,
            kind: random.pick(slotKinds),
            every: random.pick(['month', 'month', 'quarter', 'year', 'never']),
            per: random.pick(['branch', 'branch', 'group']),
            min_members: random.chance(0.3) ? random.int(3, 15) : null,
            value: null,
          }
        : {
            ...base,
            kpi: random.pick(['attendance_rate', 'study_hours_per_member', 'norm_compliance']),
            min_members: null,
            value: random.int(1, 20) / 20,
          },
    );
  }
  return norms;
}

export function exemptionsOfChance(random: Random, units: readonly string[]): ExemptionRow[] {
  return Array.from({ length: random.int(0, 2) }, () => {
    const from_on = anyDay(random);
    return {
      unit: units[random.int(0, units.length - 1)] ?? 'C',
      kind: random.pick(slotKinds),
      from_on,
      to_on: random.chance(0.7) ? dayAfter(random, from_on, 400) : null,
      reason: '在船',
      decided_by: '中心党委',
      decided_on: from_on,
    };
  });
}
