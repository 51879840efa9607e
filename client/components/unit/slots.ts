import type { SlotRow } from '../../../shared/due.ts';
import { formatDate, formatPeriodInYear, formatPeriodList } from '../../../shared/format.ts';
import { kinds } from '../../../shared/kinds.ts';
import { monthOf } from '../../../shared/period.ts';
import type { Lang } from '../../../shared/text.ts';
import { unitWords } from '../../words/unit.ts';

/** The slots of a year as a table: a line for each kind and length of its periods, twelve months wide. */

/** `row`: null where no norm asks for the kind in these months. */
export type SlotCell = { readonly key: string; readonly months: number; readonly row: SlotRow | null };

export type SlotLine = {
  readonly kind: string;
  readonly every: SlotRow['every'];
  /** The norm that holds at the end; null where the branches follow different ones. */
  readonly norm: SlotRow['norm'];
  readonly cells: readonly SlotCell[];
  readonly met: number;
  readonly due: number;
};

const everies = ['month', 'quarter', 'year'] as const;

/**
 * @param months the year's months in order; a period that reaches beyond them is cut to them
 */
export function slotLines(rows: readonly SlotRow[], months: readonly string[]): SlotLine[] {
  return kinds.flatMap(({ code: kind }) =>
    everies.flatMap((every) => {
      const of = rows.filter((r) => r.kind === kind && r.every === every);
      if (of.length === 0) return [];
      return {
        kind,
        every,
        norm: of.at(-1)?.norm ?? null,
        cells: cellsOf(of, months),
        met: of.filter((r) => r.state !== 'not_due').reduce((n, r) => n + r.met, 0),
        due: of.reduce((n, r) => n + r.due, 0),
      };
    }),
  );
}

function cellsOf(rows: readonly SlotRow[], months: readonly string[]): SlotCell[] {
  const cells: SlotCell[] = [];
  const rowAt = (month: string): SlotRow | null =>
    rows.find((r) => monthOf(r.from) <= month && monthOf(r.to) >= month) ?? null;
  for (const month of months) {
    const row = rowAt(month);
    const last = cells.at(-1);
    if (last && last.row === row) cells[cells.length - 1] = { ...last, months: last.months + 1 };
    else cells.push({ key: row?.period ?? `none ${month}`, months: 1, row });
  }
  return cells;
}

/** Does the row stand for several branches? */
export const isSum = (row: SlotRow): boolean => row.branches.reduce((n, b) => n + b.count, 0) > 1;

/** What stands in the cell: `1/1`, `57/60`; of a period to come what is held already; nothing where nothing is asked. */
export function cellText(row: SlotRow, lang: Lang): string {
  switch (row.state) {
    case 'met':
    case 'missed':
      return `${row.met}/${row.due}`;
    case 'unknown':
      return row.due > 0 ? `${row.met}/${row.due}` : '';
    case 'not_due':
      return row.met > 0 ? `${row.met}/${row.wanted}` : '';
    case 'exempt':
      return unitWords[lang].slotExemptMark;
    default:
      return '–';
  }
}

/** The cell in words: what was asked, what was held, or why nothing is asked. */
export function cellWords(row: SlotRow, lang: Lang): string {
  const words = unitWords[lang];
  const state = words.slotStates[row.state];
  if (isSum(row)) {
    const branches = row.branches.map((b) => words.slotBranches(b.count, words.slotStates[b.state]));
    const held = row.state === 'not_due' ? [] : [words.slotHeld(row.met, row.due)];
    return [...held, ...branches].join(words.slotListComma);
  }
  switch (row.state) {
    case 'met':
    case 'missed':
      return [state, words.slotHeld(row.met, row.wanted)].join(words.slotListComma);
    case 'unknown':
      return [state, words.slotUnknownWhy(row.unknown)].join(words.slotListComma);
    case 'not_due':
      return [
        state,
        words.slotDueOn(formatDate(row.to, lang)),
        ...(row.met > 0 ? [words.slotHeldAlready(row.met)] : []),
      ].join(words.slotListComma);
    case 'exempt':
    case 'few_members':
      return reasonWords(row, lang);
    default:
      return state;
  }
}

/** Why nothing is asked. */
function reasonWords(row: SlotRow, lang: Lang): string {
  const words = unitWords[lang];
  const { exemption, norm } = row;
  if (row.state === 'exempt' && exemption)
    return words.slotExempt(exemption.reason, exemption.decidedBy, formatDate(exemption.decidedOn, lang));
  if (row.state === 'few_members' && norm?.minMembers != null) return words.slotFewMembers(norm.minMembers);
  return words.slotStates[row.state];
}

export type NotAsked = { readonly kind: string; readonly when: string; readonly why: string };

/** What is not asked of a branch, and why: one line for each kind and reason, with its periods. */
export function notAsked(lines: readonly SlotLine[], lang: Lang): NotAsked[] {
  const found = new Map<string, { kind: string; why: string; periods: string[] }>();
  for (const { kind, every, cells } of lines)
    for (const { row } of cells) {
      if (row === null || row.wanted > 0 || isSum(row)) continue;
      const why = reasonWords(row, lang);
      const key = `${kind} ${every} ${why}`;
      const line = found.get(key) ?? { kind, why, periods: [] };
      line.periods.push(row.period);
      found.set(key, line);
    }
  return [...found.values()].map(({ kind, why, periods }) => ({ kind, why, when: spanOf(periods, lang) }));
}

/** `1–12月`, `3、5月`: three or more that follow each other are a span. */
function spanOf(periods: readonly string[], lang: Lang): string {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return '';
  const numbers = periods.map((p) => Number(p.slice(5).replace('Q', '')));
  const isRun = numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1);
  if (periods.length < 3 || !isRun) return formatPeriodList(periods, lang);
  const text = (p: string): string => formatPeriodInYear(p, lang);
  return lang === 'zh' && first.length === 7 && !first.includes('Q')
    ? `${Number(first.slice(5))}–${text(last)}`
    : `${text(first)}–${text(last)}`;
}
