import type { Generated, Insertable } from 'kysely';
import type { Every, Layer, Strength } from '../shared/norms.ts';

/**
 * The database. Dates are ISO text in both engines: a ledger's day has no time zone, and text
 * sorts and cuts (`substr`) alike everywhere. Counts are integers; null is "not known".
 * A column `x_min` holds a lower bound ("50余人") and is set only while `x` is null.
 */
export type UnitTable = {
  code: string;
  name: string;
  parent: string | null;
  level: 'centre' | 'branch' | 'group';
  opened_on: string | null;
  closed_on: string | null;
  merged_into: string | null;
  /** The unit that this one was split off from on the day it opened. */
  split_from: string | null;
  /** Order in the file, which is the order that people expect. */
  position: number;
  /** The version of the data that brought the row in, here and in the other tables. */
  version: Generated<number>;
};

/** A unit's former name and place, up to and including a day. */
export type UnitPastTable = {
  unit: string;
  until_on: string;
  name: string;
  parent: string | null;
  version: Generated<number>;
};

/** What every record has: its unit (in the primary key), its day, and the row that it came from. */
export type RecordColumns = {
  unit: string;
  /** `import-file-sheet-row`: stable, and readable in a bug report. */
  id: string;
  date: string;
  title: string | null;
  import_id: number;
  file: string;
  sheet: string;
  row: number;
  /** The row's cells as text, a JSON array. */
  raw: string;
  /** Hash of the parsed content; unique in a unit, so that the same row twice adds nothing. */
  fingerprint: string;
  version: Generated<number>;
};

export type ActivityTable = RecordColumns & {
  end_date: string | null;
  /** 1: "3月上旬", dated on the first day that it can mean. */
  approximate: number;
  form: string | null;
  place: string | null;
  expected: number | null;
  expected_min: number | null;
  present: number | null;
  present_min: number | null;
  on_duty: number | null;
  /** On leave: sick or personal. */
  excused: number | null;
  unexcused: number | null;
  exempt: number;
  hours: number | null;
  note: string | null;
};

export type ActivityKindTable = { unit: string; activity_id: string; kind: string };

export type VisitTable = RecordColumns & {
  end_date: string | null;
  approximate: number;
  kind: string;
  participants: number | null;
  participants_min: number | null;
  raised: number | null;
  raised_min: number | null;
  resolved: number | null;
  resolved_min: number | null;
  note: string | null;
};

export type VolunteeringTable = RecordColumns & {
  end_date: string | null;
  approximate: number;
  place: string | null;
  participants: number | null;
  participants_min: number | null;
  hours: number | null;
  beneficiaries: string | null;
  note: string | null;
};

/** `date` is the day on which the problem was raised. */
export type RectificationTable = RecordColumns & {
  approximate: number;
  origin: string | null;
  nature: 'immediate' | 'deadline' | 'long_term' | null;
  measure: string | null;
  responsible_department: string | null;
  due_on: string | null;
  /** The last extension of the due date; `due_on` stays the original one. */
  extended_to: string | null;
  reported_on: string | null;
  closed_on: string | null;
  /** The ledger's own words: 已完成, 基本完成, 整改中. */
  progress: string | null;
  note: string | null;
};

/** In force from `date` until the next one of the same unit. */
export type HeadcountTable = RecordColumns & { members: number };

/** `code` is the problem's code; the row itself was left out of its ledger, or doubled in it. */
export type ContradictionTable = RecordColumns & {
  family: string;
  code: string;
  cell: string | null;
  value: string | null;
};

export type CoverageTable = {
  unit: string;
  family: string;
  from_month: string;
  to_month: string;
  import_id: number;
  version: Generated<number>;
};

export type ImportTable = {
  id: Generated<number>;
  status: 'checked' | 'committed' | 'undone' | 'dropped';
  created_at: string;
  actor: string;
  files: string;
  report: string;
  records: number | null;
  data_version: number | null;
  /** 1 while the check is under way. */
  checking: Generated<number>;
  /** `hand`: a record that was entered by hand. */
  source: Generated<'files' | 'hand'>;
  /** What was stated by hand and chosen in the preview, as JSON. */
  options: Generated<string>;
};

/** A file as it came, in pieces, until its import is committed or dropped. */
export type ImportFileTable = { import_id: number; file_no: number; piece: number; bytes: Uint8Array };

/** Lines of a table as they were read, some hundreds together: the preview's grid, and what a commit stores. */
export type ImportPartTable = {
  import_id: number;
  part: number;
  table_no: number;
  first_line: number;
  lines: number;
  left_out: number;
  body: string;
};

/** A word of the centre's ledgers and what it means, as answered once. */
export type VocabularyTable = {
  id: Generated<number>;
  what: 'heading' | 'kind' | 'unit';
  /** Of a heading its ledger, of a kind `activity` or `visit`, of a unit nothing. */
  scope: string;
  /** Folded, as words are compared. */
  word: string;
  /** A column's key, a kind's code, a unit's code. */
  means: string;
  actor: string;
  at: string;
};

/** A change of one record by hand. */
export type EditTable = {
  id: Generated<number>;
  unit: string;
  family: string;
  record_id: string;
  import_id: number;
  action: 'enter' | 'correct' | 'remove';
  at: string;
  actor: string;
  why: string;
  /** `[{field, from, to}]`, as JSON. */
  fields: string;
  version: number;
};

/** The cells of a record's row that hold names, `{heading: text}` as JSON; only where the office keeps them. */
export type RecordNamesTable = { unit: string; record_id: string; import_id: number; names: string };

