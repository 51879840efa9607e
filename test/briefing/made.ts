import { changesBetween } from '../../server/briefing/changes.ts';
import type { BriefingSeal, SealedItem } from '../../server/briefing/sealed.ts';
import { canonicalJson, sha256, type Sealed } from '../../server/snapshot/sealed.ts';
import type { Lang } from '../../shared/text.ts';
import { oneOfEach } from '../office/cases.ts';

/** Briefings of made seals: one chart of each view, headings, words, comments, and what has changed since the last time. */

export type Made = { readonly seal: BriefingSeal; readonly text: string; readonly charts: readonly string[] };

const comments = [
  '三季度补报后，东港站的出勤率以本图为准。',
  null,
  '请各支部于十月底前补齐未报台账。\n第二段：沙屿站的数待核。',
  '这一段很长。'.repeat(120),
];

/** The same seal with every third figure of its table one less: as it might have stood before. */
export const asBefore = (sealed: Sealed): Sealed => ({
  ...sealed,
  id: `${sealed.id}-before`,
  state: { ...sealed.state, asOf: '2025-06-30' },
  table: {
    ...sealed.table,
    rows: sealed.table.rows.map((row, y) => ({
      ...row,
      cells: row.cells.map((cell, x) =>
        (x + y) % 3 === 0 && cell.value !== undefined && cell.value > 0
          ? { ...cell, value: cell.value / 2, text: `（前）${cell.text}` }
          : cell,
      ),
    })),
  },
});

/** @param times how often the ten views stand in it */
export function madeBriefing(
  lang: Lang = 'zh',
  { times = 1, of = {} }: { times?: number; of?: Partial<BriefingSeal> } = {},
): Made {
  const seals = Array.from({ length: times }, (_, t) =>
    oneOfEach(lang).map(({ sealed, view }) => ({
      ...sealed,
      id: `${view}-${t}`,
      demo: true,
      link: `https://hangbiao.example.cn/s/${view}-${t}`,
    })),
  ).flat();
  const items = seals.flatMap((sealed, i): SealedItem[] => [
    ...(i % 4 === 0 ? [{ is: 'heading' as const, text: `第${i / 4 + 1}部分 学习与组织生活` }] : []),
    ...(i === 3 ? [{ is: 'text' as const, text: '写在前面\n这是作者自己的话。\n\n第二段。' }] : []),
    {
      is: 'snapshot',
      id: sealed.id,
      sha256: sha256(canonicalJson(sealed)),
      comment: comments[i % comments.length] ?? null,
      asked: null,
      changes: i % 3 === 0 ? changesBetween(asBefore(sealed), sealed) : null,
    },
  ]);
  const seal: BriefingSeal = {
    format: 'hangbiao-briefing/1',
    id: 'bRief1ngOfaTest0',
    title: '三季度党建工作简报',
    occasion: '中心党委会 2025 年第 10 次会议',
    lang,
    centre: '江海引航中心',
    demo: true,
    maker: '党办',
    sealedAt: '2025-10-08T02:30:00.000Z',
    day: '2025-10-08',
    dataVersion: 318,
    items,
    former: null,
    schedule: null,
    ...of,
  };
  return { seal, text: canonicalJson(seal), charts: seals.map(canonicalJson) };
}
