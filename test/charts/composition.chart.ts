import { composition } from '../../shared/charts/composition.ts';
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

function sessions({ kind, period }: Asking): Figure {
  if (kind === undefined) return { numerator: 412 };
  if (kind === 'group_study') return { numerator: 0 };
  return {
    numerator:
      kind === 'expert_lecture' && period === '2025' ? 0 : 10 + Math.round(spread01(kind, period) * 110),
  };
}

const kpi = 'study_sessions';
export const goldens: Golden[] = [
  {
    name: 'composition-counts',
    view: composition,
    input: madeInput(composition, { kpi }, sessions),
    look: wide,
  },
  {
    name: 'composition-counts-dark',
    view: composition,
    input: madeInput(composition, { kpi }, sessions),
    look: darkWide,
  },
  {
    name: 'composition-counts-narrow',
    view: composition,
    input: madeInput(composition, { kpi }, sessions),
    look: narrow,
  },
  {
    name: 'composition-counts-english',
    view: composition,
    input: madeInput(composition, { kpi }, sessions),
    look: english,
  },
  {
    name: 'composition-unsplit',
    view: composition,
    input: madeInput(composition, { kpi: 'volunteers' }, sessions),
    look: wide,
  },
  {
    name: 'composition-counts-narrow-english',
    view: composition,
    input: madeInput(composition, { kpi }, sessions),
    look: narrowEnglish,
  },
];
