import { createHash } from 'node:crypto';
import { officeFile, officeFormats } from '../../server/snapshot/office/office.ts';
import { oneOfEach } from './cases.ts';
import { proof } from './seals.ts';

/** The hash of every view in every format: for one process to be held against another. */
export async function hashes(): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const { view, sealed } of oneOfEach('zh'))
    for (const format of officeFormats)
      made[`${view}.${format}`] = createHash('sha256')
        .update(await officeFile(format, sealed, proof))
        .digest('hex');
  return made;
}
