const START = 1 << 12;
/** Words of 32 bits that are held of a print: 96 bits tell a million contents apart. */
const WORDS = 3;

/**
 * Where each of a million prints stands first. Arrays of numbers, an entry at the first free place from the one that
 * its print points to: a Map of as many texts holds four times the memory, and is gone through at each collection.
 */
export class FirstPlaces {
  private size = 0;
  private prints = new Uint32Array(WORDS * START);
  /** 0 where nothing stands. */
  private places = new Float64Array(START);

  /**
   * @param print 24 hexadecimal digits or more
   * @param place above 0
   * @returns the place that was kept for the print before; null where none was: then this one is kept
   */
  keep(print: string, place: number): number | null {
    if (2 * this.size >= this.places.length) this.grow();
    const words = [wordOf(print, 0), wordOf(print, 1), wordOf(print, 2)] as const;
    const at = this.find(words);
    const before = this.places[at] as number;
    if (before > 0) return before;
    this.put(at, words, place);
    this.size++;
    return null;
  }

  /** Where the print stands, or would. */
  private find(words: Words): number {
    const { prints, places } = this;
    let at = words[0] & (places.length - 1);
    while (
      places[at] !== 0 &&
      (prints[WORDS * at] !== words[0] ||
        prints[WORDS * at + 1] !== words[1] ||
        prints[WORDS * at + 2] !== words[2])
    )
      at = (at + 1) & (places.length - 1);
    return at;
  }

  private put(at: number, words: Words, place: number): void {
    this.prints.set(words, WORDS * at);
    this.places[at] = place;
  }

  private grow(): void {
    const { prints, places } = this;
    this.prints = new Uint32Array(2 * prints.length);
    this.places = new Float64Array(2 * places.length);
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number;
      if (place === 0) continue;
      const words = [prints[WORDS * i], prints[WORDS * i + 1], prints[WORDS * i + 2]] as unknown as Words;
      this.put(this.find(words), words, place);
    }
  }
}

type Words = readonly [number, number, number];

const wordOf = (print: string, i: number): number => Number.parseInt(print.slice(8 * i, 8 * i + 8), 16);
