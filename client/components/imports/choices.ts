import type {
  CommitChoices,
  ImportQuestion,
  ImportReplace,
  ImportReply,
  ImportTable,
  ImportTwin,
  Replaced,
  TableChoice,
} from '../../../shared/imports.ts';

export type TwinChoice = CommitChoices['twins'][number]['keep'];
/** What a person has chosen in a preview: of twins by id (absent: both), of spans those to be replaced. */
export type Choices = {
  readonly twins: Readonly<Record<string, TwinChoice>>;
  readonly replaced: readonly string[];
};
export const noChoices: Choices = { twins: {}, replaced: [] };

/** A question's name within an import. */
export const questionKey = ({ what, scope, word }: Pick<ImportQuestion, 'what' | 'scope' | 'word'>): string =>
  [what, scope, word].join(' ');

/** A span's name within an import. */
export const spanKey = ({ unit, ledger, from, to }: Replaced): string => [unit, ledger, from, to].join(' ');

export const keptOf = (choices: Choices, twin: Pick<ImportTwin, 'id'>): TwinChoice =>
  choices.twins[twin.id] ?? 'both';

/** Is the twin's stored side in a span that goes as a whole? Then there is nothing to choose. */
export const isReplaced = (choices: Choices, twin: ImportTwin, spans: readonly ImportReplace[]): boolean =>
  twin.first.record !== null &&
  spans.some(
    (s) =>
      choices.replaced.includes(spanKey(s)) &&
      s.unit === twin.unit &&
      s.ledger === twin.ledger &&
      s.from <= twin.date.slice(0, 7) &&
      twin.date.slice(0, 7) <= s.to,
  );

/** The body of a commit. What the import no longer holds is left out: the server refuses it. */
export function commitChoices(
  { twins, replaces }: Pick<ImportReply, 'twins' | 'replaces'>,
  choices: Choices,
): CommitChoices {
  return {
    replace: replaces
      .filter((s) => choices.replaced.includes(spanKey(s)))
      .map(({ unit, ledger, from, to }) => ({ unit, ledger, from, to })),
    twins: twins
      .filter((t) => keptOf(choices, t) !== 'both' && !isReplaced(choices, t, replaces))
      .map((t) => ({ id: t.id, keep: keptOf(choices, t) })),
  };
}

export type Outcome = {
  /** New rows that a commit stores. */
  readonly stores: number;
  /** Stored records that go: those of replaced spans, and stored twins that are not kept. */
  readonly removes: number;
  /** Corrections by hand among these. */
  readonly edited: number;
};

/** What a commit will do with the choices as they stand. */
export function outcome(
  { sheets, twins, replaces }: Pick<ImportReply, 'sheets' | 'twins' | 'replaces'>,
  choices: Choices,
): Outcome {
  const { twins: chosen } = commitChoices({ twins, replaces }, choices);
  const keeps = new Map(chosen.map((c) => [c.id, c.keep]));
  const spans = replaces.filter((s) => choices.replaced.includes(spanKey(s)));
  const accepted = sheets.reduce((n, s) => n + s.accepted, 0);
  // Of two rows of this import one stays; against a stored one either the row stays out or the record goes.
  const rowsOut = twins.filter((t) => keeps.get(t.id) === 'first' || isRowOut(t, keeps.get(t.id))).length;
  const recordsOut = twins.filter((t) => keeps.get(t.id) === 'second' && t.first.record !== null).length;
  return {
    stores: accepted - rowsOut,
    removes: recordsOut + spans.reduce((n, s) => n + s.changed + s.gone, 0),
    edited: spans.reduce((n, s) => n + s.edited, 0),
  };
}
const isRowOut = (twin: ImportTwin, keep: TwinChoice | undefined): boolean =>
  keep === 'second' && twin.first.record === null;

/** What is stated of one table by hand, over what its title says. */
export type Edit = Omit<TableChoice, 'table'>;
export type Edits = Readonly<Record<string, Edit>>;

/** The table as it is with the edit. */
export const edited = (
  table: Pick<ImportTable, 'unit' | 'from' | 'to'>,
  edit: Edit = {},
): { unit: string | null; from: string | null; to: string | null } => ({
  unit: edit.unit ?? table.unit,
  from: edit.from ?? table.from,
  to: edit.to ?? table.to,
});

/** Why an edit cannot be asked for; null where it can. */
export function editFault(
  table: Pick<ImportTable, 'unit' | 'from' | 'to'>,
  edit: Edit,
): 'half' | 'order' | null {
  const { from, to } = edited(table, edit);
  if ((from === null) !== (to === null)) return 'half';
  return from !== null && to !== null && from > to ? 'order' : null;
}

type Field = keyof Edit;

/**
 * The edits with one field of one table changed. What the table says by itself is no edit; what it says
 * because it was `applied` before still is one.
 */
export function withField(
  edits: Edits,
  table: Pick<ImportTable, 'key' | 'unit' | 'from' | 'to'>,
  [field, value]: readonly [Field, string],
  applied: Edits = {},
): Edits {
  const { [table.key]: former = {}, ...others } = edits;
  const { [field]: _, ...rest } = former;
  const isOwn = value === table[field] && applied[table.key]?.[field] === undefined;
  const edit: Edit = value === '' || isOwn ? rest : { ...rest, [field]: value };
  return Object.keys(edit).length === 0 ? others : { ...others, [table.key]: edit };
}

/** Keys of the tables of which something else is stated now than at the last check. */
export function changedTables(edits: Edits, applied: Edits): string[] {
  const fields: readonly Field[] = ['unit', 'from', 'to'];
  return [...new Set([...Object.keys(edits), ...Object.keys(applied)])].filter((key) =>
    fields.some((f) => edits[key]?.[f] !== applied[key]?.[f]),
  );
}

/** What the server says was stated, as edits. */
export const editsOf = (tables: readonly TableChoice[]): Edits =>
  Object.fromEntries(tables.map(({ table, ...edit }) => [table, edit]));

/** The edits as the server takes them. */
export const tableChoices = (edits: Edits): TableChoice[] =>
  Object.entries(edits).map(([table, edit]) => ({ table, ...edit }));
