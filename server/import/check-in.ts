import type { Db } from '../../db/connect.ts';
import { Refusal } from '../errors.ts';
import { Unreadable } from '../ledger/unreadable.ts';
import { refuseFiles } from '../queries/import-check.ts';
import type { SentFile } from './files.ts';
import { Exceeded } from './thread.ts';
import type { Work } from './work.ts';

/**
 * Checks an import where its turn comes. Files that take more time or memory than they may are refused by name, and so
 * are those of a check that fails by a fault of ours.
 * @throws what the check throws, but for the former
 */
export async function checkIn(
  { db, work }: { readonly db: Db; readonly work: Work },
  { id, files }: { readonly id: number; readonly files: readonly SentFile[] },
): Promise<void> {
  try {
    await work.run({ do: 'check', id, files });
  } catch (error) {
    if (error instanceof Exceeded) return refuseFiles(db, id, tooMuch[error.bound]);
    // Stopped, or dropped meanwhile: whoever did that has seen to the import.
    if (!(error instanceof Refusal)) await refuseFiles(db, id, unexpected).catch(() => {});
    throw error;
  }
}

const tooMuch: Record<Exceeded['bound'], Unreadable> = {
  seconds: new Unreadable(
    'file.too_large',
    '读取超过时限（设置 IMPORT_MAX_SECONDS），请分成几份',
    'reading took longer than it may (setting IMPORT_MAX_SECONDS); give it in parts',
  ),
  memory: new Unreadable(
    'file.too_large',
    '读取所需内存超过上限（设置 IMPORT_MAX_MEMORY），请分成几份',
    'reading needs more memory than it may have (setting IMPORT_MAX_MEMORY); give it in parts',
  ),
};

const unexpected = new Unreadable(
  'file.unreadable',
  '程序出错，没有读完；错误已记入日志',
  'it could not be read to its end by a fault of the program, which has been logged',
);
