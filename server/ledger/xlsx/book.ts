import { damaged } from '../unreadable.ts';
import type { Parts } from './parts.ts';
import { read } from './xml.ts';

export type BookSheet = { readonly name: string; readonly hidden: boolean; readonly path: string };
export type Book = {
  readonly sheets: readonly BookSheet[];
  readonly date1904: boolean;
  readonly strings: string | null;
  readonly styles: string | null;
};

type Relation = { readonly id: string; readonly type: string; readonly path: string };

/** The sheets of a workbook in their order, and where their parts lie. @throws Unreadable */
export function bookOf(parts: Parts, workbook: string): Book {
  const bytes = parts.beside(workbook);
  if (!bytes) throw damaged('文件损坏或不是工作簿', 'the file is damaged, or is no workbook');
  const relations = relationsOf(parts, workbook);
  const sheets: BookSheet[] = [];
  let date1904 = false;
  read(bytes, {
    open(name, at) {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(at['date1904'] ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(at).find(([key]) => /:id$/i.test(key))?.[1];
      const relation = relations.find((r) => r.id === id);
      // A sheet of a chart alone has no cells.
      if (!relation || !relation.type.endsWith('/worksheet')) return;
      const hidden = /hidden/i.test(at['state'] ?? '');
      sheets.push({ name: at['name'] ?? '', hidden, path: relation.path });
    },
  });
  if (sheets.length === 0) throw damaged('文件损坏或不是工作簿', 'the file is damaged, or is no workbook');
  const path = (type: RegExp): string | null => relations.find((r) => type.test(r.type))?.path ?? null;
  return { sheets, date1904, strings: path(/\/sharedStrings$/), styles: path(/\/styles$/) };
}

function relationsOf(parts: Parts, workbook: string): Relation[] {
  const folder = workbook.replace(/[^/]*$/, '');
  const bytes = parts.beside(`${folder}_rels/${workbook.slice(folder.length)}.rels`);
  const relations: Relation[] = [];
  if (bytes)
    read(bytes, {
      open(name, at) {
        const { Id: id, Type: type, Target: target } = at;
        // Nothing outside of the file is ever opened.
        if (name !== 'Relationship' || !id || !type || !target || at['TargetMode'] === 'External') return;
        relations.push({
          id,
          type,
          path: target.startsWith('/') ? target.slice(1) : resolved(folder + target),
        });
      },
    });
  return relations;
}

/** `xl/../xl/worksheets/sheet1.xml` without its detours. */
function resolved(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
