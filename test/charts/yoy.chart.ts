import type { ChartNote } from '../../shared/charts/view.ts';
import { yoy } from '../../shared/charts/yoy.ts';
import {
  darkWide,
  english,
  held,
  madeInput,
  madeTree,
  merger,
  narrow,
  narrowEnglish,
  spread01,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

const seasons = [44, 33, 55, 50, 46, 58, 47, 39, 44, 44, 46, 51];

function sessions({ period, toDate }: Asking): Figure {
  const year = Number(period.slice(0, 4));
  const month = Number(period.slice(5));
  const whole = Math.round(
    (seasons[month - 1] ?? 40) * (1 + (year - 2024) * 0.07 + (spread01(period) - 0.5) * 0.12),
  );
  // The same days are half a month in these drawings.
  return { numerator: toDate || period === '2025-09' ? Math.round(whole / 2) : whole };
}

const gappy = (of: Asking): Figure =>
  ['2025-04', '2025-05', '2023-07'].includes(of.period)
    ? null
    : of.period === '2025-07'
      ? { ...sessions(of)!, coverage: [9, 11] }
      : sessions(of);

function attendance({ period }: Asking): Figure {
  const denominator = period === '2025-02' ? 6 : 300 + Math.round(spread01(period) * 80);
  return { numerator: Math.round(denominator * (0.84 + spread01('a', period) * 0.09)), denominator };
}

const merged = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
const events = merger('S11', 'S3', '2025-04-01');
const changes = [
  {
    kpi: 'study_sessions',
    unit: null,
    on: '2024-07-01',
    what: 'definition' as const,
    text: { zh: '线上学习不再单独计次', en: 'online study no longer counts by itself' },
  },
];
const kpi = 'study_sessions';
const cut = { kpi, asOf: '2025-09-15' };
/** Months with so few expected that a rate is no point of the line; September runs, over few too. */
const few = (of: Asking): Figure =>
  of.period === '2025-03'
    ? { numerator: 1, denominator: 5 }
    : of.period === '2025-05' || of.period === '2025-09'
      ? { numerator: 3, denominator: 6 }
      : attendance(of);

const ten = { ...cut, years: Array.from({ length: 10 }, (_, i) => 2016 + i) };
/** The same days: whole months before the running one, half of it. */
const toTheDay = (of: Asking): Figure =>
  sessions({ ...of, toDate: of.toDate && (of.period.endsWith('-09') || of.period.slice(5) > '09') });
const gappyToTheDay = (of: Asking): Figure => (gappy(of) === null ? null : toTheDay(of));
const hours = ({ period, toDate }: Asking): Figure => ({
  numerator: (2.2 + spread01('h', period)) * 240 * (period.endsWith('-09') && toDate ? 0.5 : 1),
  denominator: 240,
});
const noteOn = (id: number, period: string, body: string): ChartNote => ({
  id,
  kpi,
  unit: 'JH',
  period,
  body,
  author: '王芳',
  day: '2025-09-12',
  createdAt: '2025-09-12T02:00:00Z',
  editedAt: null,
});
const noted = {
  ...madeInput(yoy, cut, sessions),
  notes: [
    noteOn(1, '2024-06', '台风停航两周，会议改在下月补开'),
    noteOn(2, '2025-02', '集中轮训'),
    noteOn(3, '2025-02', '两次补登'),
  ],
};

export const goldens: Golden[] = [
  { name: 'yoy-running', view: yoy, input: madeInput(yoy, cut, sessions), look: wide },
  { name: 'yoy-running-dark', view: yoy, input: madeInput(yoy, cut, sessions), look: darkWide },
  { name: 'yoy-running-narrow', view: yoy, input: madeInput(yoy, cut, sessions), look: narrow },
  { name: 'yoy-whole-months-english', view: yoy, input: madeInput(yoy, { kpi }, sessions), look: english },
  { name: 'yoy-not-reported', view: yoy, input: madeInput(yoy, { kpi }, gappy), look: wide },
  { name: 'yoy-not-reported-narrow', view: yoy, input: madeInput(yoy, { kpi }, gappy), look: narrow },
  {
    name: 'yoy-rate-quarters',
    view: yoy,
    input: madeInput(yoy, { kpi: 'attendance_rate', grain: 'quarter' }, attendance),
    look: wide,
  },
  { name: 'yoy-rate', view: yoy, input: madeInput(yoy, { kpi: 'attendance_rate' }, attendance), look: wide },
  {
    name: 'yoy-finished',
    view: yoy,
    input: madeInput(yoy, { kpi, years: [2023, 2024], asOf: '2025-09-30' }, sessions),
    look: wide,
  },
  {
    name: 'yoy-december',
    view: yoy,
    input: madeInput(yoy, { kpi, asOf: '2025-12-10' }, (of) =>
      of.period === '2025-12'
        ? { numerator: 21 }
        : sessions({ ...of, period: of.period.replace('2025-09', '2025-08') }),
    ),
    look: wide,
  },
  { name: 'yoy-empty', view: yoy, input: madeInput(yoy, { kpi }, () => null), look: wide },
  { name: 'yoy-rate-few', view: yoy, input: madeInput(yoy, { kpi: 'attendance_rate' }, few), look: wide },
  {
    name: 'yoy-rate-few-running',
    view: yoy,
    input: madeInput(yoy, { kpi: 'attendance_rate', asOf: '2025-09-15' }, few),
    look: narrow,
  },
  {
    name: 'yoy-december-narrow-english',
    view: yoy,
    input: madeInput(yoy, { kpi, asOf: '2025-12-10' }, sessions),
    look: narrowEnglish,
  },
  {
    name: 'yoy-breaks',
    view: yoy,
    input: madeInput(yoy, { kpi, unit: 'S3', asOf: '2025-09-15' }, sessions, merged, { events, changes }),
    look: wide,
  },
  {
    name: 'yoy-breaks-narrow-english',
    view: yoy,
    input: madeInput(yoy, { kpi, unit: 'S3', asOf: '2025-09-15' }, sessions, merged, { events, changes }),
    look: narrowEnglish,
  },
  {
    name: 'yoy-norm-steps',
    view: yoy,
    input: madeInput(yoy, { kpi: 'attendance_rate' }, attendance, undefined, {
      norms: [
        held({ kpi: 'attendance_rate', unit: 'JH', value: 0.8, to: '2025-06-30' }),
        held({ kpi: 'attendance_rate', unit: 'JH', value: 0.9, from: '2025-07-01' }),
      ],
    }),
    look: wide,
  },
  {
    name: 'yoy-fiscal',
    view: yoy,
    input: madeInput(yoy, { kpi, yearStart: 4, asOf: '2025-09-15' }, sessions),
    look: wide,
  },
  {
    name: 'yoy-fiscal-whole-months-english',
    view: yoy,
    input: madeInput(yoy, { kpi, yearStart: 4, asOf: '2026-02-28' }, (of) =>
      of.period > '2026-02' ? null : sessions(of),
    ),
    look: english,
  },
  {
    name: 'yoy-not-applicable',
    view: yoy,
    input: madeInput(yoy, { kpi: 'attendance_rate' }, (of) =>
      ['2025-04', '2025-05'].includes(of.period) ? { numerator: 0, denominator: 0 } : attendance(of),
    ),
    look: wide,
  },
  ...(
    [
      ['', wide],
      ['-dark', darkWide],
      ['-contrast', { ...wide, theme: 'contrast' }],
      ['-narrow', narrow],
    ] as const
  ).map(([name, look]): Golden => ({
    name: `yoy-ten-years${name}`,
    view: yoy,
    input: madeInput(yoy, ten, sessions),
    look,
  })),
  { name: 'yoy-sum', view: yoy, input: madeInput(yoy, { ...cut, sum: true }, toTheDay), look: wide },
  {
    name: 'yoy-sum-ten-years',
    view: yoy,
    input: madeInput(yoy, { ...ten, sum: true }, toTheDay),
    look: wide,
  },
  {
    name: 'yoy-sum-not-reported',
    view: yoy,
    input: madeInput(yoy, { ...cut, sum: true }, gappyToTheDay),
    look: wide,
  },
  {
    name: 'yoy-sum-not-reported-narrow-english',
    view: yoy,
    input: madeInput(yoy, { ...cut, sum: true }, gappyToTheDay),
    look: narrowEnglish,
  },
  {
    name: 'yoy-sum-rate-english',
    view: yoy,
    input: madeInput(yoy, { kpi: 'attendance_rate', sum: true }, attendance),
    look: english,
  },
  {
    name: 'yoy-sum-hours',
    view: yoy,
    input: madeInput(yoy, { kpi: 'study_hours_per_member', asOf: '2025-09-15', sum: true }, hours),
    look: wide,
  },
  { name: 'yoy-notes', view: yoy, input: noted, look: wide },
  { name: 'yoy-notes-narrow', view: yoy, input: noted, look: narrow },
];
