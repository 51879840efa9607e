/** Cases of one length: closed after so many days, or still open (censored) after them. */
export type CaseLength = { readonly days: number; readonly closed: boolean; readonly cases: number };

/**
 * Kaplan–Meier median: the first day by which half or more are closed, open cases leaving the risk
 * set when their time is up (after closures of the same day). Null when that day has not come.
 * Source: Kaplan & Meier 1958, the usual product-limit estimator.
 */
export function medianDays(lengths: readonly CaseLength[]): number | null {
  let atRisk = lengths.reduce((n, d) => n + d.cases, 0);
  let open = 1;
  const days = [...new Set(lengths.map((d) => d.days))].sort((a, b) => a - b);
  for (const day of days) {
    const here = lengths.filter((d) => d.days === day);
    const closed = here.filter((d) => d.closed).reduce((n, d) => n + d.cases, 0);
    open *= 1 - closed / atRisk;
    // Products of fractions such as 2/3 × 3/4 miss 1/2 by a rounding of the last bit.
    if (open <= 0.5 + 1e-12) return day;
    atRisk -= here.reduce((n, d) => n + d.cases, 0);
  }
  return null;
}
