import { visible } from '../text.ts';
import type { Tags } from './xml.ts';
import { walk } from './xml.ts';

// Excel writes characters that XML cannot hold as `_x000D_`.
const escaped = /_x([0-9A-Fa-f]{4})_/g;

/** A cell's text as a person sees it. */
export const shownText = (text: string): string =>
  visible(
    text.includes('_x')
      ? text.replace(escaped, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      : text,
  );

/** Gathers the runs of one rich text; what is written above characters to say how they are spoken is left out. */
export class RichText {
  private text = '';
  private inText = false;
  private spoken = 0;

  readonly tags = {
    open: (name: string): void => {
      if (name === 't') this.inText = true;
      else if (name === 'rPh') this.spoken++;
    },
    close: (name: string): void => {
      if (name === 't') this.inText = false;
      else if (name === 'rPh') this.spoken--;
    },
    text: (text: string): void => {
      if (this.inText && this.spoken === 0) this.text += text;
    },
  } satisfies Tags;

  take(): string {
    const text = this.text;
    this.text = '';
    return text;
  }
}

/** The shared texts of a workbook, in their order. @throws Unreadable */
export function sharedStrings(bytes: Uint8Array): string[] {
  const strings: string[] = [];
  const rich = new RichText();
  const done = walk(bytes, {
    open: rich.tags.open,
    text: rich.tags.text,
    close(name) {
      rich.tags.close(name);
      if (name === 'si') strings.push(shownText(rich.take()));
    },
  });
  for (const _ of done);
  return strings;
}
