import { expect, test } from 'vitest';
import { chosen, dropped, sorted } from '../../client/components/imports/files.ts';
import type { Taken } from '../../client/api.ts';

const file = (name: string, path = ''): File =>
  Object.defineProperty(new File(['x'], name), 'webkitRelativePath', { value: path });
const taken = (name: string): Taken => ({ file: file(name.split('/').at(-1)!), name });

/** A file system as a browser shows it: folders hand their entries out in parts of two. */
type Tree = { readonly [name: string]: Tree | null };
function entry(name: string, tree: Tree | null, path = ''): FileSystemEntry {
  const fullPath = `${path}/${name}`;
  if (tree === null)
    return {
      isDirectory: false,
      name,
      fullPath,
      file: (done: (f: File) => void) => done(file(name)),
    } as unknown as FileSystemEntry;
  const inside = Object.entries(tree).map(([n, t]) => entry(n, t, fullPath));
  const createReader = () => {
    let at = 0;
    return { readEntries: (done: (e: FileSystemEntry[]) => void) => done(inside.slice(at, (at += 2))) };
  };
  return { isDirectory: true, name, fullPath, createReader } as unknown as FileSystemEntry;
}
const transfer = (entries: FileSystemEntry[], files: File[] = []) => ({
  files: files as unknown as FileList,
  items: entries.map((e) => ({ webkitGetAsEntry: () => e })),
});

test('a chosen folder keeps its paths, for its name may say the unit', () => {
  expect(chosen([file('a.csv'), file('b.csv', '东港/2025/b.csv')]).map((f) => f.name)).toEqual([
    'a.csv',
    '东港/2025/b.csv',
  ]);
  expect(chosen(null)).toEqual([]);
});

test('dropped folders are opened to the bottom, past the first part that they hand out', async () => {
  const tree = { 东港: { 'a.xlsx': null, 'b.csv': null, 'c.csv': null, 旧: { 'd.xls': null } }, 空: {} };
  const names = (await dropped(transfer([entry('2025', tree), entry('e.csv', null)]))).map((f) => f.name);
  expect(names.toSorted()).toEqual([
    '2025/东港/a.xlsx',
    '2025/东港/b.csv',
    '2025/东港/c.csv',
    '2025/东港/旧/d.xls',
    'e.csv',
  ]);
});

test('files alone are taken as they are, also where a browser shows no entries', async () => {
  const files = [file('a.csv'), file('b.csv')];
  expect((await dropped(transfer([entry('a.csv', null)], files))).map((f) => f.name)).toEqual([
    'a.csv',
    'b.csv',
  ]);
  expect(await dropped({ files: files as unknown as FileList })).toHaveLength(2);
});

test('what cannot be read is named; litter is in neither', () => {
  const { taken: can, passedOver } = sorted(
    [
      '乙.XLSX',
      '甲.csv',
      '照片.jpg',
      '~$乙.xlsx',
      'x/.DS_Store',
      '__MACOSX/甲.csv',
      'x/Thumbs.db',
      '台账.zip',
      '旧.txt',
    ].map(taken),
  );
  expect(can.map((f) => f.name).toSorted()).toEqual(['乙.XLSX', '台账.zip', '旧.txt', '甲.csv'].toSorted());
  expect(passedOver).toEqual(['照片.jpg']);
});
