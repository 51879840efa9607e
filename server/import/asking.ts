import type { ImportProblem } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import type { TableStart } from '../ledger/parse.ts';
import type { Questions } from '../ledger/questions.ts';
import type { StagedContradiction } from '../ledger/staged.ts';
import type { Line } from '../ledger/table.ts';
import { columnsOf, maskedCells, maskedText, masksOf, type Masks } from './masked.ts';
import { columnIn } from './part.ts';

/** A table while its lines go by: what is to be asked of its headings, and what may be kept of its cells. */
export class Asking {
  /** Of headings that are not known. */
  readonly headings: ImportProblem[] = [];
  readonly ledger: Family;
  private readonly filled = new Map<number, number>();
  readonly masks: Masks;
  private readonly places: ReadonlyMap<string, number>;

  constructor({ ledger, columns }: TableStart) {
    this.ledger = ledger;
    this.masks = masksOf(columnsOf(columns));
    for (const at of this.masks.unread) this.filled.set(at, 0);
    this.places = new Map(columns.map((c) => [c.heading, c.at]));
  }

  line({ is, cells }: Line): void {
    if (is === 'header' || is === 'beside') return;
    for (const [at, rows] of this.filled) if (cells.has(at)) this.filled.set(at, rows + 1);
  }

  masked(c: StagedContradiction): StagedContradiction {
    const raw = JSON.stringify(maskedCells(JSON.parse(c.raw) as string[], this.masks));
    // A total's cells are several, and numbers: `F12, G12`.
    const named = (c.cell ?? '').split(', ').some((cell) => this.masks.names.has(columnIn(cell)));
    return { ...c, raw, value: c.value !== null && named ? maskedText(c.value) : c.value };
  }

  /** A heading is asked about only where its column holds something. */
  end(questions: Questions): void {
    for (const problem of this.headings) {
      const at = this.places.get(problem.value ?? '');
      questions.add(problem, this.ledger, at === undefined ? 0 : (this.filled.get(at) ?? 0));
    }
  }
}
