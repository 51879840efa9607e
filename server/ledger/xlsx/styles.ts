import type { Cell } from '../sheet.ts';
import { read } from './xml.ts';

// Numbers of formats that a file need not spell out (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are dates in Chinese Excel).
const builtIn = (id: number): Cell['format'] => {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58))
    return 'date';
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'time' : null;
};

/** What each cell style makes of a number. @throws Unreadable */
export function stylesOf(bytes: Uint8Array | null): Cell['format'][] {
  const own = new Map<number, Cell['format']>();
  const styles: Cell['format'][] = [];
  let inCells = false;
  if (bytes)
    read(bytes, {
      open(name, at) {
        if (name === 'numFmt') own.set(Number(at['numFmtId']), formatOf(at['formatCode'] ?? ''));
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) {
          const id = Number(at['numFmtId'] ?? 0);
          styles.push(own.has(id) ? (own.get(id) ?? null) : builtIn(id));
        }
      },
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
    });
  return styles;
}

/** Whether a number format shows a day (`yyyy"年"m"月"`) or only a time of day (`[h]:mm`). */
export function formatOf(format: string): Cell['format'] {
  const letters = format
    .replace(/"[^"]*"|\\.|_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '');
  if (/[yde]/i.test(letters) && !/^[0#?.,]*e[+-]/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /m/i.test(letters) ? 'date' : null;
}
