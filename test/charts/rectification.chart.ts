import { rectification } from '../../shared/charts/rectification.ts';
import {
  darkWide,
  english,
  madeInput,
  narrow,
  narrowEnglish,
  spread01,
  wide,
  type Asking,
  type Figure,
  type Golden,
} from './made.ts';

function items({ kpi, period }: Asking): Figure {
  if (period === '2022-Q2') return null;
  const raised = Math.round(3 + spread01(period) * 9);
  const open =
    period >= '2025'
      ? Math.min(raised, 1 + Math.round(spread01(period, 'o') * 3))
      : period === '2024-Q4'
        ? 1
        : 0;
  return kpi === 'rectification_overdue'
    ? { numerator: Math.round(spread01(period, 'late') * 3) }
    : { numerator: raised - open, denominator: raised };
}

const kpi = 'rectification_closure_rate';
const muchOverdue = (of: Asking): Figure =>
  of.kpi === 'rectification_overdue' && !of.period.startsWith('2022')
    ? { numerator: Math.round(4 + spread01(of.period, 'much') * 9) }
    : items(of);

export const goldens: Golden[] = [
  { name: 'rectification', view: rectification, input: madeInput(rectification, { kpi }, items), look: wide },
  {
    name: 'rectification-dark',
    view: rectification,
    input: madeInput(rectification, { kpi, years: [2019, 2020, 2021, 2022, 2023, 2024, 2025] }, items),
    look: darkWide,
  },
  {
    name: 'rectification-narrow',
    view: rectification,
    input: madeInput(rectification, { kpi }, items),
    look: narrow,
  },
  {
    name: 'rectification-english',
    view: rectification,
    input: madeInput(rectification, { kpi, years: [2024, 2025] }, items),
    look: english,
  },
  {
    name: 'rectification-much-overdue',
    view: rectification,
    input: madeInput(rectification, { kpi }, muchOverdue),
    look: wide,
  },
  {
    name: 'rectification-much-overdue-narrow-english',
    view: rectification,
    input: madeInput(rectification, { kpi, years: [2019, 2020, 2021, 2022, 2023, 2024, 2025] }, muchOverdue),
    look: narrowEnglish,
  },
  {
    name: 'rectification-fiscal',
    view: rectification,
    input: madeInput(rectification, { kpi, yearStart: 9 }, items),
    look: wide,
  },
];
