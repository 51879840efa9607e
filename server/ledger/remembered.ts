// Far more than the different words of any ledger; texts that never come again must not pile up.
const mostRemembered = 20_000;

/** What was made of a text, kept because a ledger says the same few words again and again. */
export class Remembered<T> {
  private readonly made = new Map<string, T>();

  /** What `make` makes of the text; asked of it once. `make` must depend on the text alone. */
  of(text: string, make: (text: string) => T): T {
    const known = this.made.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (this.made.size >= mostRemembered) this.made.clear();
    this.made.set(text, made);
    return made;
  }
}
