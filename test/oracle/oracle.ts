import type { Kpi, RecordKpi } from '../../shared/kpi.ts';
import { isRecordKpi, ledgerOf } from './kpi.ts';
import { wholeDays, windowOf, type Window } from './calendar.ts';
import { OracleCentre } from './centre.ts';
import { atTheLeast, exactly, holds } from './judge.ts';
import { bindingNorm, type OracleNorm } from './norms.ts';
import { slotsOf } from './slots.ts';
import type { OracleRecord, OracleTable, Tables } from './tables.ts';
import { groupedBy, type Place, type Structure } from './tree.ts';

export type OracleCell = {
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  records: number;
  unknown: number;
  coverage: { covered: number; due: number };
  status: 'ok' | 'partial' | 'none' | 'na';
};

export type Seen = {
  readonly asOf: string;
  readonly toDate: boolean;
  readonly kind: readonly string[] | null;
  readonly structure?: Structure;
  readonly per?: 'member';
};

/** What the figures come to, before it is said whether they were reported. */
type Figure = {
  value: number | null;
  numerator: number;
  denominator: number | null;
  records: number;
  unknown: number;
};

/** Where and when a figure is asked, and of which kinds. */
type Asked = {
  readonly centre: OracleCentre;
  readonly place: Place;
  readonly window: Window;
  readonly kinds: readonly string[] | null;
};

type Found = { readonly record: OracleRecord; readonly month: string };

/**
 * The catalogue's figures worked out a second time, over plain arrays and in plain JavaScript,
 * from the definitions and not from the product's queries.
 */
export class Oracle {
  private readonly centres: ReadonlyMap<Structure, OracleCentre>;
  private readonly valueNorms: ReadonlyMap<string | null, readonly OracleNorm[]>;

  constructor(readonly tables: Tables) {
    const structures = ['then', 'today'] as const;
    this.centres = new Map(structures.map((s) => [s, new OracleCentre(tables, s)]));
    this.valueNorms = groupedBy(tables.norms, (n) => n.kpi);
  }

  /** The centre in one of its structures. */
  centre(structure: Structure = 'then'): OracleCentre {
    const centre = this.centres.get(structure);
    if (!centre) throw new Error(`no structure ${structure}`);
    return centre;
  }

  cell(kpi: Kpi, place: Place, period: string, seen: Seen): OracleCell {
    const asked: Asked = {
      centre: this.centre(seen.structure),
      place,
      window: this.window(period, seen),
      // A kind means nothing to a figure that has none.
      kinds: kpi.splitsByKind ? seen.kind : null,
    };
    return judged(kpi, figureOf(kpi, asked, seen.per === 'member'), coverageOf(kpi, asked));
  }

  window(period: string, seen: Pick<Seen, 'asOf' | 'toDate'>): Window {
    return windowOf(period, { ...seen, yearStart: this.tables.yearStart });
  }

  /** What `by=unit` answers for, over all the periods of the question. */
  parts(scope: string, periods: readonly string[], seen: Seen): string[] {
    const begun = periods.flatMap((p) => this.window(p, seen).months);
    const months = begun.length > 0 ? begun : [seen.asOf.slice(0, 7)];
    return this.centre(seen.structure).tree.parts(scope, months);
  }

  /** `within` of a part's cell: the scope, where the part stood elsewhere in some month of the window. */
  within(place: Place, period: string, seen: Seen): string | undefined {
    const { tree } = this.centre(seen.structure);
    const always = this.window(period, seen).months.every((m) => tree.belongs(place, m));
    return always ? undefined : place.within;
  }

  /** What a unit's figure of the period is held against: the norm that binds on the period's last day. */
  valueNorm(kpi: string, unit: string, period: string, seen: Seen): OracleNorm | null {
    const norms = this.valueNorms.get(kpi);
    if (!norms) return null;
    const { from, to, end } = this.window(period, seen);
    const day = to < from ? end : to;
    const path = this.centre(seen.structure).tree.pathIn(unit, day.slice(0, 7));
    return bindingNorm(norms, path, day);
  }
}

function judged(kpi: Kpi, figure: Figure, coverage: OracleCell['coverage']): OracleCell {
  const silent = { value: null, numerator: null, denominator: null, records: 0, unknown: 0, coverage };
  // Known without a ledger of the period: contradictions, items still open, meetings that were held.
  const told =
    kpi.from === 'slots'
      ? figure.numerator > 0
      : (kpi.from === 'contradiction' || kpi.over === 'stock') && figure.records > 0;
  if (!told && coverage.due === 0) return { ...silent, status: 'na' };
  if (!told && coverage.covered === 0)
    return kpi.from === 'slots' || kpi.from === 'coverage'
      ? { ...figure, value: null, coverage, status: 'none' }
      : { ...silent, status: 'none' };
  if (figure.value === null) return { ...figure, coverage, status: 'na' };
  const whole = coverage.due > 0 && coverage.covered >= coverage.due;
  return { ...figure, coverage, status: whole ? 'ok' : 'partial' };
}

