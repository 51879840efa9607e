import { damaged, tooLarge, type Limits } from '../unreadable.ts';
import { unpack, type Entry } from '../zip.ts';

/** The parts of a workbook's zip, found by name whatever its case and leading slash. */
export class Parts {
  private readonly byPath: ReadonlyMap<string, Entry>;

  constructor(
    entries: ReadonlyMap<string, Entry>,
    private readonly bounds: Limits,
  ) {
    this.byPath = new Map([...entries].map(([name, entry]) => [key(name), entry]));
  }

  has(path: string): boolean {
    return this.byPath.has(key(path));
  }

  /** A part that is neither a sheet nor the shared text; null where there is none. @throws Unreadable */
  beside(path: string): Uint8Array | null {
    const entry = this.byPath.get(key(path));
    if (!entry) return null;
    if (entry.size > this.bounds.beside) throw tooLarge.beside(path);
    const bytes = unpack(entry, this.bounds);
    if (bytes.length > this.bounds.beside) throw tooLarge.beside(path);
    return bytes;
  }

  /** A sheet, or the shared text. @throws Unreadable, also where it is not there */
  part(path: string): Uint8Array {
    const entry = this.byPath.get(key(path));
    if (!entry) throw damaged('文件损坏，缺少工作表', 'the file is damaged: a sheet is missing');
    return unpack(entry, this.bounds);
  }
}

const key = (path: string): string => path.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
