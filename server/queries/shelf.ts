/** What can be kept for a while and must be ended. */
type Closable = { close(): Promise<void> };
type Kept<T> = { readonly key: string; readonly made: Promise<T>; users: number; isDropped: boolean };

/** Keeps the few things that were used last; what is dropped is closed once nobody uses it any more. */
export class Shelf<T extends Closable> {
  private kept: Kept<T>[] = [];

  constructor(private readonly most: number) {}

  /** Uses what the key names, made now if it is not there. Of two at once the second waits for the first's. */
  async using<R>(key: string, make: () => Promise<T>, use: (thing: T) => Promise<R>): Promise<R> {
    const one = this.kept.find((k) => k.key === key) ?? { key, made: make(), users: 0, isDropped: false };
    one.users++;
    this.kept = [one, ...this.kept.filter((k) => k !== one)];
    try {
      return await use(await one.made);
    } finally {
      one.users--;
      await this.tidy(one);
    }
  }

  private async tidy(used: Kept<T>): Promise<void> {
    const isMade = await used.made.then(
      () => true,
      () => false,
    );
    const going = isMade ? this.kept.slice(this.most) : [used];
    this.kept = this.kept.filter((k) => !going.includes(k));
    for (const k of going) k.isDropped = true;
    for (const k of new Set([used, ...going]))
      if (k.isDropped && k.users === 0) await k.made.then((thing) => thing.close()).catch(() => undefined);
  }
}