const coverageOf = (kpi: Kpi, { centre, place, window }: Asked): OracleCell['coverage'] =>
  centre.coverage(place, ledgerOf(kpi), window.months);

function figureOf(kpi: Kpi, asked: Asked, perMember: boolean): Figure {
  if (kpi.from === 'slots') return slotFigure(asked);
  if (!isRecordKpi(kpi)) {
    const { covered, due } = coverageOf(kpi, asked);
    const value = due === 0 ? null : covered / due;
    return { value, numerator: covered, denominator: due, records: due, unknown: 0 };
  }
  const { window } = asked;
  const at = kpi.over === 'stock' ? window.to : window.cut;
  const found = matching(kpi, asked, at);
  if (kpi.type === 'per_member' || perMember) return memberFigure(kpi, asked, found);
  const rows = found.map((f) => f.record);
  if (kpi.type === 'median') return median(kpi, rows, at);
  return kpi.type === 'count' ? counted(kpi, rows, at) : divided(kpi, rows, at);
}

/** The records of the place, each with the month that says to whom it belongs. */
function matching(kpi: RecordKpi, { centre, place, window, kinds }: Asked, at: string): Found[] {
  if (kpi.from === 'headcount') throw new Error('no figure is made of headcounts alone');
  const table: OracleTable = kpi.from;
  const isStock = kpi.over === 'stock';
  const found = (isStock ? window.months.slice(-1) : window.months).flatMap((month) => {
    const [first, last] = [`${month}-01`, `${month}-31`];
    const from = window.from > first ? window.from : first;
    const to = window.to < last ? window.to : last;
    return centre.tree
      .unitsIn(place, month)
      .flatMap((u) =>
        isStock ? centre.recordsUpTo(table, u.code, window.to) : centre.recordsOf(table, u.code, from, to),
      )
      .map((record) => ({ record, month }));
  });
  return found.filter(
    ({ record }) =>
      holds(kpi.where, record, at) && (kinds === null || record.kinds.some((k) => kinds.includes(k))),
  );
}

function slotFigure({ centre, place, window, kinds }: Asked): Figure {
  const { due, met, unknown, rows } = slotsOf(place, centre, window, kinds);
  return { value: due === 0 ? null : met / due, numerator: met, denominator: due, records: rows, unknown };
}

function memberFigure(kpi: RecordKpi, { centre, place, window }: Asked, found: Found[]): Figure {
  const family = ledgerOf(kpi);
  const members = centre.members(place, family, window.months);
  let numerator = 0;
  let unknown = 0;
  for (const { record, month } of found) {
    const exact = exactly(kpi.numerator.measure, record);
    if (exact === null || !members.has(centre.reporterOf(record.unit, place, family, month))) unknown++;
    else numerator += exact;
  }
  const denominator = [...members.values()].reduce((a, b) => a + b, 0);
  const value = denominator === 0 ? null : numerator / denominator;
  return { value, numerator, denominator, records: found.length, unknown };
}

function counted(kpi: RecordKpi & { type: 'count' }, rows: OracleRecord[], at: string): Figure {
  const { where, measure } = kpi.numerator;
  const counting = rows.filter((r) => holds(where, r, at));
  const numerator = counting.reduce((n, r) => n + atTheLeast(measure, r), 0);
  const unknown = counting.filter((r) => exactly(measure, r) === null).length;
  return { value: numerator, numerator, denominator: null, records: rows.length, unknown };
}

function divided(kpi: RecordKpi & { type: 'ratio' }, rows: OracleRecord[], at: string): Figure {
  let numerator = 0;
  let denominator = 0;
  let unknown = 0;
  for (const row of rows) {
    const above = exactly(kpi.numerator.measure, row);
    const below = exactly(kpi.denominator.measure, row);
    if (above === null || below === null) {
      unknown++;
      continue;
    }
    if (holds(kpi.numerator.where, row, at)) numerator += above;
    if (holds(kpi.denominator.where, row, at)) denominator += below;
  }
  return {
    value: denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator,
    records: rows.length,
    unknown,
  };
}

/** Kaplan–Meier: at each day of a closure, the share of those then still open that stays open. */
function median(kpi: RecordKpi & { type: 'median' }, rows: OracleRecord[], at: string): Figure {
  const lives = rows.map((row) => {
    const end = row.fields[kpi.duration.end];
    const closed = typeof end === 'string' && end <= at;
    return { closed, days: wholeDays(row.date, closed ? end : at) };
  });
  const moments = [...new Set(lives.filter((l) => l.closed).map((l) => l.days))].sort((a, b) => a - b);
  let open = 1;
  let value: number | null = null;
  for (const t of moments) {
    const atRisk = lives.filter((l) => l.days >= t).length;
    const ended = lives.filter((l) => l.closed && l.days === t).length;
    open *= 1 - ended / atRisk;
    if (open <= 0.5 + 1e-12) {
      value = t;
      break;
    }
  }
  return {
    value,
    numerator: lives.filter((l) => l.closed).length,
    denominator: lives.length,
    records: rows.length,
    unknown: 0,
  };
}
