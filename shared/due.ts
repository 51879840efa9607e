import { z } from 'zod';
import { layers, strengths } from './norms.ts';
import { statuses } from './codes.ts';
import { questionSchema, structures } from './query.ts';

/**
 * What the norms ask of units, on the wire: the slots of a year, how far the year has come, and what
 * falls due next.
 */

const words = z.object({ zh: z.string(), en: z.string() });
const everies = ['month', 'quarter', 'year'] as const;
const by = z.enum(['unit']).optional();

/** The norm that decided, and why it is believed. */
const slotNormSchema = z.object({
  layer: z.enum(layers),
  source: words,
  strength: z.enum(strengths),
  note: z.string().nullable(),
  per: z.enum(['branch', 'group']),
  minMembers: z.int().nullable(),
});

/**
 * `met`, `missed`, `unknown` (the ledger is not handed in): of periods that have ended. `not_due`: of
 * those that have not. The others say why nothing is asked: a decision; too few members; no party
 * groups; the branch did not exist throughout the period.
 */
export const slotStates = [
  'met',
  'missed',
  'unknown',
  'not_due',
  'exempt',
  'few_members',
  'no_groups',
  'not_there',
] as const;
export type SlotState = (typeof slotStates)[number];

export const slotsQuestionSchema = questionSchema
  .pick({ unit: true, years: true, asOf: true, structure: true })
  .extend({ by });

export const slotRowSchema = z.object({
  /** The branch; of a sum, the scope. */
  unit: z.string(),
  kind: z.string(),
  period: z.string(),
  every: z.enum(everies),
  from: z.string(),
  to: z.string(),
  /** Of a sum: the first in the order missed, unknown, met, not_due, then why nothing is asked. */
  state: z.enum(slotStates),
  /** How many meetings the norm asks for; 0 where it asks for none. */
  wanted: z.int(),
  /** Held by the as-of day; of a period to come, so far. */
  met: z.int(),
  /** Asked for, and the period has ended: what can be judged. */
  due: z.int(),
  unknown: z.int(),
  /** Null in a sum over branches that follow different norms. */
  norm: slotNormSchema.nullable(),
  exemption: z
    .object({
      reason: z.string(),
      decidedBy: z.string(),
      decidedOn: z.string(),
      from: z.string(),
      to: z.string().nullable(),
    })
    .nullable(),
  /** The events that fill the slot, by their ids. */
  records: z.array(z.string()),
  /** How many branches stand in each state: one, unless the row is a sum. */
  branches: z.array(z.object({ state: z.enum(slotStates), count: z.int() })),
});
export type SlotRow = z.infer<typeof slotRowSchema>;

export const slotsReply = z.object({
  query: z.object({
    unit: z.string(),
    by: z.enum(['unit']).nullable(),
    years: z.array(z.int()),
    asOf: z.string(),
    structure: z.enum(structures),
    yearStart: z.int(),
  }),
  dataVersion: z.int(),
  rows: z.array(slotRowSchema),
});
export type SlotsReply = z.infer<typeof slotsReply>;

/** Why a figure of the pace is not there. */
export const paceReasons = [
  'too_early',
  'not_due',
  'not_reported',
  'nothing_asked',
  'no_members',
  'no_norm',
] as const;
export type PaceReason = (typeof paceReasons)[number];
const reason = z.enum(paceReasons).nullable();

export const paceQuestionSchema = questionSchema
  .pick({ unit: true, asOf: true, structure: true })
  .extend({ by });

const shareSchema = z.object({
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
});
export type Share = z.infer<typeof shareSchema>;

export const paceSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  /** The scope, where the unit stood in it for a part of the year alone. */
  within: z.string().optional(),
  year: z.int(),
  /** Share of the year that is gone by the as-of day, 0…1. */
  gone: z.number(),
  /** What the whole year is to come to: 1 for slots; the value norm; null where there is none. */
  norm: z.number().nullable(),
  now: shareSchema,
  /** What should have been reached by now. */
  due: shareSchema,
  before: shareSchema.extend({
    asOf: z.string(),
    unknown: z.int(),
    because: reason,
    /** Why this year may not be set beside it: what changed in between. */
    broken: words.optional(),
  }),
  /**
   * What the year comes to if it goes on like this: `value`; where something is unknown, between
   * `least` and `most` (null: no bound).
   */
  course: shareSchema.extend({
    least: z.number().nullable(),
    most: z.number().nullable(),
    because: reason,
  }),
  /** Slots, or unit-months and records, of which nothing is known. */
  unknown: z.int(),
  coverage: z.object({ covered: z.int(), due: z.int() }),
  status: z.enum(statuses),
  because: reason,
});
export type Pace = z.infer<typeof paceSchema>;

export const paceReply = z.object({
  query: z.object({
    unit: z.string(),
    by: z.enum(['unit']).nullable(),
    year: z.int(),
    asOf: z.string(),
    structure: z.enum(structures),
    yearStart: z.int(),
  }),
  dataVersion: z.int(),
  pace: z.array(paceSchema),
});
export type PaceReply = z.infer<typeof paceReply>;

export const nextQuestionSchema = questionSchema
  .pick({ unit: true, asOf: true })
  .extend({ days: z.int().min(1).max(366).default(45) });

export const nextSlotSchema = z.object({
  unit: z.string(),
  kind: z.string(),
  period: z.string(),
  every: z.enum(everies),
  /** The last day of the period. */
  by: z.string(),
  wanted: z.int(),
  met: z.int(),
  /** `unknown`: a begun month of the period is not reported and may hold the meeting. */
  state: z.enum(['open', 'unknown']),
  norm: slotNormSchema,
});
export type NextSlot = z.infer<typeof nextSlotSchema>;

export const nextReply = z.object({
  /** `from`: the day after the as-of day, from which is looked ahead. */
  query: z.object({ unit: z.string(), asOf: z.string(), from: z.string(), days: z.int() }),
  dataVersion: z.int(),
  /** Not yet met, by day. */
  slots: z.array(nextSlotSchema),
  /** Of how many branches each is asked, and how many have met it. */
  asked: z.array(
    z.object({ kind: z.string(), period: z.string(), by: z.string(), branches: z.int(), met: z.int() }),
  ),
  /** Open items of rectification that run out from the as-of day on, within the days. */
  items: z.array(
    z.object({
      id: z.string(),
      unit: z.string(),
      title: z.string().nullable(),
      dueOn: z.string(),
      extendedTo: z.string().nullable(),
      /** The day on which it runs out: the extension, where there is one. */
      by: z.string(),
    }),
  ),
  /** Items open past their due date on the as-of day; null where that is not reported. */
  overdue: z.int().nullable(),
});
export type NextReply = z.infer<typeof nextReply>;
