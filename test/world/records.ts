import type { Insertable } from 'kysely';
import type { Random } from '../../db/demo/random.ts';
import type {
  ActivityKindTable,
  ActivityTable,
  ContradictionTable,
  HeadcountTable,
  RecordColumns,
  RectificationTable,
  VisitTable,
  VolunteeringTable,
} from '../../db/types.ts';
import { kinds } from '../../shared/kinds.ts';
import { anyDay, dayAfter, lastYear, monthAt, months } from './days.ts';
import type { UnitRow } from './units.ts';

export type RecordRows = {
  activity: Insertable<ActivityTable>[];
  activity_kind: Insertable<ActivityKindTable>[];
  visit: Insertable<VisitTable>[];
  volunteering: Insertable<VolunteeringTable>[];
  rectification: Insertable<RectificationTable>[];
  contradiction: Insertable<ContradictionTable>[];
  headcount: Insertable<HeadcountTable>[];
};

type Columns = Insertable<RecordColumns>;

const codesOf = (visits: boolean): string[] =>
  kinds.filter((k) => (k.family === 'visit') === visits).map((k) => k.code);
const activityKinds = codesOf(false);
const visitKinds = codesOf(true);

/** Chance, and where the rows of chance go. */
export class Maker {
  /** Fourteen months in which most things happen. */
  readonly focus: number;
  private made = 0;

  constructor(
    readonly random: Random,
    private readonly units: readonly UnitRow[],
    /** A ledger as the importer lets it in: nothing outside of a unit's days, no part above its whole. */
    readonly tidy: boolean,
  ) {
    this.focus = random.int(4, months - 15);
  }

  private day(): string {
    const { random } = this;
    if (random.chance(0.4)) return anyDay(random);
    return `${monthAt(this.focus + random.int(0, 13))}-${String(random.int(1, 28)).padStart(2, '0')}`;
  }

  /** A row of a unit on a day on which it exists, as a rule. */
  row(): Columns | null {
    const { random } = this;
    const unit = this.units[random.int(0, this.units.length - 1)];
    const date = this.day();
    if (!unit) return null;
    const exists = (unit.opened_on ?? '0') <= date && date <= (unit.closed_on ?? '9');
    if (!exists && (this.tidy || random.chance(0.8))) return null;
    return this.columns(unit.code, date);
  }

  columns(unit: string, date: string): Columns {
    const row = ++this.made;
    const id = `1-1-1-${row}`;
    const of = { title: null, import_id: 1, file: 'f', sheet: 's', row, raw: '[]' };
    return { ...of, unit, id, date, fingerprint: id };
  }

  /** So many rows, less those that fall outside of their unit's days. */
  rows(many: number): Columns[] {
    return Array.from({ length: many }, () => this.row()).filter((r) => r !== null);
  }

  /** One figure in six is not known. */
  maybe(n: number): number | null {
    return this.random.chance(1 / 6) ? null : n;
  }
}

export function recordsOfChance(maker: Maker, units: readonly UnitRow[]): RecordRows {
  const activity = activities(maker);
  return {
    activity,
    activity_kind: activity.flatMap((a) => kindsOf(maker.random, a)),
    visit: visits(maker),
    volunteering: services(maker),
    rectification: problems(maker),
    contradiction: maker
      .rows(maker.random.int(0, 5))
      .map((row) => ({ ...row, family: 'activity', code: 'duplicate', cell: null, value: null })),
    headcount: headcounts(maker, units),
  };
}

function activities(maker: Maker): RecordRows['activity'] {
  const { random, tidy } = maker;
  return maker.rows(random.int(45, 95)).map((row) => {
    const all = random.int(tidy ? 4 : 1, 40);
    const expected = maker.maybe(all);
    const present = maker.maybe(random.int(0, tidy ? all : 42));
    const most = tidy ? 1 : 3;
    return {
      ...row,
      end_date: null,
      approximate: 0,
      form: null,
      place: null,
      note: null,
      expected,
      expected_min: expected === null && random.chance(0.5) ? 10 : null,
      present,
      present_min: present === null && random.chance(0.5) ? 20 : null,
      on_duty: maker.maybe(random.int(0, most)),
      excused: maker.maybe(random.int(0, most)),
      unexcused: maker.maybe(random.int(0, most)),
      exempt: random.int(0, 1),
      hours: maker.maybe(random.int(1, 6) / 2),
    };
  });
}

const frequent = ['theme_day', 'general_meeting', 'committee_meeting', 'group_meeting'] as const;

function kindsOf(random: Random, { unit, id }: Insertable<ActivityTable>): RecordRows['activity_kind'] {
  const of = new Set<string>([random.pick(frequent)]);
  if (random.chance(0.5)) of.add(activityKinds[random.int(0, activityKinds.length - 1)] ?? 'other');
  if (random.chance(0.1)) of.delete([...of][0] ?? '');
  return [...of].map((kind) => ({ unit, activity_id: id, kind }));
}

function visits(maker: Maker): RecordRows['visit'] {
  const { random } = maker;
  return maker.rows(random.int(8, 24)).map((row) => {
    const all = random.int(0, 4);
    const raised = maker.maybe(all);
    const resolved = maker.maybe(random.int(0, maker.tidy ? all : 4));
    return {
      ...row,
      end_date: null,
      approximate: 0,
      note: null,
      kind: visitKinds[random.int(0, visitKinds.length - 1)] ?? 'research_visit',
      participants: maker.maybe(3),
      participants_min: null,
      raised,
      raised_min: raised === null ? 2 : null,
      resolved,
      resolved_min: null,
    };
  });
}

function services(maker: Maker): RecordRows['volunteering'] {
  const { random } = maker;
  return maker.rows(random.int(5, 16)).map((row) => {
    const participants = maker.maybe(random.int(1, 60));
    return {
      ...row,
      end_date: null,
      approximate: 0,
      place: null,
      beneficiaries: null,
      note: null,
      participants,
      participants_min: participants === null && random.chance(0.6) ? 50 : null,
      hours: maker.maybe(random.int(1, 8) / 2),
    };
  });
}

function problems(maker: Maker): RecordRows['rectification'] {
  const { random } = maker;
  return maker.rows(random.int(5, 22)).map((row) => {
    const later = (): string | null => (random.chance(0.25) ? null : dayAfter(random, row.date, 500));
    const due_on = later();
    return {
      ...row,
      approximate: 0,
      origin: null,
      measure: null,
      responsible_department: null,
      extended_to: random.chance(0.2) && due_on !== null ? dayAfter(random, due_on, 90) : null,
      reported_on: null,
      progress: null,
      note: null,
      nature: random.pick(['immediate', 'deadline', 'deadline', 'long_term', null]),
      due_on,
      closed_on: random.chance(0.1) ? due_on : later(),
    };
  });
}

/** A list now and then, of most units; a unit may come to nobody. */
function headcounts(maker: Maker, units: readonly UnitRow[]): RecordRows['headcount'] {
  const { random } = maker;
  return units.flatMap(({ code }) => {
    const dates = [`${random.int(2019, lastYear)}-01-01`, anyDay(random), anyDay(random)];
    return [...new Set(dates)]
      .filter(() => random.chance(0.7))
      .map((date) => ({
        ...maker.columns(code, date),
        members: random.chance(0.05) ? 0 : random.int(3, 30),
      }));
  });
}
