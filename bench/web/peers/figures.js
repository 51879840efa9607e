// What both peers ask and how they shape it: the same figures as the overview's, by the same routes, as a page
// commonly asks them: each part for itself, at once.
const get = (path, params = {}) =>
  fetch(`/api${path}?${new URLSearchParams(params)}`).then((reply) => {
    if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
    return reply.json();
  });

export const cardKpis = [
  'study_sessions',
  'attendance_rate',
  'visits',
  'volunteers',
  'rectification_closure_rate',
];

/** @returns {Promise<{unit: string, year: number, years: number[], asOf: string, names: Map<string, string>, kinds: Map<string, string>, kpis: Map<string, object>}>} */
export async function loadCentre() {
  const [centre, { units }, { kpis, kinds }] = await Promise.all([
    get('/centre'),
    get('/units'),
    get('/catalogue'),
  ]);
  return {
    unit: units.find((u) => u.parent === null).code,
    asOf: centre.asOf,
    year: Number(centre.asOf.slice(0, 4)),
    years: centre.years.slice(-4),
    names: new Map(units.map((u) => [u.code, u.name])),
    kinds: new Map(kinds.map((k) => [k.code, k.name.zh])),
    kpis: new Map(kpis.map((k) => [k.id, k])),
  };
}

const months = (year) => Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);
const shown = (kpi, value) =>
  value === null
    ? '—'
    : kpi.unit === '%'
      ? `${(value * 100).toFixed(1)}%`
      : String(Math.round(value * 10) / 10);

export async function loadCards({ unit, asOf, year, kpis }) {
  const of = { kpi: cardKpis.join(','), unit, years: `${year - 1},${year}`, asOf };
  const [byYear, byMonth] = await Promise.all([
    get('/query', { ...of, grain: 'year', toDate: 1 }),
    get('/query', { ...of, grain: 'month' }),
  ]);
  return cardKpis.map((id) => {
    const kpi = kpis.get(id);
    const valueOf = (answer, period) =>
      answer.cells.find((c) => c.kpi === id && c.period === period)?.value ?? null;
    const now = valueOf(byYear, String(year));
    const before = valueOf(byYear, String(year - 1));
    const change = now === null || before === null ? null : now - before;
    return {
      id,
      name: kpi.name.zh,
      value: shown(kpi, now),
      before: shown(kpi, before),
      change: change === null ? '' : `${change < 0 ? '−' : '+'}${shown(kpi, Math.abs(change))}`,
      now: months(year).map((m) => valueOf(byMonth, m)),
      last: months(year - 1).map((m) => valueOf(byMonth, m)),
    };
  });
}

/** One line a year, month by month. */
export async function loadLines({ unit, asOf, years, kpis }, kpi) {
  const { cells } = await get('/query', { kpi, unit, years: years.join(','), grain: 'month', asOf });
  return {
    kpi,
    title: `各月${kpis.get(kpi).name.zh}`,
    lines: years.map((year) => ({
      year,
      values: months(year).map((m) => cells.find((c) => c.period === m)?.value ?? null),
    })),
  };
}

/** Branches × months. */
export async function loadHeat({ unit, asOf, year, names }) {
  const { cells } = await get('/query', {
    kpi: 'norm_compliance',
    unit,
    by: 'unit',
    years: year,
    grain: 'month',
    asOf,
  });
  const units = [...new Set(cells.map((c) => c.unit))];
  return {
    units: units.map((u) => names.get(u)),
    values: cells.flatMap((c) =>
      c.value === null
        ? []
        : [
            {
              value: [Number(c.period.slice(5)) - 1, units.indexOf(c.unit), c.value],
              text: `${c.numerator}/${c.denominator}`,
            },
          ],
    ),
  };
}

/** The branches with the most to make good. */
export async function loadNeeds({ unit, asOf, year, names }) {
  const { cells } = await get('/query', {
    kpi: 'norm_compliance,rectification_overdue,ledger_completeness',
    unit,
    by: 'unit',
    years: year,
    grain: 'year',
    asOf,
    toDate: 1,
  });
  return [...new Set(cells.map((c) => c.unit))]
    .map((u) => {
      const of = (kpi) => cells.find((c) => c.unit === u && c.kpi === kpi);
      const [norm, overdue] = [of('norm_compliance'), of('rectification_overdue')];
      return {
        unit: u,
        name: names.get(u),
        share: norm?.value ?? 1,
        reason: `组织生活已办 ${norm?.numerator ?? 0}/${norm?.denominator ?? 0}；${overdue?.value ?? 0} 项整改逾期`,
        tag: overdue?.value ? '逾期' : '有缺',
      };
    })
    .toSorted((a, b) => a.share - b.share)
    .slice(0, 5);
}

/** What falls due next, of one kind and day together. */
export async function loadNext({ unit, asOf, kinds }) {
  const { slots } = await get('/next', { unit, asOf });
  const groups = Map.groupBy
    ? Map.groupBy(slots, (s) => `${s.by} ${s.kind}`)
    : slots.reduce(
        (all, s) => all.set(`${s.by} ${s.kind}`, [...(all.get(`${s.by} ${s.kind}`) ?? []), s]),
        new Map(),
      );
  return [...groups].slice(0, 5).map(([key, own]) => ({
    key,
    by: own[0].by,
    text: `${kinds.get(own[0].kind) ?? own[0].kind}：${own.length} 个单位还未办`,
    tag: `${own.length} 待办`,
  }));
}

/** Points of a small line, in a box of 100 × 30. */
export function pointsOf(values) {
  const known = values.filter((v) => v !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .flatMap((v, i) => (v === null ? [] : [`${(i * 100) / 11},${28 - ((v - low) / (high - low || 1)) * 26}`]))
    .join(' ');
}

/** Tells the measurement what stands on the screen. */
export function tell(chart, state) {
  document.documentElement.dataset[chart] = state;
}
