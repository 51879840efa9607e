import type { Context } from './context.ts';

/** Of answers that were kept before they had one. Apart from the schema, so that pages do not carry zod. */
export const noContext: Context = { gaps: [], events: [], norms: [], changes: [], doubts: [] };
