import type { Taken } from '../../api.ts';

/** What the reader opens. A zip may hold any of the others, in folders. */
export const readable = ['.xlsx', '.xls', '.csv', '.txt', '.zip'] as const;

/** What a file system or Excel leaves beside the files of people: nobody misses it. */
const isLitter = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX') ||
  /(^|\/)(~\$[^/]*|Thumbs\.db|desktop\.ini)$/i.test(name);

/** What can be read, and the names of what cannot; litter is in neither. In the order of the names. */
export function sorted(files: readonly Taken[]): { taken: Taken[]; passedOver: string[] } {
  const wanted = files.filter((f) => !isLitter(f.name));
  const opens = ({ name }: Taken): boolean => readable.some((end) => name.toLowerCase().endsWith(end));
  return {
    taken: wanted.filter(opens).toSorted((a, b) => a.name.localeCompare(b.name, 'zh')),
    passedOver: wanted.filter((f) => !opens(f)).map((f) => f.name),
  };
}

/** The files of an input; of a chosen folder each keeps its path, for the folder may say the unit. */
export const chosen = (list: Iterable<File> | null): Taken[] =>
  [...(list ?? [])].map((file) => ({ file, name: file.webkitRelativePath || file.name }));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A browser hands a folder out in parts; an empty part is the end. */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

async function under(entry: FileSystemEntry): Promise<Taken[]> {
  if (entry.isDirectory)
    return (await Promise.all((await inside(entry as FileSystemDirectoryEntry)).map(under))).flat();
  return [
    {
      file: await fileOf(entry as FileSystemFileEntry),
      name: entry.fullPath.replace(/^\//, '') || entry.name,
    },
  ];
}

/**
 * Everything that was dropped, folders opened to the bottom. The entries must be taken before the
 * first await: after the event a browser has none.
 */
export async function dropped(
  transfer: Pick<DataTransfer, 'files'> & {
    readonly items?: Iterable<Pick<DataTransferItem, 'webkitGetAsEntry'>>;
  },
): Promise<Taken[]> {
  const files = chosen(transfer.files);
  const entries = [...(transfer.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return entries.some((e) => e.isDirectory) ? (await Promise.all(entries.map(under))).flat() : files;
}
