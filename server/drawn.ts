import { hash } from 'node:crypto';
import { Encoded } from './encoded.ts';

/** A page as it was drawn for somebody, and the figures that it was drawn from, which the browser fetches after it. */
type DrawnPage = {
  readonly page: Encoded;
  readonly figures: Encoded;
  readonly id: string;
  readonly for: string;
};

/** Pages that were drawn lately: the next one who asks for the same gets the same. */
export class Drawn {
  private static readonly MOST = 40;
  private readonly pages = new Map<string, DrawnPage>();

  page(key: string): Encoded | undefined {
    return this.pages.get(key)?.page;
  }

  /** The figures by their name; only for the one for whom they were drawn. */
  figures(id: string, name: string): Encoded | undefined {
    for (const drawn of this.pages.values()) if (drawn.id === id && drawn.for === name) return drawn.figures;
    return undefined;
  }

  /**
   * @param figures as JSON
   * @param write the page, which names the figures
   */
  keep(
    key: string,
    { figures, name, write }: { figures: string; name: string; write: (id: string) => string },
  ): Encoded {
    // By its content, so that the same page is the same text, which a browser may have already.
    const id = hash('sha256', key + figures, 'hex').slice(0, 24);
    const page = new Encoded(write(id));
    this.pages.set(key, { page, figures: new Encoded(figures), id, for: name });
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= Drawn.MOST) break;
      this.pages.delete(oldest);
    }
    return page;
  }
}
