import { trend } from '../../shared/charts/trend.ts';
import {
  darkWide,
  english,
  madeInput,
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
];
