import { ownNotes } from './norm-notes.ts';
import type { Text } from './text.ts';

/**
 * Norms are data: rows of the table `norm`, layered and dated. This file says what a norm is, which
 * of several applies, and which ones a new centre begins with.
 */

/** From the most general to the most particular; the last one that speaks of a case decides it. */
export const layers = ['central', 'system', 'centre', 'unit'] as const;
export type Layer = (typeof layers)[number];

/** `required`: 必须 · `usual`: 一般 · `local`: a practice of the system or the centre. */
export const strengths = ['required', 'usual', 'local'] as const;
export type Strength = (typeof strengths)[number];

export type Every = 'month' | 'quarter' | 'year';

type NormCommon = {
  readonly id: number;
  readonly layer: Layer;
  /** The unit that it binds, with all under it; null: everybody. */
  readonly unit: string | null;
  /** Both days included; null: without a beginning or an end. */
  readonly from: string | null;
  readonly to: string | null;
  readonly source: Text;
  readonly strength: Strength;
  readonly note: string | null;
};

/**
 * How often a kind of meeting is held. One event fills a slot; more give no credit.
 * `per: 'group'` asks for one in each party group of the branch; `never` lifts the norms below it.
 */
export type SlotNorm = NormCommon & {
  readonly kind: string;
  readonly every: Every | 'never';
  readonly per: 'branch' | 'group';
  /** A branch with fewer members than this has no such body. Null: applies to all. */
  readonly minMembers: number | null;
};

/** What a figure is held against, inclusive: a floor, or a ceiling where less is better. Ratios in 0…1. */
export type ValueNorm = NormCommon & { readonly kpi: string; readonly value: number };

export type Norm = SlotNorm | ValueNorm;
export const isSlotNorm = (norm: Norm): norm is SlotNorm => 'kind' in norm;

/** A decision that a norm does not bind a unit (with all under it) for a time. */
export type Exemption = {
  readonly id: number;
  readonly unit: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedOn: string;
};

/** The office's word that from a day on a figure is kept differently: no comparison across that day. */
export type DefinitionChange = {
  readonly id: number;
  readonly kpi: string;
  readonly on: string;
  readonly note: string;
};

export const inForce = (span: { from: string | null; to: string | null }, day: string): boolean =>
  (span.from === null || span.from <= day) && (span.to === null || span.to >= day);

/**
 * The norm that decides, of those in force on the day: the most particular layer, in it the one that
 * names the nearest unit, then the latest to begin, then the latest written.
 * @param path the unit's codes from the root down to itself, as on that day
 */
export function deciding<N extends Norm>(
  norms: readonly N[],
  path: readonly string[],
  day: string,
): N | null {
  let best: N | null = null;
  let rank: readonly (number | string)[] = [];
  for (const norm of norms) {
    if (!inForce(norm, day)) continue;
    const depth = norm.unit === null ? 0 : path.indexOf(norm.unit) + 1;
    if (norm.unit !== null && depth === 0) continue;
    const own = [layers.indexOf(norm.layer), depth, norm.from ?? '', norm.id];
    if (best === null || isAfter(own, rank)) [best, rank] = [norm, own];
  }
  return best;
}

function isAfter(a: readonly (number | string)[], b: readonly (number | string)[]): boolean {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? x;
    if (x !== y) return x > y;
  }
  return false;
}

const regulations: Text = {
  zh: '《中国共产党支部工作条例（试行）》',
  en: 'Regulations on the Work of Party Branches (trial)',
};
const education: Text = {
  zh: '《中国共产党党员教育管理工作条例》',
  en: 'Regulations on the Education and Management of Members',
};

/** A row of the table `norm`, as a new database begins. */
type NormRow = {
  layer: Layer;
  kind: string | null;
  kpi: string | null;
  every: Every | null;
  per: 'branch' | 'group' | null;
  min_members: number | null;
  value: number | null;
  source_zh: string;
  source_en: string;
  strength: Strength;
  note: string | null;
};

const article = (of: Text, n: number): { source_zh: string; source_en: string } => ({
  source_zh: `${of.zh}第${n}条`,
  source_en: `${of.en}, art. ${n}`,
});
const slot = (
  kind: string,
  every: Every,
  strength: Strength,
  source: { source_zh: string; source_en: string },
  more: { per?: 'group'; min_members?: number; note?: string } = {},
): NormRow => ({
  layer: 'central',
  kind,
  kpi: null,
  every,
  per: more.per ?? 'branch',
  min_members: more.min_members ?? null,
  value: null,
  ...source,
  strength,
  note: more.note ?? null,
});
const figure = (
  layer: Layer,
  kpi: string,
  value: number,
  strength: Strength,
  source: { source_zh: string; source_en: string },
  note: string | null = null,
): NormRow => ({
  layer,
  kind: null,
  kpi,
  every: null,
  per: null,
  min_members: null,
  value,
  ...source,
  strength,
  note,
});

/**
 * Central norms that a new database begins with, without dates: meetings were asked for before the
 * present regulations too (三会一课). The office dates, adds and overrules them in /admin.
 */
export const defaultNorms: readonly NormRow[] = [
  slot('general_meeting', 'quarter', 'usual', article(regulations, 11)),
  slot('committee_meeting', 'month', 'usual', article(regulations, 12), {
    min_members: 7,
    note: ownNotes.smallBranch.zh,
  }),
  slot('group_meeting', 'month', 'usual', article(regulations, 13), { per: 'group' }),
  slot('theme_day', 'month', 'required', article(education, 16)),
  slot('organisational_life', 'year', 'required', article(education, 17)),
  slot('member_appraisal', 'year', 'usual', article(education, 18)),
  figure('central', 'study_hours_per_member', 32, 'required', article(education, 20), ownNotes.hours.zh),
  figure('central', 'norm_compliance', 1, 'required', {
    source_zh: '到期的规定动作应全部办到',
    source_en: 'every slot that is due is to be met',
  }),
  figure('system', 'ledger_completeness', 1, 'local', {
    source_zh: '台账按月报齐（中心惯例）',
    source_en: 'ledgers are handed in for every month (practice of the centre)',
  }),
];

/** Under this denominator a rate is shown as its fraction, without colour and without comparison. */
export const LEAST_DENOMINATOR = 10;
