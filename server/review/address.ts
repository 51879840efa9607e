import { toParams } from '../../shared/params.ts';
import type { Behind } from '../../shared/review.ts';

/** Where the records behind a figure are found: the same words after `/records` as after `/api/records`. */

export type Cut = {
  readonly unit: string;
  readonly period: string;
  readonly asOf: string;
};

/** The page of the records behind one figure of a year, cut at the as-of day's month and day. */
export const recordsAddress = ({ kpi, kind }: Behind, { unit, period, asOf }: Cut): string =>
  withParams('/records', { kpi, unit, period, asOf, toDate: true, kind });

/** The page of a unit's contradictions in a year. */
export const contradictionsAddress = ({ unit, period, asOf }: Cut): string =>
  withParams('/contradictions', { unit, years: [Number(period)], asOf });

/** The page of a unit's problems, by the year in which they were raised. */
export const rectificationAddress = ({ unit, asOf }: Omit<Cut, 'period'>): string =>
  withParams('/rectification', { unit, asOf });

const withParams = (path: string, question: Readonly<Record<string, unknown>>): string =>
  `${path}?${new URLSearchParams(toParams(question)).toString().replaceAll('%2C', ',')}`;
