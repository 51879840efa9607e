import type { RecordRow } from '../../../shared/api.ts';
import type { Mark } from '../../../shared/charts/view.ts';
import { formatNumber, formatPeriodInYear } from '../../../shared/format.ts';
import type { Kpi } from '../../../shared/kpi.ts';
import { overdueAge } from '../../../shared/rectification.ts';
import type { Lang } from '../../../shared/text.ts';
import { recordWords, type RecordWords } from '../../words/records.ts';

/** What a row of the list is made of; each shape has its own columns. */
export type RowShape =
  | 'activity'
  | 'visit'
  | 'volunteering'
  | 'rectification'
  | 'headcount'
  | 'contradiction'
  | 'slot'
  | 'unit_month';

/** `muted`: absent or not known. `now`: overdue or missed. `good`, `short`: with their words, never alone. */
export type Tone = 'muted' | 'now' | 'good' | 'short';
/** `mark`: the cell whose records the figure opens. */
export type Figure = { readonly text: string; readonly tone?: Tone; readonly mark?: Mark };
export type Column = {
  readonly id: string;
  readonly label: string;
  readonly align: 'start' | 'end';
  readonly of: (row: RecordRow) => Figure;
};

/** The shape of a KPI's rows, in the part that is asked for. */
export function shapeOf(kpi: Kpi, part: 'numerator' | 'denominator' | undefined): RowShape {
  if (kpi.from === 'slots') return 'slot';
  if (kpi.from === 'coverage') return 'unit_month';
  return kpi.type === 'per_member' && part === 'denominator' ? 'headcount' : kpi.from;
}

