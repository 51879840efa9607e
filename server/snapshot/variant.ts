import {
  snapshotFormats,
  usual,
  waysOf,
  type SnapshotFormat,
  type Variant,
} from '../../shared/snapshot-formats.ts';
import { Refusal } from '../errors.ts';

export type Chosen = Partial<Omit<Variant, 'format'>>;

const isFormat = (name: string): name is SnapshotFormat =>
  (snapshotFormats as readonly string[]).includes(name);

/**
 * A file of a snapshot, with every choice made.
 * @throws Refusal 404 for a format that is not made, 400 for a choice that the format does not have
 */
export function variantOf(format: string, chosen: Chosen = {}): Variant {
  if (!isFormat(format))
    throw new Refusal(404, `A snapshot is not made as "${format}"`, [
      { path: 'format', message: `there are ${snapshotFormats.join(', ')}` },
    ]);
  const ways = waysOf(format);
  for (const way of ['theme', 'scale', 'paper'] as const)
    if (chosen[way] !== undefined && !ways.includes(way)) {
      const message = ways.length === 0 ? 'is made in one way only' : `has ${ways.join(', ')} to choose`;
      throw new Refusal(400, `"${way}" is no choice of .${format}`, [
        { path: way, message: `.${format} ${message}` },
      ]);
    }
  const { theme = usual.theme, scale = usual.scale, paper = usual.paper } = chosen;
  return { format, theme, scale, paper };
}

/** By what a file is kept: `png theme=dark scale=2`. Choices that do not change it are no part of it. */
export const keyOf = (variant: Variant): string =>
  [variant.format, ...waysOf(variant.format).map((way) => `${way}=${variant[way]}`)].join(' ');
