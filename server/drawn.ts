import { hash } from 'node:crypto';
import { Encoded } from './encoded.ts';

/** A page as it was drawn for somebody, and the figures that it was drawn from, which the browser fetches after it. */
type DrawnPage = {
  readonly page: Encoded;
  readonly figures: Encoded;
  readonly id: string;
  readonly for: string;
};

type Drawing = {
  /** As JSON. */
  readonly figures: string;
  /** The page, which names its figures. */
  readonly write: (id: string) => string;
};

/** Pages that were drawn lately: the next one who asks for the same gets the same, also while it is being drawn. */
export class Drawn {
  private static readonly MOST = 40;
  private readonly pages = new Map<string, Promise<DrawnPage | null>>();
  private readonly byId = new Map<string, DrawnPage>();

  /**
   * @param name of the one for whom it is drawn
   * @param draw null where the browser is to draw it
   */
  async page(key: string, name: string, draw: () => Promise<Drawing | null>): Promise<Encoded | null> {
    const known = this.pages.get(key) ?? this.keep(key, name, draw);
    return (await known)?.page ?? null;
  }

  /** The figures by their name; only for the one for whom they were drawn. */
  figures(id: string, name: string): Encoded | undefined {
    const drawn = this.byId.get(id);
    return drawn?.for === name ? drawn.figures : undefined;
  }

  private keep(key: string, name: string, draw: () => Promise<Drawing | null>): Promise<DrawnPage | null> {
    const made = draw().then((drawing) => {
      if (!drawing) {
        this.pages.delete(key);
        return null;
      }
      const { figures, write } = drawing;
      // By its content, so that the same page is the same text, which a browser may have already.
      const id = hash('sha256', key + figures, 'hex').slice(0, 24);
      const page = { page: new Encoded(write(id)), figures: new Encoded(figures), id, for: name };
      this.byId.set(id, page);
      return page;
    });
    this.pages.set(key, made);
    for (const [oldest, going] of this.pages) {
      if (this.pages.size <= Drawn.MOST) break;
      this.pages.delete(oldest);
      void going.then((page) => page && this.byId.delete(page.id));
    }
    return made;
  }
}