const numberOf = (row: RecordRow, field: string): number | null => {
  const value = row[field];
  return typeof value === 'number' ? value : null;
};
const textOf = (row: RecordRow, field: string): string | null => {
  const value = row[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** Hours keep their half; people do not have one. */
const digitsOf = (n: number): number => (Number.isInteger(n) ? 0 : 1);

/** A count, its lower bound (`≥ 50`), or that it is not known: never 0 in place of either. */
function figure(row: RecordRow, field: string, words: RecordWords): Figure {
  const exact = numberOf(row, field);
  if (exact !== null) return { text: formatNumber(exact, digitsOf(exact)) };
  const least = numberOf(row, `${field}Min`);
  if (least !== null) return { text: words.atLeast(formatNumber(least)), tone: 'muted' };
  return { text: words.notKnown, tone: 'muted' };
}

type Field = keyof RecordWords['figures'];

/**
 * The columns of a shape, beside date, unit, kind, title and source.
 * @param asOf the day on which the age of an overdue item is counted
 */
export function columnsOf(shape: RowShape, lang: Lang, asOf: string): Column[] {
  const words = recordWords[lang];
  const count = (field: string, label: Field = field as Field): Column => ({
    id: label,
    label: words.figures[label],
    align: 'end',
    of: (row) => figure(row, field, words),
  });
  const plain = (field: Field): Column => ({
    id: field,
    label: words.figures[field],
    align: 'start',
    of: (row) => {
      const text = textOf(row, field);
      return text === null ? { text: '—', tone: 'muted' } : { text };
    },
  });
  switch (shape) {
    case 'activity':
      return [
        count('expected'),
        count('present'),
        count('onDuty'),
        count('excused'),
        count('unexcused'),
        count('hours'),
      ];
    case 'visit':
      return [count('participants'), count('raised'), count('resolved')];
    case 'volunteering':
      return [count('participants'), count('hours', 'serviceHours'), plain('place')];
    case 'rectification':
      return [
        natureColumn(words),
        dueColumn(words),
        closedColumn(words),
        ageColumn(words, asOf),
        plain('progress'),
      ];
    case 'headcount':
      return [count('members')];
    case 'contradiction':
      return [problemColumn(words), plain('cell'), plain('value')];
    case 'slot':
      return slotColumns(words, lang);
    case 'unit_month':
      return [
        periodColumn(words, lang),
        {
          id: 'covered',
          label: words.figures.covered,
          align: 'start',
          of: (row) =>
            row['covered'] === true
              ? { text: words.reported, tone: 'good' }
              : { text: words.notReported, tone: 'muted' },
        },
      ];
  }
}

function natureColumn(words: RecordWords): Column {
  return {
    id: 'nature',
    label: words.figures.nature,
    align: 'start',
    of: (row) => {
      const nature = textOf(row, 'nature');
      return nature !== null && nature in words.nature
        ? { text: words.nature[nature as keyof RecordWords['nature']] }
        : { text: '—', tone: 'muted' };
    },
  };
}

function dueColumn(words: RecordWords): Column {
  return {
    id: 'dueOn',
    label: words.figures.dueOn,
    align: 'start',
    of: (row) => {
      const due = textOf(row, 'dueOn');
      return due === null ? { text: words.noDue, tone: 'muted' } : { text: due };
    },
  };
}

function closedColumn(words: RecordWords): Column {
  return {
    id: 'closedOn',
    label: words.figures.closedOn,
    align: 'start',
    of: (row) => {
      const closed = textOf(row, 'closedOn');
      return closed === null ? { text: words.notClosed, tone: 'muted' } : { text: closed };
    },
  };
}

/** Days past the due date by `asOf`; null for what is closed by then, not due yet, or long-term. */
export const overdueDays = (row: RecordRow, asOf: string): number | null =>
  overdueAge(
    { dueOn: textOf(row, 'dueOn'), closedOn: textOf(row, 'closedOn'), nature: textOf(row, 'nature') },
    asOf,
  );

function ageColumn(words: RecordWords, asOf: string): Column {
  return {
    id: 'age',
    label: words.figures.age,
    align: 'end',
    of: (row) => {
      const days = overdueDays(row, asOf);
      return days === null ? { text: '—', tone: 'muted' } : { text: words.days(days), tone: 'now' };
    },
  };
}

function problemColumn(words: RecordWords): Column {
  return {
    id: 'problem',
    label: words.figures.problem,
    align: 'start',
    of: (row) => {
      const code = textOf(row, 'code') ?? '';
      return {
        text:
          code in words.contradiction
            ? words.contradiction[code as keyof RecordWords['contradiction']]
            : code,
      };
    },
  };
}

function periodColumn(words: RecordWords, lang: Lang): Column {
  return {
    id: 'period',
    label: words.figures.period,
    align: 'start',
    of: (row) => ({ text: formatPeriodInYear(textOf(row, 'period') ?? row.date, lang) }),
  };
}

function slotColumns(words: RecordWords, lang: Lang): Column[] {
  const whole = (field: 'due' | 'met'): Column => ({
    id: field,
    label: words.figures[field],
    align: 'end',
    of: (row) => ({ text: formatNumber(numberOf(row, field) ?? 0) }),
  });
  return [
    periodColumn(words, lang),
    whole('due'),
    whole('met'),
    {
      id: 'state',
      label: words.figures.state,
      align: 'start',
      of: (row) => slotState(row, words),
    },
    {
      id: 'filledBy',
      label: words.figures.filledBy,
      align: 'start',
      of: (row) => {
        const filled = Array.isArray(row['records']) ? row['records'].length : 0;
        if (filled === 0 || row.kind === null) return { text: '—', tone: 'muted' };
        // The attendance rate lists every event, whether or not its figures are known.
        const mark = {
          kpi: 'attendance_rate',
          unit: row.unit,
          period: String(row['period']),
          kind: [row.kind],
        };
        return { text: words.events(filled), mark };
      },
    },
  ];
}

function slotState(row: RecordRow, words: RecordWords): Figure {
  const due = numberOf(row, 'due') ?? 0;
  const met = numberOf(row, 'met') ?? 0;
  if (met < due) return { text: words.slotMissed, tone: 'short' };
  if ((numberOf(row, 'unknown') ?? 0) > 0) return { text: words.slotUnknown, tone: 'muted' };
  return { text: words.slotMet, tone: 'good' };
}

/**
 * Does the cell know the record's figure? `least`: it counts with its lower bound. `out`: the record is
 * there, its figure is in neither half. Slots and unit-months carry no contribution of their own.
 */
export function standingOf(row: RecordRow): 'known' | 'least' | 'out' {
  if (numberOf(row, 'addsUnknown') !== 1) return 'known';
  return (numberOf(row, 'addsNumerator') ?? 0) > 0 ? 'least' : 'out';
}

/** The cells of the ledger row as text; null where the row was not kept. */
export function rawCells(row: RecordRow): readonly string[] | null {
  const raw = row['raw'];
  return Array.isArray(raw) ? raw.map((cell) => (cell === null ? '' : String(cell))) : null;
}

/** The name of the column with that index: 0 → `A`, 26 → `AA`. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
