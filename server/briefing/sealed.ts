import type { BriefingItem } from '../../shared/briefing.ts';
import type { Lang } from '../../shared/text.ts';
import type { Changes } from './changes.ts';

/** What a briefing holds for good. Its charts are sealed by themselves; here stands which, with the hash of each. */
export type BriefingSeal = {
  readonly format: 'hangbiao-briefing/1';
  readonly id: string;
  readonly title: string;
  readonly occasion: string | null;
  readonly lang: Lang;
  /** The name of the centre. */
  readonly centre: string;
  readonly demo: boolean;
  readonly maker: string;
  /** ISO 8601, UTC. */
  readonly sealedAt: string;
  /** The same as a day in the centre's time zone. */
  readonly day: string;
  readonly dataVersion: number;
  readonly items: readonly SealedItem[];
  readonly former: { readonly id: string; readonly sha256: string } | null;
  readonly schedule: string | null;
};

export type SealedItem =
  Extract<BriefingItem, { is: 'heading' | 'text' }> | (ChartItem & { readonly is: 'snapshot' });

export type ChartItem = {
  readonly id: string;
  readonly sha256: string;
  readonly comment: string | null;
  /** As it stood in the outline, where it was sealed with the briefing; null: a snapshot that was there before. */
  readonly asked: Extract<BriefingItem, { is: 'view' }> | null;
  /** Against the same chart of the former briefing; null where there is none. */
  readonly changes: Changes | null;
};

export const readBriefing = (text: string): BriefingSeal => JSON.parse(text) as BriefingSeal;

export const chartsOf = ({ items }: Pick<BriefingSeal, 'items'>): ChartItem[] =>
  items.filter((item) => item.is === 'snapshot');

/** A sealed one's items in the words of the outline. */
export const outlineOf = ({ items }: BriefingSeal): BriefingItem[] =>
  items.map((item) =>
    item.is === 'snapshot' ? { is: 'snapshot', id: item.id, comment: item.comment } : item,
  );
