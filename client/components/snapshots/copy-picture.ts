/** What became of a copy: done, not possible on this address, or not allowed. */
export type Copied = 'done' | 'insecure' | 'refused';

/**
 * Puts a snapshot's picture on the clipboard, as the server drew it.
 * @param id of the snapshot; a promise, so that a browser still takes the click for the copy's reason
 */
export async function copyPicture(id: Promise<string> | string): Promise<Copied> {
  // Over plain HTTP from another machine there is no clipboard for pictures.
  if (!window.isSecureContext || typeof ClipboardItem === 'undefined') return 'insecure';
  const picture = Promise.resolve(id).then(async (of) => {
    const reply = await fetch(`/api/snapshots/${encodeURIComponent(of)}.png`, { credentials: 'same-origin' });
    if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
    return reply.blob();
  });
  // Where the copy itself is not allowed, nobody waits for the picture any more.
  picture.catch(() => {});
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return 'done';
  } catch {
    return 'refused';
  }
}
