import { isRecordKpi, ledgerOf, type Kpi, type RecordKpi } from '../../shared/kpi.ts';
import { daysOf, monthsTouched, sameDayIn, wholeDays } from './calendar.ts';
import { OracleCentre, type OracleUnit } from './centre.ts';
import { atTheLeast, exactly, holds } from './judge.ts';
import { slotsOf } from './slots.ts';
import type { OracleRecord, OracleTable, Tables } from './tables.ts';

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
};

/** What the figures come to, before it is said whether they were reported. */
type Figure = {
  value: number | null;
  numerator: number;
  denominator: number | null;
  records: number;
  unknown: number;
};

type Window = { from: string; end: string; cut: string; to: string; months: string[] };

/**
 * The catalogue's figures worked out a second time, over plain arrays and in plain JavaScript,
 * from the definitions and not from the product's queries.
 */
export class Oracle {
  readonly centre: OracleCentre;

  constructor(tables: Tables) {
    this.centre = new OracleCentre(tables);
  }

  cell(kpi: Kpi, unit: string, period: string, seen: Seen): OracleCell {
    const { from, to: end } = daysOf(period);
    const day = seen.toDate ? sameDayIn(Number(period.slice(0, 4)), seen.asOf) : seen.asOf;
    const cut = day < seen.asOf ? day : seen.asOf;
    const to = end < cut ? end : cut;
    const window: Window = { from, end, cut, to, months: from <= cut ? monthsTouched(from, to) : [] };
    const coverage = this.centre.coverage(unit, ledgerOf(kpi), window.months);
    // A kind means nothing to a figure that has none.
    const kind = kpi.splitsByKind ? seen.kind : null;
    return this.judged(kpi, this.figure(kpi, unit, window, kind), coverage);
  }

  private judged(kpi: Kpi, figure: Figure, coverage: OracleCell['coverage']): OracleCell {
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

  private figure(kpi: Kpi, unit: string, window: Window, kind: readonly string[] | null): Figure {
    if (kpi.from === 'slots') return this.slots(unit, window, kind);
    if (!isRecordKpi(kpi)) {
      const { covered, due } = this.centre.coverage(unit, ledgerOf(kpi), window.months);
      return {
        value: due === 0 ? null : covered / due,
        numerator: covered,
        denominator: due,
        records: due,
        unknown: 0,
      };
    }
    const at = kpi.over === 'stock' ? window.to : window.cut;
    const rows = this.centre.subtree(unit).flatMap((u) => this.matching(kpi, u.code, window, at, kind));
    if (kpi.type === 'per_member') return this.perMember(kpi, unit, window, rows);
    if (kpi.type === 'median') return median(kpi, rows, at);
    return kpi.type === 'count' ? counted(kpi, rows, at) : divided(kpi, rows, at);
  }

  private matching(
    kpi: RecordKpi,
    unit: string,
    window: Window,
    at: string,
    kind: readonly string[] | null,
  ): OracleRecord[] {
    if (window.from > window.cut) return [];
    const table: OracleTable | 'headcount' = kpi.from;
    if (table === 'headcount') throw new Error('no figure is made of headcounts alone');
    const rows =
      kpi.over === 'stock'
        ? this.centre.recordsUpTo(table, unit, window.to)
        : this.centre.recordsOf(table, unit, window.from, window.to);
    return rows.filter(
      (r) => holds(kpi.where, r, at) && (kind === null || r.kinds.some((k) => kind.includes(k))),
    );
  }

  private slots(unit: string, window: Window, kinds: readonly string[] | null): Figure {
    const branches = this.centre.reporting(unit, 'activity').filter((u) => u.level === 'branch');
    const all = { due: 0, met: 0, unknown: 0, rows: 0 };
    for (const branch of branches) {
      const own = slotsOf(branch, this.centre, { from: window.from, to: window.end, cut: window.cut, kinds });
      all.due += own.due;
      all.met += own.met;
      all.unknown += own.unknown;
      all.rows += own.rows;
    }
    const value = all.due === 0 ? null : all.met / all.due;
    return { value, numerator: all.met, denominator: all.due, records: all.rows, unknown: all.unknown };
  }

  /** The reporting unit of the scope to which a unit's records belong: itself, or the nearest above it. */
  private reporterOf(code: string, reporters: ReadonlySet<string>, scope: string): string {
    for (let at: string | null = code; at !== null; at = this.centre.units.get(at)?.parent ?? null) {
      if (reporters.has(at)) return at;
      if (at === scope) break;
    }
    return scope;
  }

  private perMember(
    kpi: RecordKpi & { type: 'per_member' },
    scope: string,
    window: Window,
    rows: OracleRecord[],
  ): Figure {
    const reporting = this.centre.reporting(scope, kpi.from);
    const codes = new Set(reporting.map((u) => u.code));
    const means = new Map<string, number>();
    for (const unit of reporting) {
      const mean = this.meanMembers(unit, window);
      const covered = this.centre.coverage(unit.code, kpi.from, window.months);
      const own = window.months.some(
        (m) => this.centre.existsInMonth(unit, m) && this.centre.isCovered(unit, kpi.from, m),
      );
      if (mean !== null && own && covered.due > 0) means.set(unit.code, mean);
    }
    let numerator = 0;
    let unknown = 0;
    for (const row of rows) {
      const exact = exactly(kpi.numerator.measure, row);
      if (exact === null || !means.has(this.reporterOf(row.unit, codes, scope))) unknown++;
      else numerator += exact;
    }
    const denominator = [...means.values()].reduce((a, b) => a + b, 0);
    return {
      value: denominator === 0 ? null : numerator / denominator,
      numerator,
      denominator,
      records: rows.length,
      unknown,
    };
  }

  private meanMembers(unit: OracleUnit, window: Window): number | null {
    const known = window.months
      .filter((m) => this.centre.existsInMonth(unit, m))
      .map((m) => this.centre.membersOn(unit.code, `${m}-01`))
      .filter((n) => n !== null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
  }
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
