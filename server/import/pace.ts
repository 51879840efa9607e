import type { ImportProgress } from '../../shared/imports.ts';
import type { LedgerFile } from '../ledger/read.ts';
import type { Sheet, SheetRow } from '../ledger/sheet.ts';

const EVERY = 1000;

/** Counts the rows as they are read, and says so now and then. */
export class Pace {
  private done = 0;
  private of: number | null = 0;

  constructor(private readonly say: (at: ImportProgress) => void) {}

  along(file: LedgerFile): LedgerFile {
    return { name: file.name, sheets: () => this.sheets(file) };
  }

  private *sheets(file: LedgerFile): Generator<Sheet> {
    this.tell();
    for (const sheet of file.sheets()) {
      this.of = sheet.about === undefined || this.of === null ? null : this.of + sheet.about;
      yield { ...sheet, rows: this.rows(sheet.rows) };
    }
  }

  private *rows(rows: Iterable<SheetRow>): Generator<SheetRow> {
    for (const row of rows) {
      if (++this.done % EVERY === 0) this.tell();
      yield row;
    }
  }

  private tell(): void {
    // A sheet may hold more rows than it said.
    this.say({
      phase: 'reading',
      done: this.done,
      of: this.of === null ? null : Math.max(this.of, this.done),
    });
  }
}
