import { trend } from '../../shared/charts/trend.ts';
import {
  darkWide,
  english,
  held,
  madeInput,
  madeTree,
  merger,
  narrow,
  narrowEnglish,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

const years = [2019, 2020, 2021, 2022, 2023, 2024, 2025];

function volunteers({ period, toDate }: Asking): Figure {
  const year = Number(period);
  if (year === 2020) return null;
  const whole = 620 + (year - 2019) * 70;
  return {
    numerator: toDate || year === 2025 ? Math.round(whole * 0.72) : whole,
    unknown: year === 2025 ? 3 : 0,
    coverage: year === 2019 ? [80, 132] : [132, 132],
  };
}

function rate({ period, toDate }: Asking): Figure {
  const year = Number(period);
  if (year === 2020) return null;
  const denominator = year === 2019 ? 8 : 3000;
  return {
    numerator: denominator * (year === 2019 ? 0.75 : 0.83 + (year - 2020) * 0.01 + (toDate ? 0.004 : 0)),
    denominator,
  };
}

const hours = ({ period, toDate }: Asking): Figure => ({
  numerator: (26 + (Number(period) - 2019) * 2) * 300 * (toDate || period === '2025' ? 0.7 : 1),
  denominator: 300,
});

const merged = madeTree(0, { S11: { closedOn: '2022-06-30', mergedInto: 'S3' } });
const events = merger('S11', 'S3', '2022-07-01');

export const goldens: Golden[] = [
  {
    name: 'trend-counts',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years }, volunteers),
    look: wide,
  },
  {
    name: 'trend-counts-narrow',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years }, volunteers),
    look: narrow,
  },
  {
    name: 'trend-first-year',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years: [2025] }, volunteers),
    look: wide,
  },
  {
    name: 'trend-nothing',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years: [2020] }, volunteers),
    look: narrow,
  },
  {
    name: 'trend-whole-years',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years: years.slice(0, 6) }, volunteers),
    look: wide,
  },
  {
    name: 'trend-rate',
    view: trend,
    input: madeInput(trend, { kpi: 'attendance_rate', years }, rate),
    look: wide,
  },
  {
    name: 'trend-rate-narrow',
    view: trend,
    input: madeInput(trend, { kpi: 'attendance_rate', years }, rate),
    look: narrow,
  },
  {
    name: 'trend-hours-dark',
    view: trend,
    input: madeInput(trend, { kpi: 'study_hours_per_member', years }, hours),
    look: darkWide,
  },
  {
    name: 'trend-hours-english',
    view: trend,
    input: madeInput(trend, { kpi: 'study_hours_per_member', years }, hours),
    look: english,
  },
  {
    name: 'trend-counts-narrow-english',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years }, volunteers),
    look: narrowEnglish,
  },
  {
    name: 'trend-breaks',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', unit: 'S3', years }, volunteers, merged, { events }),
    look: wide,
  },
  {
    name: 'trend-rate-breaks-narrow',
    view: trend,
    input: madeInput(trend, { kpi: 'attendance_rate', unit: 'S3', years }, rate, merged, { events }),
    look: narrow,
  },
  {
    name: 'trend-rate-today',
    view: trend,
    input: madeInput(trend, { kpi: 'attendance_rate', unit: 'S3', years, structure: 'today' }, rate, merged, {
      events,
    }),
    look: wide,
  },
  {
    name: 'trend-norm-steps',
    view: trend,
    input: madeInput(trend, { kpi: 'study_hours_per_member', years }, hours, undefined, {
      norms: [
        held({ kpi: 'study_hours_per_member', unit: 'JH', value: 24, from: '2020-01-01', to: '2021-12-31' }),
        held({ kpi: 'study_hours_per_member', unit: 'JH', value: 32, from: '2022-01-01' }),
      ],
    }),
    look: wide,
  },
  {
    name: 'trend-fiscal',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years, yearStart: 4 }, volunteers),
    look: wide,
  },
  {
    name: 'trend-whole-years-chosen',
    view: trend,
    input: madeInput(trend, { kpi: 'volunteers', years, whole: true }, volunteers),
    look: wide,
  },
  {
    name: 'trend-four-states',
    view: trend,
    input: madeInput(trend, { kpi: 'attendance_rate', years }, ({ period }) =>
      period === '2020'
        ? null
        : period === '2021'
          ? { numerator: 0, denominator: 0 }
          : { numerator: period === '2023' ? 0 : 80, denominator: 100 },
    ),
    look: wide,
  },
  ...([wide, narrow] as const).map((look, i): Golden => ({
    name: `trend-notes${i === 0 ? '' : '-narrow'}`,
    view: trend,
    input: {
      ...madeInput(trend, { kpi: 'volunteers', years }, volunteers),
      notes: ['2021', '2024', '2024'].map((period, id) => ({
        id,
        kpi: 'volunteers',
        unit: 'JH',
        period,
        body: '大型活动停办',
        author: '王芳',
        day: '2025-09-12',
        createdAt: '2025-09-12T02:00:00Z',
        editedAt: null,
      })),
    },
    look,
  })),
];
