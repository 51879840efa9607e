import { families, type Family } from '../../shared/kinds.ts';
import { contradictionPrint, fingerprint, printOf } from './fingerprint.ts';
import { FirstPlaces } from './first-places.ts';
import { scalarJson as json, type Scalar } from './scalar-json.ts';
import { cellName, cellTexts } from './sheet.ts';
import { figureColumns, type Draft, type StagedContradiction, type StagedRecord } from './staged.ts';
import type { Taken } from './table.ts';

// More than a sheet can have.
const ROWS = 2 ** 21;

/** All content of one import: the same content twice is stored once, and the second is a contradiction. */
export class Content {
  /** Where a content stands first, by its print: the number of its sheet's place, and its row. */
  private readonly first = new FirstPlaces();
  private readonly places: { readonly file: string; readonly sheet: string }[] = [];
  private readonly times = new Map<string, number>();

  /** @returns the record, and where the same content stood before, if it did: file, sheet and row, line by line */
  take(row: Taken): { record: StagedRecord; twin: string | null } {
    const print = contentPrint(row);
    const { fileNo, sheetNo, file, sheet, unit, date, draft } = row;
    const { family, title, unknown, kinds, figures } = draft;
    // The family and its figures come from one draft, and belong together.
    const record = {
      fileNo,
      sheetNo,
      file,
      sheet,
      row: row.row,
      family,
      unit,
      date,
      title,
      unknown,
      kinds,
      figures,
      fingerprint: print,
    } as StagedRecord;
    const before = this.first.keep(print, this.placeOf(row) * ROWS + row.row);
    return { record, twin: before === null ? null : this.placeAt(before) };
  }

  private placeOf({ file, sheet }: Taken): number {
    const last = this.places.at(-1);
    // Rows come sheet by sheet.
    if (last?.file !== file || last.sheet !== sheet) this.places.push({ file, sheet });
    return this.places.length - 1;
  }

  private placeAt(place: number): string {
    const { file = '', sheet = '' } = this.places[Math.floor(place / ROWS)] ?? {};
    return `${file}\n${sheet}\n${place % ROWS}`;
  }

  /** The contradiction with a print of its own: told from others over the same content by its number. */
  contradict(
    found: Omit<StagedContradiction, 'fingerprint'>,
    content = contradictory(found),
  ): StagedContradiction {
    const key = `${found.code} ${content}`;
    const n = (this.times.get(key) ?? 0) + 1;
    this.times.set(key, n);
    return { ...found, fingerprint: contradictionPrint(found.code, content, n) };
  }
}

const contradictory = (found: Omit<StagedContradiction, 'fingerprint'>): string =>
  fingerprint([found.unit, found.family, found.date, found.title, found.value, unnumbered(found.raw)]);

/** A row's cells without a running number in front: that may change when the ledger is copied. */
const unnumbered = (raw: string): string => raw.replace(/^\["\d{0,4}",/, '[');

/** What a row that stands twice contradicts: the first of the two. */
export const doubling = ({ draft, cells, ...origin }: Taken): Omit<StagedContradiction, 'fingerprint'> => ({
  ...origin,
  raw: JSON.stringify(cellTexts(cells)),
  family: draft.family,
  title: draft.title,
  code: 'duplicate',
  cell: cellName(0, origin.row - 1),
  value: null,
});

type Said = Pick<Taken, 'unit' | 'date'> & {
  readonly draft: Pick<Draft, 'family' | 'title' | 'kinds'> & { readonly figures: object };
};

/** The print of what a record says, wherever it was written: the same event twice has the same print. */
export const contentPrint = ({ unit, date, draft }: Said): string =>
  printOf(
    `[${json(unit)},${json(draft.family)},${json(date)},${json(draft.title)},[${draft.kinds.map(json).join()}],[${entriesOf(draft)}]]`,
  );

/** Each family's columns in the order of their names, and how an entry of each is written. */
const entries = Object.fromEntries(
  families.map((family) => [
    family,
    figureColumns[family].toSorted().map((column) => {
      const begin = `[${json(column)},`;
      return { column, begin, unknown: `${begin}null]` };
    }),
  ]),
) as unknown as Readonly<
  Record<Family, readonly { readonly column: string; readonly begin: string; readonly unknown: string }[]>
>;

function entriesOf({ family, figures }: Said['draft']): string {
  let written = '';
  for (const { column, begin, unknown } of entries[family]) {
    const value = (figures as Readonly<Record<string, Scalar | undefined>>)[column];
    // Rows without an extension are known from before extensions were kept.
    if (column === 'extended_to' && value === null) continue;
    const entry = value === null || value === undefined ? unknown : `${begin}${json(value)}]`;
    written += written === '' ? entry : `,${entry}`;
  }
  return written;
}
