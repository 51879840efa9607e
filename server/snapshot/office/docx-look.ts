import { LineRuleType, type IStylesOptions } from 'docx';
import type { Lang } from '../../../shared/text.ts';
import { hex } from './chart-ink.ts';
import { FACE, palette } from './look.ts';

/** The house's paper. Twentieths of a point, and half points for type, as Word counts them. */

const MARGIN = { top: 1134, bottom: 1134, left: 1134, right: 1134, footer: 567, header: 567 };
export const PAGE = {
  width: 11_906,
  height: 16_838,
  margin: MARGIN,
  inner: 11_906 - 2 * MARGIN.left,
} as const;

export const small = { size: 18, color: hex(palette.faint) } as const;
export const soft = { color: hex(palette.soft) } as const;

const font = { ascii: FACE, hAnsi: FACE, eastAsia: FACE, cs: FACE };

const heading = (size: number, before: number, colour: string) => ({
  run: { size, bold: true, font, color: hex(colour) },
  paragraph: { spacing: { before, after: 100 }, keepNext: true },
});

export const docxStyles = (lang: Lang): IStylesOptions => ({
  default: {
    document: {
      run: {
        font,
        size: 21,
        color: hex(palette.ink),
        language: { value: lang === 'zh' ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' },
      },
      paragraph: { spacing: { after: 80, line: 300, lineRule: LineRuleType.AUTO } },
    },
    heading1: heading(32, 0, palette.ink),
    heading2: heading(24, 240, palette.ink),
    heading3: heading(21, 160, palette.red),
  },
});
