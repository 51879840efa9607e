import { toPng } from '../png.ts';
import { qrOf } from '../qr.ts';

/** Of the code's own pixels: a printed one of 2 cm stays sharp. */
const SCALE = 3;

/** A link as a QR code, black on white. */
export function qrPng(link: string): Promise<Uint8Array> {
  const { side, path } = qrOf(link);
  return toPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${path}"/></svg>`,
    { scale: SCALE },
  );
}
