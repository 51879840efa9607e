/**
 * A date as a ledger writes it. `date` is the first day that it can mean and `last` the last one (the
 * same day unless it is approximate); `end` is the last day of an event of several days.
 */
export type DateReading =
  | {
      readonly is: 'date';
      readonly date: string;
      readonly last: string;
      readonly end: string | null;
      readonly approximate: boolean;
      /** A month and no more: `2022-01`. */
      readonly month: boolean;
    }
  | { readonly is: 'blank' | 'immediate' | 'long_term' | 'year_missing' | 'unreadable' }
  /** Written as a date, and there is no such day. `month` where year and month can be read. */
  | { readonly is: 'impossible'; readonly month: string | null };

export type DateContext = {
  /** The year of a month that is written without one; null when nothing says it. */
  readonly yearFor: (month: number) => number | null;
  readonly date1904: boolean;
  /** First month of what is stated (`YYYY-MM`), for a day that recurs; null or absent where nothing says it. */
  readonly from?: string | null;
};

/** A day, or the days that it can mean, before its range is put to it. */
export type Parsed =
  | { readonly first: string; readonly last: string; readonly approximate: boolean; readonly month: boolean }
  | Exclude<DateReading, { is: 'date' }>;
