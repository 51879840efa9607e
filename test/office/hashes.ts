import { createHash } from 'node:crypto';
import { viewIds, type ViewId } from '../../shared/views.ts';
import { officeFile, officeFormats } from '../../server/snapshot/office/office.ts';
import { oneOfEach } from './cases.ts';
import { proof } from '../sealed.ts';

/** The hash of every view in every format: for one process to be held against another. */
export async function hashes(views: readonly ViewId[] = viewIds): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const { view, sealed } of oneOfEach('zh').filter((one) => views.includes(one.view)))
    for (const format of officeFormats)
      made[`${view}.${format}`] = createHash('sha256')
        .update(await officeFile(format, sealed, proof))
        .digest('hex');
  return made;
}
