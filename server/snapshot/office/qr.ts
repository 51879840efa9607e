import { encode } from 'uqr';
import { toPng } from '../png.ts';

/** Pixels of a square: a printed code of 2 cm stays sharp. */
const SQUARE = 8;
/** Squares of white around it, without which readers do not find it. */
const QUIET = 4;

/** A link as a QR code, black on white. */
export async function qrPng(link: string): Promise<Uint8Array> {
  const { data, size } = encode(link, { ecc: 'M', border: QUIET });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return toPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${squares.join('')}"/></svg>`,
    SQUARE,
  );
}
