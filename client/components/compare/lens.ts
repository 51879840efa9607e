import { countsPerMember, isPercent } from '../../../shared/kpi.ts';
import { kpiById } from '../../../shared/kpis.ts';
import type { ViewState } from '../../../shared/charts/view.ts';

/** By what branches are set beside each other, each one click away. */
export const lenses = ['rate', 'member', 'norm', 'count'] as const;
export type Lens = (typeof lenses)[number];

type Asked = Pick<ViewState, 'kpi' | 'per'>;
type Change = { kpi: string; per: 'member' | null; kind?: null };

const NORM = 'norm_compliance';

/** The one in which the question stands; null for figures that are none of these (days, hours of a year). */
export function lensOf({ kpi: id, per }: Asked): Lens | null {
  const kpi = kpiById.get(id);
  if (kpi === undefined) return null;
  if (id === NORM) return 'norm';
  if (per === 'member' || kpi.type === 'per_member') return 'member';
  if (kpi.type === 'count') return 'count';
  return isPercent(kpi) ? 'rate' : null;
}

/** The change that a click makes: the figure stays where it can be looked at so; else the lens's own first. */
export function lensChange({ kpi: id, per }: Asked, lens: Lens): Change {
  const kpi = kpiById.get(id);
  if (lensOf({ kpi: id, ...(per === undefined ? {} : { per }) }) === lens)
    return { kpi: id, per: per ?? null };
  const isCount = kpi !== undefined && kpi.type === 'count';
  if (lens === 'member')
    return isCount && countsPerMember(kpi)
      ? { kpi: id, per: 'member' }
      : { kpi: 'study_sessions', per: 'member', kind: null };
  if (lens === 'count')
    return isCount ? { kpi: id, per: null } : { kpi: 'study_sessions', per: null, kind: null };
  return { kpi: lens === 'norm' ? NORM : 'attendance_rate', per: null, kind: null };
}
