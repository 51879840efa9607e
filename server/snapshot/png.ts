import { renderAsync } from '@resvg/resvg-js';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** A font of its own: what a machine has installed must not decide how a picture looks. */
const fontFiles = ['400Regular/NotoSansSC_400Regular.ttf', '600SemiBold/NotoSansSC_600SemiBold.ttf'].map(
  (file) => require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`),
);

/**
 * An SVG as PNG, drawn beside the event loop. Nothing outside the SVG is read: no URL, no file but
 * the two fonts.
 */
export async function toPng(svg: string, scale = 2): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontFiles,
      loadSystemFonts: false,
      defaultFontFamily: 'Noto Sans SC',
      sansSerifFamily: 'Noto Sans SC',
    },
  });
  return image.asPng();
}
