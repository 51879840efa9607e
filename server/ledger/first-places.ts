const START = 1 << 12;
/** Words of 32 bits that an entry holds: three of the print, since 96 bits tell a million contents apart, and two of its place. */
const ENTRY = 5;
const WORD = 2 ** 32;

/**
 * Where each of a million prints stands first. An array of numbers, an entry at the first free place from the one that
 * its print points to: a Map of as many texts holds four times the memory, and is gone through at each collection.
 */
export class FirstPlaces {
  private size = 0;
  private room = START;
  /** A place of 0 where nothing stands. */
  private entries = new Uint32Array(ENTRY * START);

  /**
   * @param print 24 hexadecimal digits or more
   * @param place above 0
   * @returns the place that was kept for the print before; null where none was: then this one is kept
   */
  keep(print: string, place: number): number | null {
    if (2 * this.size >= this.room) this.grow();
    const { entries } = this;
    const [a, b, c] = [wordOf(print, 0), wordOf(print, 1), wordOf(print, 2)];
    const at = this.find(a, b, c);
    const before = placeAt(entries, at);
    if (before > 0) return before;
    entries.set([a, b, c, Math.floor(place / WORD), place % WORD], at);
    this.size++;
    return null;
  }

  /** Where the print stands, or would. */
  private find(a: number, b: number, c: number): number {
    const { entries, room } = this;
    let at = a & (room - 1);
    for (;;) {
      const i = ENTRY * at;
      if (entries[i] === a && entries[i + 1] === b && entries[i + 2] === c) return i;
      if (placeAt(entries, i) === 0) return i;
      at = (at + 1) & (room - 1);
    }
  }

  private grow(): void {
    const { entries: before } = this;
    this.room *= 2;
    this.entries = new Uint32Array(ENTRY * this.room);
    for (let i = 0; i < before.length; i += ENTRY) {
      if (placeAt(before, i) === 0) continue;
      const entry = before.subarray(i, i + ENTRY);
      this.entries.set(entry, this.find(entry[0] as number, entry[1] as number, entry[2] as number));
    }
  }
}

const placeAt = (entries: Uint32Array, i: number): number =>
  (entries[i + 3] as number) * WORD + (entries[i + 4] as number);

const wordOf = (print: string, i: number): number => Number.parseInt(print.slice(8 * i, 8 * i + 8), 16);
