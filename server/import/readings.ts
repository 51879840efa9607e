import { kindByCode } from '../../shared/kinds.ts';
import type { ImportTable } from '../../shared/imports.ts';
import type { Text } from '../../shared/text.ts';
import { familyOf, stateOf, type StagedContent, type StagedLine } from './part.ts';
import { figureColumns } from '../ledger/staged.ts';
import type { Scalar } from '../ledger/scalar-json.ts';

type Figures = Readonly<Record<string, Scalar>>;

const same = (text: string): Text => ({ zh: text, en: text });
const unknown: Text = { zh: '不明', en: 'unknown' };

const figuresOf = (content: StagedContent): Figures =>
  content[0] < 0
    ? {}
    : Object.fromEntries(
        figureColumns[familyOf(content)].map((column, i) => [column, content[5]?.[i] ?? null]),
      );

/** `12`, `≥ 50`, 不明: a figure with its lower bound. */
function count(figures: Figures, key: string): Text | null {
  const [value, min] = [figures[key] ?? null, figures[`${key}_min`] ?? null];
  if (value !== null) return same(String(value));
  return min === null ? unknown : { zh: `至少 ${min}`, en: `at least ${min}` };
}

const hours = (figures: Figures): Text => {
  const value = figures['hours'] ?? null;
  return value === null ? unknown : { zh: `${round(value)} 小时`, en: `${round(value)} h` };
};
const round = (value: Scalar): string => String(Math.round(Number(value) * 100) / 100);

const natures: Readonly<Record<string, Text>> = {
  immediate: { zh: '立行立改', en: 'at once' },
  deadline: { zh: '限期整改', en: 'by a day' },
  long_term: { zh: '长期坚持', en: 'long-term' },
};

function day(content: StagedContent, figures: Figures): Text | null {
  const date = content[2];
  if (date === '') return null;
  const end = figures['end_date'];
  const span = typeof end === 'string' && end !== '' ? `${date}–${end}` : date;
  return figures['approximate'] === 1 ? { zh: `约 ${span}`, en: `about ${span}` } : same(span);
}

function kinds(codes: readonly string[]): Text | null {
  if (codes.length === 0) return null;
  const names = codes.map((code) => kindByCode.get(code)?.name ?? same(code));
  return { zh: names.map((n) => n.zh).join('、'), en: names.map((n) => n.en).join(', ') };
}

function absences(figures: Figures): Text {
  const parts = [
    ['on_duty', '在岗', 'on duty'],
    ['excused', '请假', 'on leave'],
    ['unexcused', '无故', 'unexcused'],
  ] as const;
  const told = parts.map(([key, zh, en]) => {
    const n = figures[key];
    return n === null || n === undefined ? same('') : { zh: `${zh} ${n}`, en: `${n} ${en}` };
  });
  const zh = told
    .map((t) => t.zh)
    .filter(Boolean)
    .join('、');
  return zh === ''
    ? unknown
    : {
        zh,
        en: told
          .map((t) => t.en)
          .filter(Boolean)
          .join(', '),
      };
}

/** How a date column of a family other than the day itself is stored. */
const dateColumns: Readonly<Record<string, string>> = {
  due: 'due_on',
  extended: 'extended_to',
  reported: 'reported_on',
  closed: 'closed_on',
};

/** Columns that share one figure: whichever of them the clerk has filled in is what it was read from. */
const countColumns: Readonly<Record<string, string>> = {
  expected: 'expected',
  present: 'present',
  attendees: 'present',
  on_duty: 'on_duty',
  unexcused: 'unexcused',
  exempt: 'exempt',
  participants: 'participants',
  visitors: 'participants',
  volunteers: 'participants',
  raised: 'raised',
  resolved: 'resolved',
  members: 'members',
};

/** What each cell of a line was read as, by column; text that is kept as it stands is left out. */
export function readingsOf(
  line: StagedLine,
  { columns }: Pick<ImportTable, 'columns'>,
  unitNames: ReadonlyMap<string, string>,
): ReadonlyMap<number, Text> {
  const [, , cells, , content] = line;
  const readings = new Map<number, Text>();
  if (!content || stateOf(line) === 'beside') return readings;
  const figures = figuresOf(content);
  for (const { at, key } of columns) {
    const text = cells[at] ?? '';
    const reads = key === null || text === '' ? null : reading(key, content, { figures, unitNames });
    // What reads as it stands needs no second line.
    if (reads && reads.zh !== text) readings.set(at, reads);
  }
  return readings;
}

function reading(
  key: string,
  content: StagedContent,
  { figures, unitNames }: { figures: Figures; unitNames: ReadonlyMap<string, string> },
): Text | null {
  if (key === 'unit') return content[1] === '' ? null : same(unitNames.get(content[1]) ?? content[1]);
  if (key === 'date' || key === 'month') return day(content, figures);
  // Of a line that could not be read whole, no figure is known.
  if (content[5] === null) return null;
  if (key === 'kind') return kinds(content[4]);
  if (key === 'hours') return hours(figures);
  if (key === 'absence' || key.startsWith('excused')) return absences(figures);
  if (key === 'nature') return natures[String(figures['nature'])] ?? null;
  if (key === 'attendance' || key === 'attendance_reversed')
    return same(`${count(figures, 'present')?.zh ?? '—'}/${count(figures, 'expected')?.zh ?? '—'}`);
  const date = dateColumns[key];
  if (date !== undefined) return typeof figures[date] === 'string' ? same(String(figures[date])) : null;
  const counted = countColumns[key];
  return counted === undefined ? null : count(figures, counted);
}
