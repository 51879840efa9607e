import type { BriefingFormat } from '../../shared/briefing.ts';
import { briefingDeck } from './deck.ts';
import { briefingDocument } from './document.ts';
import { wholeOf, type Whole } from './pages.ts';
import { briefingPaper } from './paper.ts';

const makers: Record<BriefingFormat, (whole: Whole) => Promise<Uint8Array>> = {
  pptx: briefingDeck,
  docx: briefingDocument,
  pdf: briefingPaper,
};

/** A sealed briefing and the seals of its charts, byte for byte, and the file that is to be made of them. */
export type BriefingJob = {
  readonly text: string;
  readonly charts: readonly string[];
  readonly format: BriefingFormat;
};

/** A briefing as a file, made of the seals alone: no database, no clock, no chance. */
export const makeBriefing = ({ text, charts, format }: BriefingJob): Promise<Uint8Array> =>
  makers[format](wholeOf(text, charts));
