import { inflateSync } from 'node:zlib';

/** A picture as a reader of PNG sees it: what the tests look at, without the program that wrote it. */
export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity: 0…255. */
  at(x: number, y: number): readonly [number, number, number, number];
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
  return {
    width,
    height,
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
    for (let i = 0; i < row; i++) {
      const left = i < 4 ? 0 : (out[y * row + i - 4] ?? 0);
      const up = y === 0 ? 0 : (out[(y - 1) * row + i] ?? 0);
      const corner = i < 4 || y === 0 ? 0 : (out[(y - 1) * row + i - 4] ?? 0);
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[y * row + i] = ((raw[y * (row + 1) + 1 + i] ?? 0) + guess) & 255;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner;
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
