import { activityExamples } from './activity.ts';
import type { Example } from './example.ts';
import { ledgerExamples } from './ledgers.ts';
import { rectificationExamples } from './rectification.ts';
import { serviceExamples } from './service.ts';

/** One for each KPI of the catalogue, in its order. Fetched apart: a page that shows none need not load them. */
export const examples: readonly Example[] = [
  ...activityExamples,
  ...serviceExamples,
  ...rectificationExamples,
  ...ledgerExamples,
];
