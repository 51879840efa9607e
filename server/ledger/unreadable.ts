export type Limits = {
  /** Bytes of a file. */
  readonly bytes: number;
  /** Bytes of a zip's or workbook's parts once unpacked. */
  readonly unpacked: number;
  /** Bytes of one part that is neither a sheet nor the shared text (styles, names), once unpacked. */
  readonly beside: number;
  /** Sheets of a file. */
  readonly sheets: number;
  /** Rows of a sheet that hold anything. */
  readonly rows: number;
  /** Filled cells of a file. */
  readonly cells: number;
  /** Files in a zip. */
  readonly files: number;
};

const MB = 1024 * 1024;

/** Far above any ledger, and low enough that a file made to keep a machine busy does so for seconds. */
export const limits: Limits = {
  bytes: 160 * MB,
  unpacked: 512 * MB,
  beside: 8 * MB,
  sheets: 500,
  rows: 1_048_576,
  cells: 16_000_000,
  files: 200,
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

const count = (n: number): string => n.toLocaleString('en-US');
const megabytes = (bytes: number): string => `${Math.round((bytes / MB) * 10) / 10} MB`;

/** One refusal for each limit, with the setting that moves it. */
export const tooLarge = {
  bytes: ({ bytes }: Limits): Unreadable =>
    refused(
      `文件超过 ${megabytes(bytes)}`,
      `the file is larger than ${megabytes(bytes)}`,
      'IMPORT_MAX_BYTES',
    ),
  unpacked: ({ unpacked }: Limits): Unreadable =>
    refused(
      `解压后超过 ${megabytes(unpacked)}`,
      `the file unpacks to more than ${megabytes(unpacked)}`,
      'IMPORT_MAX_UNPACKED',
    ),
  beside: (part: string): Unreadable =>
    new Unreadable('file.too_large', `${part} 过大`, `${part} is too large to be part of a ledger`),
  sheets: ({ sheets }: Limits): Unreadable =>
    refused(`工作表多于 ${sheets} 张`, `the file has more than ${sheets} sheets`, 'IMPORT_MAX_SHEETS'),
  rows: ({ rows }: Limits): Unreadable =>
    refused(`一张表多于 ${count(rows)} 行`, `a sheet has more than ${count(rows)} rows`, 'IMPORT_MAX_ROWS'),
  cells: ({ cells }: Limits): Unreadable =>
    refused(
      `有内容的单元格多于 ${count(cells)} 个`,
      `the file has more than ${count(cells)} filled cells`,
      'IMPORT_MAX_CELLS',
    ),
  files: ({ files }: Limits): Unreadable =>
    new Unreadable(
      'file.too_large',
      `压缩包里的文件多于 ${files} 个`,
      `the zip holds more than ${files} files`,
    ),
};

const refused = (zh: string, en: string, setting: string): Unreadable =>
  new Unreadable('file.too_large', `${zh}（设置 ${setting}）`, `${en} (setting ${setting})`);

export const damaged = (zh = '文件损坏', en = 'the file is damaged'): Unreadable =>
  new Unreadable('file.unreadable', zh, en);
