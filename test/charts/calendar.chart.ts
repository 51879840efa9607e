import { calendar } from '../../shared/charts/calendar.ts';
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

function sessions({ period }: Asking): Figure {
  if (period.startsWith('2025-04')) return null;
  const chance = spread01(period, 'calendar');
  return { numerator: chance > 0.8 ? 1 + Math.floor((chance - 0.8) * 22) : 0 };
}

const kpi = 'study_sessions';
export const goldens: Golden[] = [
  { name: 'calendar', view: calendar, input: madeInput(calendar, { kpi }, sessions), look: wide },
  { name: 'calendar-dark', view: calendar, input: madeInput(calendar, { kpi }, sessions), look: darkWide },
  { name: 'calendar-narrow', view: calendar, input: madeInput(calendar, { kpi }, sessions), look: narrow },
  {
    name: 'calendar-english',
    view: calendar,
    input: madeInput(calendar, { kpi, years: [2024], asOf: '2024-12-31' }, sessions),
    look: english,
  },
  {
    name: 'calendar-narrow-english',
    view: calendar,
    input: madeInput(calendar, { kpi }, sessions),
    look: narrowEnglish,
  },
  {
    name: 'calendar-fiscal-narrow',
    view: calendar,
    input: madeInput(calendar, { kpi, yearStart: 4 }, sessions),
    look: narrow,
  },
];
