import type { Response } from 'express';

/** A file as a reply. `fileName` may be Chinese. */
export type FileReply = {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly fileName: string;
};

/** What a file of ours may do when it is opened as a page: show itself, nothing else. */
const SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";

/**
 * `Content-Disposition` by RFC 6266: a plain name for old clients, the whole name as RFC 5987.
 * Quotes, line breaks and path separators never get through.
 */
export function disposition(way: 'inline' | 'attachment', fileName: string): string {
  // eslint-disable-next-line no-control-regex
  const safe = fileName.replace(/[\u0000-\u001f\u007f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]/g, '_');
  const plain = safe.replace(/[^\x20-\x7e]/g, '_').replace(/%/g, '_');
  const whole = encodeURIComponent(safe).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${way}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Pictures open in the browser, other files are saved. */
export function sendFile(res: Response, { type, bytes, fileName }: FileReply): void {
  const way = type.startsWith('image/') ? 'inline' : 'attachment';
  res
    .status(200)
    .set({
      'Content-Type': type,
      'Content-Disposition': disposition(way, fileName),
      'Content-Security-Policy': SEALED,
      'X-Content-Type-Options': 'nosniff',
    })
    .send(Buffer.from(bytes));
}
