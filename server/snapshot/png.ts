import { renderAsync, type ResvgRenderOptions } from '@resvg/resvg-js';
import { outlined } from './outlined.ts';

/**
 * An SVG of ours as PNG. Nothing outside the SVG is read: no URL, no file, and no font, since its words
 * are drawn as outlines.
 * @param size a scale, or the picture's width in pixels
 */
export async function toPng(
  svg: string,
  size: { readonly scale: number } | { readonly width: number } = { scale: 2 },
): Promise<Uint8Array> {
  const fitTo: ResvgRenderOptions['fitTo'] =
    'scale' in size ? { mode: 'zoom', value: size.scale } : { mode: 'width', value: size.width };
  const image = await renderAsync(outlined(svg), { fitTo, font: { loadSystemFonts: false } });
  return image.asPng();
}
