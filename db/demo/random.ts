/**
 * Seeded chance for the demonstration. Integer arithmetic only, so that a seed gives the same
 * ledgers on every machine; a stream for each subject, so that one branch more changes no other.
 */
export class Random {
  private state: number;

  constructor(private readonly seed: string) {
    // FNV-1a over the UTF-16 units.
    let hash = 0x811c9dc5;
    for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
    this.state = hash >>> 0;
  }

  /** A stream of its own for a part of the subject; does not move this one. */
  of(...subject: readonly (string | number)[]): Random {
    return new Random([this.seed, ...subject].join('|'));
  }

  /** 0 ≤ x < 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(of: readonly [T, ...T[]]): T {
    return of[this.int(0, of.length - 1)] ?? of[0];
  }

  shuffled<T>(of: readonly T[]): T[] {
    const keyed = of.map((item) => ({ item, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  /** How many of `n` come, each with the probability. */
  among(n: number, probability: number): number {
    let come = 0;
    for (let i = 0; i < n; i++) if (this.chance(probability)) come++;
    return come;
  }

  /** Stands for a fraction: 2.4 is 2, and 3 four times in ten. */
  round(x: number): number {
    return Math.floor(x) + (this.chance(x - Math.floor(x)) ? 1 : 0);
  }
}
