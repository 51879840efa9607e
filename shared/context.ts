import { z } from 'zod';
import { families } from './kinds.ts';
import { layers, strengths } from './norms.ts';

/**
 * What stands around the figures of an answer: which ledgers are missing, what happened to the
 * units, which norms and definitions held when, and which contradictions the figures rest on.
 * Sent once with each answer, so that pages, snapshots and files judge from the same facts.
 */

const day = z.string();
const words = z.object({ zh: z.string(), en: z.string() });

/** A ledger that a unit owes and has not handed in, in months, both included. */
export const gapSchema = z.object({
  unit: z.string(),
  family: z.enum(families),
  from: z.string(),
  to: z.string(),
});
export type Gap = z.infer<typeof gapSchema>;

/**
 * Something that happened to a unit. `on` is the first day after it: the opening day, the day after
 * the closing, the first day under the new name, parent or successor.
 */
export const unitEventSchema = z.object({
  unit: z.string(),
  on: day,
  type: z.enum(['opened', 'closed', 'merged', 'took_in', 'split', 'split_off', 'moved', 'renamed']),
  /** The successor, the unit taken in, the unit split from, the former parent; the former name of a renamed one. */
  other: z.string().nullable(),
});
export type UnitEvent = z.infer<typeof unitEventSchema>;

/** The value norm of one unit of the answer over one stretch of time. */
export const heldNormSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  from: day.nullable(),
  to: day.nullable(),
  /** The first day on which the norm itself binds; null: as long as is known. Absent in older snapshots. */
  since: day.nullable().optional(),
  value: z.number(),
  layer: z.enum(layers),
  strength: z.enum(strengths),
  source: words,
  note: z.string().nullable(),
});
export type HeldNorm = z.infer<typeof heldNormSchema>;

/** A day on which what is asked of a unit, or how a figure is kept, changed. */
export const ruleChangeSchema = z.object({
  kpi: z.string(),
  unit: z.string().nullable(),
  on: day,
  /** `norm`: which meetings are held · `value`: what the figure is held against · `definition`: how it is kept. */
  what: z.enum(['norm', 'value', 'definition']),
  /** The kind of meeting that a norm asks for; null, or absent in older snapshots: the figure as a whole. */
  kind: z.string().nullable().optional(),
  text: words,
});
export type RuleChange = z.infer<typeof ruleChangeSchema>;

/** Contradictions counted by unit, ledger and month. */
export const doubtSchema = z.object({
  unit: z.string(),
  family: z.enum(families),
  month: z.string(),
  code: z.string(),
  count: z.int(),
  /** Doubts that share it are one contradiction: of several months, or of several units. */
  once: z.string().optional(),
});
export type Doubt = z.infer<typeof doubtSchema>;

export const contextSchema = z.object({
  gaps: z.array(gapSchema),
  events: z.array(unitEventSchema),
  norms: z.array(heldNormSchema),
  changes: z.array(ruleChangeSchema),
  doubts: z.array(doubtSchema),
});
export type Context = z.infer<typeof contextSchema>;
