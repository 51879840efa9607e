import type { Text } from './text.ts';

/** The files that a snapshot is given as, and in which ways each: one list for the API, the pages and the command line. */

export const snapshotThemes = ['light', 'dark', 'print'] as const;
export type SnapshotTheme = (typeof snapshotThemes)[number];
/** Pixels of the picture for one of the drawing. */
export const snapshotScales = [1, 2, 4] as const;
export type SnapshotScale = (typeof snapshotScales)[number];
export const snapshotPapers = ['a4', 'wide'] as const;
export type SnapshotPaper = (typeof snapshotPapers)[number];

export type Way = 'theme' | 'scale' | 'paper';

type Format = {
  readonly id: string;
  readonly type: string;
  readonly name: Text;
  /** The choices that change the file. */
  readonly ways: readonly Way[];
};

export const formats = [
  { id: 'svg', type: 'image/svg+xml; charset=utf-8', name: { zh: '矢量图 SVG', en: 'SVG' }, ways: ['theme'] },
  { id: 'png', type: 'image/png', name: { zh: '图片 PNG', en: 'PNG' }, ways: ['theme', 'scale'] },
  { id: 'pdf', type: 'application/pdf', name: { zh: 'PDF', en: 'PDF' }, ways: ['theme', 'paper'] },
  {
    id: 'pptx',
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    name: { zh: '幻灯片 PPTX', en: 'Slides, PPTX' },
    ways: [],
  },
  {
    id: 'docx',
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: { zh: '文档 DOCX', en: 'Document, DOCX' },
    ways: [],
  },
  {
    id: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: { zh: '工作簿 XLSX', en: 'Workbook, XLSX' },
    ways: [],
  },
  { id: 'csv', type: 'text/csv; charset=utf-8', name: { zh: '表格 CSV', en: 'CSV' }, ways: [] },
  {
    id: 'json',
    type: 'application/json; charset=utf-8',
    name: { zh: '封存原文 JSON', en: 'The seal, JSON' },
    ways: [],
  },
] as const satisfies readonly Format[];
export type SnapshotFormat = (typeof formats)[number]['id'];
export const snapshotFormats: readonly SnapshotFormat[] = formats.map((f) => f.id);

/** A file of a snapshot, with every choice made. */
export type Variant = {
  readonly format: SnapshotFormat;
  readonly theme: SnapshotTheme;
  readonly scale: SnapshotScale;
  readonly paper: SnapshotPaper;
};
/** What is given where nothing is chosen. */
export const usual = { theme: 'light', scale: 2, paper: 'a4' } as const satisfies Omit<Variant, 'format'>;

export const waysOf = (format: SnapshotFormat): readonly Way[] =>
  formats.find((f) => f.id === format)?.ways ?? [];
export const typeOf = (format: SnapshotFormat): string =>
  formats.find((f) => f.id === format)?.type ?? 'application/octet-stream';

/** `?theme=dark&scale=4`: the choices that are not the usual ones, and that the format knows. */
export function searchOf(format: SnapshotFormat, chosen: Partial<Omit<Variant, 'format'>>): string {
  const parts = waysOf(format).flatMap((way) => {
    const value = chosen[way];
    return value === undefined || value === usual[way] ? [] : [`${way}=${value}`];
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
