import { countNames } from '../absence.ts';
import { readCount } from '../counts.ts';
import { atLeast, figureOf, type Figure } from '../figure.ts';
import type { LedgerRow } from '../row.ts';
import type { Draft } from '../staged.ts';
import { fold } from '../text.ts';

/** One visit, with what was raised there and what came of it. */
export function readVisit(
  row: LedgerRow,
  kinds: readonly string[],
  when: { end: string | null; approximate: boolean },
): Draft {
  const participants = readParticipants(row, 'visitors');
  const raised = readIssues(row, 'raised');
  const resolved = readIssues(row, 'resolved');
  const done = atLeast(resolved);
  if (raised.value !== null && done !== null && done > raised.value)
    row.find('count.invalid', 'resolved', {
      zh: `办结 ${done} 件多于反映的 ${raised.value} 件`,
      en: `${done} resolved of ${raised.value} raised`,
    });
  return {
    family: 'visit',
    title: row.text('title') ?? row.text('topic'),
    kinds,
    unknown:
      ((row.has('participants') || row.has('visitors')) && participants.value === null) ||
      (row.has('raised') && raised.value === null) ||
      (row.has('resolved') && resolved.value === null),
    figures: {
      end_date: when.end,
      approximate: when.approximate ? 1 : 0,
      kind: kinds[0] ?? '',
      participants: participants.value,
      participants_min: participants.min,
      raised: raised.value,
      raised_min: raised.min,
      resolved: resolved.value,
      resolved_min: resolved.min,
      note: row.text('note') ?? row.text('follow_up'),
    },
  };
}

/** A number, or else the number of names; the names themselves are not kept. */
export function readParticipants(row: LedgerRow, names: string): Figure {
  const key = row.cell('participants') || !row.has(names) ? 'participants' : names;
  const reading = readCount(row.cell(key));
  if (reading.is !== 'invalid') return figureOf(row, key, reading);
  const listed = countNames(row.text(key) ?? '');
  if (listed !== null) return { value: listed, min: null };
  return figureOf(row, key, key === names ? { is: 'withheld' } : reading);
}

/** A column of issues may tell them instead of counting them (`泊位紧张`): their number is then unknown. */
function readIssues(row: LedgerRow, key: string): Figure {
  const cell = row.cell(key);
  const reading = readCount(cell);
  if (reading.is !== 'invalid' || !cell || cell.number !== null) return figureOf(row, key, reading, 'zero');
  const text = fold(cell.text);
  const numbered = text.match(/(?:^|[;。])\d+[.、)]/g);
  if (numbered && numbered.length > 1) return { value: numbered.length, min: null };
  const counted = /(?:共|反映|提出|收集|解决|办结)\D{0,8}(\d+)(?:件|个|项|条)/.exec(text);
  if (counted) return { value: Number(counted[1]), min: null };
  if (/^(否|未解决|未办结)$/.test(text)) return { value: 0, min: null };
  // Told in words, not counted: it is no slip of a number either.
  const told = (/\p{Script=Han}{2}/u.test(text) && !/^-?\d/.test(text)) || /^(是|已|√|✓)$/.test(text);
  return told ? figureOf(row, key, { is: 'withheld' }, 'zero') : figureOf(row, key, reading);
}
