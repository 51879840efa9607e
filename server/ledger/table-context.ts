import type { UnitFinder } from './units.ts';
import type { Stated } from './coverage.ts';
import type { DayHours } from './hours.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a table is judged by, beyond its own cells. */
export type TableContext = {
  readonly finder: UnitFinder;
  readonly vocabulary: Vocabulary;
  readonly stated: Stated & { readonly unit?: string | undefined };
  readonly today: string;
  readonly dayHours?: DayHours | undefined;
  readonly fileNo: number;
  readonly sheetNo: number;
};
