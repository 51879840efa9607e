export type Limits = {
  /** Bytes of a file. */
  readonly file: number;
  /** Bytes of a workbook's parts once unpacked. */
  readonly unpacked: number;
  /** Bytes of one part that is neither a sheet nor the shared text (styles, names), once unpacked. */
  readonly beside: number;
  /** Filled cells of a file. */
  readonly cells: number;
  readonly sheets: number;
};

const MB = 1024 * 1024;

/** Far above any ledger, and low enough that a file made to keep a machine busy does so for seconds. */
export const limits: Limits = {
  file: 20 * MB,
  unpacked: 100 * MB,
  beside: 8 * MB,
  cells: 1_000_000,
  sheets: 500,
};

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
