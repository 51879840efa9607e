import { readCount, type CountReading } from './counts.ts';
import { readHours } from './hours.ts';
import type { LedgerRow } from './row.ts';

/** A count as stored: the value, or a lower bound, or neither. */
export type Figure = { readonly value: number | null; readonly min: number | null };
const unknownFigure: Figure = { value: null, min: null };

/** The greatest number of which the figure is sure; null where nothing is. */
export const atLeast = ({ value, min }: Figure): number | null => value ?? min;

/**
 * Puts a reading into a figure and reports what is unknown, bounded or impossible at the key's cell.
 * @param none what 无 means there: zero of a thing that may not occur, unknown of persons who came
 */
export function figureOf(
  row: LedgerRow,
  key: string,
  reading: CountReading,
  none: 'zero' | 'unknown' = 'unknown',
): Figure {
  const text = row.text(key) ?? '';
  switch (reading.is) {
    case 'exact':
      return { value: reading.value, min: null };
    case 'blank':
      return unknownFigure;
    case 'approximate':
      row.find('count.approximate', key, {
        zh: reading.min === null ? `“${text}”是约数，按不明计` : `“${text}”是约数，按至少 ${reading.min} 计`,
        en:
          reading.min === null
            ? `"${text}" is approximate and counts as unknown`
            : `"${text}" counts as at least ${reading.min}`,
      });
      return { value: null, min: reading.min };
    case 'none':
      if (none === 'zero') return { value: 0, min: null };
      break;
    case 'withheld':
      break;
    case 'pair':
    case 'invalid':
      row.find('count.invalid', key, { zh: `“${text}”不是数`, en: `"${text}" is not a count` });
      return unknownFigure;
  }
  row.find('count.unknown', key, {
    zh: `“${text}”不明，不按 0 计`,
    en: `"${text}" is unknown, and does not count as 0`,
  });
  return unknownFigure;
}

/** The count in the key's cell. */
export const readFigure = (row: LedgerRow, key: string, none: 'zero' | 'unknown' = 'unknown'): Figure =>
  figureOf(row, key, readCount(row.cell(key)), none);

/** The duration in the key's cell, in hours; null is unknown, and reported where something was written. */
export function readDuration(row: LedgerRow, key: string): number | null {
  const reading = readHours(row.cell(key), row.headed(key)?.hoursUnit ?? null, row.dayHours);
  const text = row.text(key) ?? '';
  switch (reading.is) {
    case 'exact':
      return reading.hours;
    case 'blank':
      return null;
    case 'approximate':
      row.find('count.approximate', key, {
        zh: `时长“${text}”是约数，按不明计`,
        en: `the duration "${text}" is approximate and counts as unknown`,
      });
      return null;
    case 'withheld':
      row.find('count.unknown', key, {
        zh: `时长“${text}”不能折成小时，按不明计`,
        en: `"${text}" has no rule in hours and counts as unknown`,
      });
      return null;
    case 'invalid':
      row.find('count.invalid', key, { zh: `“${text}”不是时长`, en: `"${text}" is not a duration` });
      return null;
  }
}
