import type { ImportProblem } from '../../shared/api.ts';
import { delimitedSheet } from './delimited.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';
import { limits, Unreadable, type Limits } from './unreadable.ts';
import { workbookSheets } from './workbook.ts';

/**
 * Bytes to sheets of cells: xlsx, xls, and text with commas, tabs or semicolons in UTF-8, UTF-16 or GB18030.
 * What a file is, its first bytes say before its name. Never throws: a file that cannot be read is one problem.
 */
export function readFile(
  name: string,
  bytes: Uint8Array,
  bounds: Limits = limits,
): { sheets: Sheet[]; problems: ImportProblem[] } {
  try {
    return { sheets: sheetsOf(name, bytes, bounds), problems: [] };
  } catch (error) {
    const refused =
      error instanceof Unreadable
        ? error
        : new Unreadable('file.unreadable', '文件损坏或不是台账', 'the file is damaged, or is no ledger');
    return {
      sheets: [],
      problems: [problem({ file: name, sheet: null }, refused.code, { zh: refused.zh, en: refused.en })],
    };
  }
}

function sheetsOf(name: string, bytes: Uint8Array, bounds: Limits): Sheet[] {
  if (bytes.length > bounds.file)
    throw new Unreadable('file.too_large', '文件超过 20 MB', 'the file is larger than 20 MB');
  if (bytes.length === 0) throw new Unreadable('file.unreadable', '文件是空的', 'the file is empty');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]))
    return workbookSheets(name, bytes, bounds);
  const other = foreign.find(([, magic]) => startsWith(bytes, magic));
  if (other)
    throw new Unreadable(
      'file.unreadable',
      `这是 ${other[0]} 文件，不是台账；请交 xlsx、xls 或 csv`,
      `this is a ${other[0]} file, no ledger; give xlsx, xls or csv`,
    );
  // Old systems save text as .xls, and Excel opens it; an .xlsx that is no workbook was damaged or renamed.
  if (/\.xls[xmb]$/i.test(name))
    throw new Unreadable(
      'file.unreadable',
      '这不是 Excel 工作簿，或已损坏',
      'this is no workbook, or is damaged',
    );
  return [delimitedSheet(name, bytes, bounds)];
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/** What is often renamed or dropped by mistake, named so that its sender knows what was sent. */
const foreign: readonly (readonly [string, readonly number[]])[] = [
  ['Windows EXE', [0x4d, 0x5a]],
  ['ELF', [0x7f, 0x45, 0x4c, 0x46]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', [0x1f, 0x8b]],
  ['Mach-O', [0xcf, 0xfa, 0xed, 0xfe]],
];
