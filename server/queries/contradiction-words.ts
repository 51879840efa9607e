import type { KeptCode } from '../../shared/contradictions.ts';
import type { Text } from '../../shared/text.ts';

/** What is contradictory, in one sentence, told from the records and never decided between them. */

type Kept = { readonly code: KeptCode; readonly cell: string | null; readonly value: string | null };

const cellIn = (cell: string | null): Text =>
  cell === null ? { zh: '', en: '' } : { zh: `（${cell} 格）`, en: ` (cell ${cell})` };

/** Of one found when its ledger was read. */
export function keptText({ code, cell, value }: Kept): Text {
  const at = cellIn(cell);
  const said = value ?? '';
  switch (code) {
    case 'present_gt_expected':
      return {
        zh: `实到写“${said}”，多于应到${at.zh}；这一行没有计入`,
        en: `"${said}" present is more than were expected${at.en}; the row was left out`,
      };
    case 'closed_before_raised':
      return {
        zh: `销号写“${said}”，早于发现${at.zh}；这一行没有计入`,
        en: `closed on "${said}", before it was raised${at.en}; the row was left out`,
      };
    case 'duplicate':
      return { zh: '与另一行相同，只计一次', en: 'the same as another row; counted once' };
    case 'total.differs':
      return totalText(cell, said);
    case 'date.invalid':
      return {
        zh: `没有“${said}”这一天${at.zh}；这一行没有计入`,
        en: `there is no such day as "${said}"${at.en}; the row was left out`,
      };
  }
}

/** Cells and pairs of figures stand in the same order: `F6, G6` and `51 ≠ 50, 9 ≠ 8`. */
function totalText(cell: string | null, value: string): Text {
  const cells = (cell ?? '').split(', ');
  const parts = value.split(', ').map((pair, i) => {
    const [written = '', summed = ''] = pair.split(' ≠ ');
    return {
      zh: `${cells[i] ?? ''} 格写 ${written}，各行相加是 ${summed}`,
      en: `${cells[i] ?? ''} says ${written}, the rows add up to ${summed}`,
    };
  });
  return { zh: parts.map((p) => p.zh).join('；'), en: parts.map((p) => p.en).join('; ') };
}

/** @param group the event was a party group's, and the headcount its branch's */
export const overfullText = (present: number, members: number, group: boolean): Text => ({
  zh: `实到 ${present} 人，当天${group ? '所在支部' : ''}在册 ${members} 人`,
  en: `${present} present, while ${group ? 'its branch' : 'the branch'} had ${members} members that day`,
});

export const fullYearText = (year: string, meetings: number): Text => ({
  zh: `${year} 年 ${meetings} 次会议全部到齐：值得看一看`,
  en: `every one of ${meetings} meetings of ${year} at 100 %: worth a look`,
});

export const sharedText = (branches: number): Text => ({
  zh: `${branches} 个支部的台账都记了这次活动`,
  en: `the ledgers of ${branches} branches all have this event`,
});
