import { readDate, type DateReading } from '../dates.ts';
import type { LedgerRow } from '../row.ts';
import { textCell } from '../sheet.ts';
import type { Draft } from '../staged.ts';
import { fold } from '../text.ts';
import { inYearOf, noSuchDay, readDeadline } from './deadline.ts';

type Nature = 'immediate' | 'deadline' | 'long_term' | null;

/** One problem, raised on `raised`: when it is due, and whether it was verified closed. */
export function readRectification(
  row: LedgerRow,
  raised: string,
  when: { approximate: boolean },
): Draft | null {
  const title = row.text('title');
  if (title === null)
    row.find('required.missing', 'title', { zh: '没有写明问题', en: 'the problem is not stated' });
  const stated = readNature(row);
  const due = readDeadline(row, raised);
  const nature: Nature =
    due.is === 'long_term' ? 'long_term' : (stated ?? (due.is === 'immediate' ? 'immediate' : null));
  const reported = readDate(row.cell('reported'), inYearOf(row, raised));
  const reportedOn = reported.is === 'date' ? reported.date : null;
  const closedOn = readClosing(row, raised, reportedOn);
  return {
    family: 'rectification',
    title,
    kinds: [],
    unknown: false,
    figures: {
      approximate: when.approximate ? 1 : 0,
      origin: row.text('origin'),
      nature,
      measure: row.text('measure'),
      responsible_department: row.text('responsible_department'),
      due_on: nature === 'long_term' ? null : due.dueOn,
      extended_to: nature === 'long_term' ? null : due.extendedTo,
      reported_on: reportedOn,
      closed_on: closedOn,
      progress: row.text('progress'),
      note: row.text('note'),
    },
  };
}

function readNature(row: LedgerRow): Nature {
  const text = fold(row.text('nature') ?? '');
  if (/长期|持续|常态/.test(text)) return 'long_term';
  if (/立行立改|立知立改|即知即改|立即|立查立改|马上/.test(text)) return 'immediate';
  return /限期|期限|按期|阶段/.test(text) ? 'deadline' : null;
}

const isTicked = (text: string): boolean => /^(是|√|✓|✔|☑|y|yes|已|已验收|通过|验收通过)$/i.test(text);
const saysClosed = (text: string): boolean =>
  /销号/.test(text) && !/(未|待|拟|申请|没有|不|准备|等待|报请|提请)[^,;。]{0,6}销号/.test(text);

const day = '((?:(?:19|20)?\\d{2}[年./-])?\\d{1,2}[月./-]\\d{1,2}日?)';
const dayOfClosing = [
  new RegExp(`(?:^|[^\\d])${day}(?:已|予以|通过|完成|验收)*销号`),
  new RegExp(`销号(?:时间|日期)?[(:为于,]*${day}`),
];

/** The day that stands beside the word: `已于6月1日销号`, `已销号（2022年6月1日）`. */
function closingDay(text: string): string | null {
  const t = text.slice(0, 200);
  if (!saysClosed(t)) return null;
  return dayOfClosing.map((pattern) => pattern.exec(t)?.[1] ?? null).find((found) => found !== null) ?? null;
}

/** The day of 销号, verified closed; being done or basically done is not that. */
function readClosing(row: LedgerRow, raised: string, reportedOn: string | null): string | null {
  const text = fold(row.text('closed') ?? '');
  const cell = row.cell('closed');
  const written = closingDay(text) ?? (cell ? null : closingDay(fold(row.text('progress') ?? '')));
  const dated = written === null ? cell : textCell(written);
  const reading = readDate(dated, inYearOf(row, raised));
  if (reading.is === 'date') return closedOn(row, raised, reading);
  if (reading.is === 'impossible') {
    noSuchDay(row, 'closed', reading);
    return null;
  }
  const inProgress = reading.is === 'blank' && saysClosed(fold(row.text('progress') ?? ''));
  const said = isTicked(text) || saysClosed(text) ? 'closed' : inProgress ? 'progress' : null;
  if (said === null) {
    if (
      reading.is !== 'blank' &&
      !/^(否|×|x|n|no|未|未销号|待销号|尚未销号|未完成|申请销号|拟销号|整改中|进行中)$/i.test(text)
    )
      row.find(
        'date.missing',
        'closed',
        {
          zh: `“${text}”不是销号时间，按未销号计`,
          en: `"${text}" is not a closing date; the item counts as open`,
        },
        { severity: 'warning' },
      );
    return null;
  }
  if (reportedOn === null) {
    row.find(
      'date.missing',
      said,
      { zh: '已销号而没有销号时间，按未销号计', en: 'closed without a date; the item counts as open' },
      { severity: 'warning' },
    );
    return null;
  }
  if (reportedOn < raised) {
    tooEarly(row, 'reported', reportedOn, raised);
    return null;
  }
  row.find('date.approximate', said, {
    zh: `没有销号时间，按完成时间 ${reportedOn} 计`,
    en: `no closing date; the day reported done, ${reportedOn}, stands for it`,
  });
  return reportedOn;
}

function closedOn(row: LedgerRow, raised: string, reading: DateReading & { is: 'date' }): string | null {
  const last = reading.end ?? reading.last;
  if (last < raised) {
    tooEarly(row, 'closed', reading.date, raised);
    return null;
  }
  const date = reading.end ?? (reading.date < raised ? raised : reading.date);
  if (reading.approximate)
    row.find('date.approximate', 'closed', {
      zh: `销号时间不确切，按 ${date} 计`,
      en: `the closing date is approximate and counts as ${date}`,
    });
  return date;
}

const tooEarly = (row: LedgerRow, key: string, closed: string, raised: string): void =>
  row.contradict('closed_before_raised', key, {
    zh: `${closed} 销号，早于 ${raised} 发现`,
    en: `closed on ${closed}, before it was raised on ${raised}`,
  });
