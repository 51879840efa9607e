import { encode } from 'uqr';

/** A QR code as squares. */
export type Qr = {
  /** Pixels along a side, the quiet zone included. */
  readonly side: number;
  /** The dark modules as the `d` of a path, from the code's upper left corner. */
  readonly path: string;
};

/** Modules of quiet zone that a reader needs around it (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: a whole number, so that a picture at its own size has sharp edges. */
const MODULE = 3;

/** The address as a QR code that is read even where a seventh of it is smudged (level M). */
export function qrOf(address: string): Qr {
  const { data, size } = encode(address, { ecc: 'M', border: QUIET });
  const runs: string[] = [];
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x++;
      const width = (x + 1 - from) * MODULE;
      runs.push(`M${from * MODULE} ${y * MODULE}h${width}v${MODULE}h-${width}Z`);
    }
  });
  return { side: size * MODULE, path: runs.join('') };
}
