import { inflateSync } from 'node:zlib';

/** A picture as a reader of PNG sees it: what the tests look at, without the program that wrote it. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity: 0…255. */
  at(x: number, y: number): readonly [number, number, number, number];
  /** The same as one number, to be compared. */
  code(x: number, y: number): number;
};

/** Reads 8-bit RGBA without interlacing, as PNG (RFC 2083) has it; throws for anything else. */
export function readPng(bytes: Uint8Array): Picture {
  const file = Buffer.from(bytes);
  if (file.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('is not a PNG');
  const parts: Buffer[] = [];
  let [width, height] = [0, 0];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const chunk = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height] = [chunk.readUInt32BE(0), chunk.readUInt32BE(4)];
      if (chunk[8] !== 8 || chunk[9] !== 6 || chunk[12] !== 0) throw new Error('is not 8-bit RGBA');
    }
    if (type === 'IDAT') parts.push(chunk);
    at += length + 12;
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(parts)), { width, height });
  const view = new DataView(pixels.buffer);
  return {
    width,
    height,
    code: (x, y) => view.getUint32((y * width + x) * 4),
    at: (x, y) => {
      const i = (y * width + x) * 4;
      return [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0, pixels[i + 3] ?? 0];
    },
  };
}

function unfiltered(raw: Buffer, { width, height }: { width: number; height: number }): Uint8Array {
  const row = width * 4;
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)] ?? 0;
    const [from, above] = [y * row, (y - 1) * row];
    for (let i = 0; i < row; i++) {
      const left = i < 4 ? 0 : (out[from + i - 4] as number);
      const up = y === 0 ? 0 : (out[above + i] as number);
      const corner = i < 4 || y === 0 ? 0 : (out[above + i - 4] as number);
      const guess = guessed(filter, left, up, corner);
      out[from + i] = ((raw[from + y + 1 + i] as number) + guess) & 255;
    }
  }
  return out;
}

/** What the filter of a row takes a byte to be, from those before it. */
function guessed(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const a = Math.abs(p - left);
  const b = Math.abs(p - up);
  const c = Math.abs(p - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