/** A norm of the table is of a kind (`every`, `per`, `min_members`) or of a KPI (`value`). */
export type NormTable = {
  id: Generated<number>;
  layer: Layer;
  unit: string | null;
  kind: string | null;
  kpi: string | null;
  every: Every | 'never' | null;
  per: 'branch' | 'group' | null;
  min_members: number | null;
  value: number | null;
  from_on: string | null;
  to_on: string | null;
  source_zh: string;
  source_en: string;
  strength: Strength;
  note: string | null;
  version: Generated<number>;
};

export type ExemptionTable = {
  id: Generated<number>;
  unit: string;
  kind: string;
  from_on: string;
  to_on: string | null;
  reason: string;
  decided_by: string;
  decided_on: string;
  version: Generated<number>;
};

export type DefinitionChangeTable = {
  id: Generated<number>;
  kpi: string;
  on_day: string;
  note: string;
  version: Generated<number>;
};

/** The journal of the data: which version came when, by whom and by what. */
export type ChangeTable = { version: number; at: string; actor: string; what: string; detail: string | null };

/** A row that is no more, as JSON, known from version `added` until before version `removed`. */
export type PastTable = {
  id: Generated<number>;
  table_name: string;
  added: number;
  removed: number;
  row: string;
};

export type SettingTable = { key: string; value: string };

export type TokenTable = {
  /** SHA-256 of the secret: a stolen database opens no session. */
  hash: string;
  purpose: 'api' | 'session' | 'sign_in';
  role: string;
  unit: string | null;
  name: string;
  created_at: string;
  expires_at: string | null;
};

export type SnapshotTable = {
  id: string;
  created_at: string;
  maker: string;
  view: string;
  title: string;
  note: string | null;
  data_version: number;
  sha256: string;
  /** The sealed JSON, byte for byte what the hash is over. */
  sealed: string;
  /** The units that it is of, as a JSON array. */
  units: string;
  kpi: string;
  lang: string;
  /** The short address that leads to it. */
  link: string | null;
  /** Beside the seal: what it is called in the list, remarks, and who wrote these last. */
  listed_title: string | null;
  remarks: string | null;
  listed_at: string | null;
  listed_by: string | null;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
  withdrawn_why: string | null;
};

/** A file of a snapshot, as it was first made; it is never made again. */
export type SnapshotFileTable = {
  snapshot_id: string;
  variant: string;
  type: string;
  sha256: string;
  bytes: Buffer;
  made_at: string;
};

/** What is put together for a meeting. A draft until `sealed_at` is set, and never altered from then on. */
export type BriefingTable = {
  id: string;
  title: string;
  occasion: string | null;
  lang: string;
  maker: string;
  created_at: string;
  changed_at: string;
  /** Its items as they were put together, as a JSON array. */
  outline: string;
  sealed_at: string | null;
  /** The sealed JSON, byte for byte what the hash is over. */
  sealed: string | null;
  sha256: string | null;
  data_version: number | null;
  /** The sealed one of whose outline it was made. */
  former: string | null;
  schedule: string | null;
};

/** A file of a sealed briefing, as it was first made. */
export type BriefingFileTable = {
  briefing_id: string;
  format: string;
  type: string;
  sha256: string;
  bytes: Buffer;
  made_at: string;
};

/** Makes a briefing again and again. The next time is the first after `since_at` that its cron expression names. */
export type BriefingScheduleTable = {
  id: string;
  briefing_id: string;
  cron: string;
  format: string;
  /** As JSON; null: it is kept and not sent. */
  goes_to: string | null;
  is_on: number;
  maker: string;
  created_at: string;
  since_at: string;
  last_at: string | null;
  last_briefing: string | null;
  last_problem: string | null;
};

/** A named address of one person, or of all; `removed_at`: it is gone, and can still be brought back. */
export type SavedViewTable = {
  id: Generated<number>;
  owner: string;
  name: string;
  /** Path and query. */
  address: string;
  shared: number;
  created_at: string;
  removed_at: string | null;
};

/** Words on one point of a chart. They change no figure, and carry no version of the data. */
export type NoteTable = {
  id: Generated<number>;
  kpi: string;
  unit: string;
  period: string;
  /** Codes in order, with commas between; empty: all kinds. */
  kinds: string;
  body: string;
  author: string;
  created_at: string;
  edited_at: string | null;
  removed_at: string | null;
};

export type Database = {
  unit: UnitTable;
  unit_past: UnitPastTable;
  norm: NormTable;
  exemption: ExemptionTable;
  definition_change: DefinitionChangeTable;
  change: ChangeTable;
  past: PastTable;
  activity: ActivityTable;
  activity_kind: ActivityKindTable;
  visit: VisitTable;
  volunteering: VolunteeringTable;
  rectification: RectificationTable;
  headcount: HeadcountTable;
  contradiction: ContradictionTable;
  coverage: CoverageTable;
  import: ImportTable;
  import_file: ImportFileTable;
  import_part: ImportPartTable;
  vocabulary: VocabularyTable;
  edit: EditTable;
  record_names: RecordNamesTable;
  setting: SettingTable;
  token: TokenTable;
  snapshot: SnapshotTable;
  snapshot_file: SnapshotFileTable;
  briefing: BriefingTable;
  briefing_file: BriefingFileTable;
  briefing_schedule: BriefingScheduleTable;
  saved_view: SavedViewTable;
  note: NoteTable;
};

export const recordTables = [
  'activity',
  'visit',
  'volunteering',
  'rectification',
  'headcount',
  'contradiction',
] as const;
export type RecordTable = (typeof recordTables)[number];

export type NewCoverage = Omit<Insertable<CoverageTable>, 'import_id'>;
