/** Bytes of a file; bytes of a workbook's parts once unpacked; filled cells. */
export type Limits = { readonly file: number; readonly unpacked: number; readonly cells: number };

/** Largest file taken, in bytes; largest sum of a workbook's unpacked parts; most filled cells. */
export const limits: Limits = { file: 20 * 1024 * 1024, unpacked: 200 * 1024 * 1024, cells: 2_000_000 };

/** What stops a file from being read: nothing of it is taken. */
export class Unreadable extends Error {
  constructor(
    readonly code: 'file.unreadable' | 'file.too_large',
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
    this.name = 'Unreadable';
  }
}
