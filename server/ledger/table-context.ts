import type { UnitFinder } from './units.ts';
import type { Stated } from './coverage.ts';

/** What a table is judged by, beyond its own cells. */
export type TableContext = {
  readonly finder: UnitFinder;
  readonly stated: Stated & { readonly unit?: string | undefined };
  readonly today: string;
  readonly fileNo: number;
  readonly sheetNo: number;
};
