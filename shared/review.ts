import type { Change } from './change.ts';
import type { RectificationItem } from './cohorts.ts';
import type { ContradictionCode } from './contradictions.ts';
import type { NextReply, SlotRow } from './due.ts';
import type { HeldNorm } from './context.ts';
import { kinds, studyKinds } from './kinds.ts';
import type { Cell } from './query.ts';
import type { Text } from './text.ts';

/**
 * What a branch's year-end review is written from (述职材料): which figures and which events stand under
 * which heading, as data, and the shape of what is counted. The author writes; the product counts.
 */

export const themeIds = [
  'study',
  'life',
  'operations',
  'visits',
  'volunteering',
  'rectification',
  'ledgers',
] as const;
export type ThemeId = (typeof themeIds)[number];

/** Records under a heading: those behind a KPI, of all kinds or of some. */
export type Behind = { readonly kpi: string; readonly kind?: readonly string[] };

export type ThemeOutline = {
  readonly id: ThemeId;
  readonly name: Text;
  readonly figures: readonly Behind[];
  /** The KPI of the theme whose figure is told by kind as well. */
  readonly split?: string;
  readonly events?: Behind;
  /** What the figures of the theme leave to be said. */
  readonly note?: Text;
};

const operationKinds = ['enterprise_visit', 'research_visit'];
/** Events that are no study: those are listed under study. */
const otherMeetings = kinds
  .filter((k) => k.family !== 'visit' && k.family !== 'study' && !studyKinds.includes(k.code))
  .map((k) => k.code);

/** 一、年度主要工作, theme by theme. */
export const workThemes: readonly ThemeOutline[] = [
  {
    id: 'study',
    name: { zh: '理论学习', en: 'Study' },
    figures: [{ kpi: 'study_sessions' }, { kpi: 'study_hours_per_member' }],
    split: 'study_sessions',
    events: { kpi: 'study_sessions' },
  },
  {
    id: 'life',
    name: { zh: '组织生活', en: 'Organisational life' },
    figures: [
      { kpi: 'norm_compliance' },
      { kpi: 'attendance_rate' },
      { kpi: 'available_attendance_rate' },
      { kpi: 'unexcused_rate' },
    ],
    split: 'norm_compliance',
    events: { kpi: 'attendance_rate', kind: otherMeetings },
    note: {
      zh: '主题党日和各类学习列在“理论学习”之下，此处不重列；两个类型的一次活动在两处都列。',
      en: 'Theme days and study are listed under “Study” and not again here; an event of two kinds stands in both.',
    },
  },
  {
    id: 'operations',
    name: { zh: '融入业务', en: 'Integration with operations' },
    figures: [
      { kpi: 'visits', kind: operationKinds },
      { kpi: 'visit_issues_resolved_rate', kind: operationKinds },
    ],
    events: { kpi: 'visits', kind: operationKinds },
    note: {
      zh: '台账没有专记业务的栏目，此处只计企业走访、调研及其中反映的诉求；其他由撰写人补充。',
      en: 'No ledger is kept of operations: only enterprise and research visits, and the issues raised there, are counted here. The rest is for the author.',
    },
  },
  {
    id: 'visits',
    name: { zh: '走访', en: 'Visits' },
    figures: [{ kpi: 'visits' }, { kpi: 'visit_issues_resolved_rate' }],
    split: 'visits',
    events: { kpi: 'visits', kind: ['condolence_visit', 'other'] },
    note: {
      zh: '数为全部走访；企业走访、调研列在“融入业务”之下，此处不重列。走访慰问的对象隐去姓名。',
      en: 'The figures are of all visits; enterprise and research visits are listed under “Integration with operations” and not again here. Names of those visited are masked.',
    },
  },
  {
    id: 'volunteering',
    name: { zh: '志愿服务', en: 'Volunteering' },
    figures: [{ kpi: 'volunteers' }, { kpi: 'volunteer_hours' }],
    events: { kpi: 'volunteers' },
  },
];

/** 二、整改落实. */
export const rectificationTheme: ThemeOutline = {
  id: 'rectification',
  name: { zh: '整改落实', en: 'Rectification' },
  figures: [
    { kpi: 'rectification_closure_rate' },
    { kpi: 'rectification_on_time_rate' },
    { kpi: 'rectification_overdue' },
    { kpi: 'rectification_median_days' },
  ],
};

/** What the figures themselves rest on; stands behind the report. */
export const ledgersTheme: ThemeOutline = {
  id: 'ledgers',
  name: { zh: '台账与核对', en: 'Ledgers and checks' },
  figures: [{ kpi: 'ledger_completeness' }, { kpi: 'contradictions' }],
};

export const themes: readonly ThemeOutline[] = [...workThemes, rectificationTheme, ledgersTheme];

/** Kinds of event whose title is often a person: their titles are told with the names masked. */
export const personalKinds: ReadonlySet<string> = new Set([
  'condolence_visit',
  'heart_talk',
  'political_birthday',
  'member_appraisal',
]);

/** More are not listed: the rest is counted, and is at an address. */
export const EVENTS_LISTED = 30;
export const DAYS_LISTED = 12;
export const ITEMS_LISTED = 30;
/** What falls due within so many days of the as-of day is of help to who plans the next year. */
export const NEXT_DAYS = 90;

/** One figure of this year beside that of the same days of last year. */
export type ReviewFigure = Behind & {
  readonly now: Cell;
  readonly before: Cell;
  readonly change: Change;
  readonly norm: HeldNorm | null;
  readonly standing: 'met' | 'missed' | 'later' | null;
  /** The middle half of the comparable branches of the same parent, and how many they are. */
  readonly band: { readonly low: number; readonly high: number; readonly units: number } | null;
  /** Records of this year whose figure is not known, the first of them. */
  readonly unknown: { readonly total: number; readonly listed: readonly ReviewEvent[] };
};

export type ReviewEvent = {
  readonly date: string;
  readonly kinds: readonly string[];
  /** Null where the ledger has none. */
  readonly title: string | null;
  /** Of a unit under the one that the report is of: its name. */
  readonly unit: string | null;
};

/** `total` of them; those that are not listed are at the address. */
export type ReviewList<T> = {
  readonly total: number;
  readonly listed: readonly T[];
  readonly address: string;
};

/** What the norms ask of one kind of meeting. */
export type ReviewSlots = {
  readonly kind: string;
  /** Null where nothing was asked in the year, but was in the last. */
  readonly every: SlotRow['every'] | null;
  /** Null where branches follow different norms, too. */
  readonly norm: SlotRow['norm'];
  readonly figure: ReviewFigure | null;
  /** Periods that have ended with less than was asked; `unknown`: whose ledger is not handed in. */
  readonly missed: readonly string[];
  readonly unknown: readonly string[];
  /** Why nothing is asked in some periods: exempt, too few members, no party groups. */
  readonly notAsked: readonly Text[];
};

export type ReviewTheme = {
  readonly id: ThemeId;
  readonly figures: readonly ReviewFigure[];
  /** By kind; empty where the theme is not told by kind, or nothing was reported. */
  readonly byKind: readonly ReviewFigure[];
  readonly events: ReviewList<ReviewEvent> | null;
  /** Months that no ledger covers, of this year and of the same days of last year. */
  readonly gaps: { readonly now: Text | null; readonly before: Text | null };
};

export type ReviewItem = RectificationItem & {
  readonly state: 'open' | 'reported';
  /** Days past the first due date; null where it is not past. */
  readonly age: number | null;
  /** Of a unit under the one that the report is of: its name. */
  readonly of: string | null;
};

type Below = { readonly of: string | null };

export type Review = {
  readonly unit: { readonly code: string; readonly name: string; readonly path: readonly string[] };
  /** What happened to the unit in the two years: opened, merged, renamed. */
  readonly events: readonly Text[];
  readonly year: number;
  readonly yearStart: number;
  readonly asOf: string;
  /** The day that was asked for, where it lies after the year: the year's last day stands in its place. */
  readonly askedDay: string | null;
  readonly isOver: boolean;
  readonly dataVersion: number;
  readonly demo: boolean;
  /** By whom and when: ISO 8601 in UTC, and as the centre's clocks show it (`2026-10-01 16:00`). */
  readonly made: { readonly by: string; readonly at: string; readonly shown: string };
  /** Where the pages are, without a slash at its end; empty: addresses are told without a host. */
  readonly origin: string;
  readonly themes: readonly ReviewTheme[];
  readonly slots: readonly ReviewSlots[];
  readonly rectification: {
    /** Is any month of the year covered, or is anything known though none is? */
    readonly isReported: boolean;
    readonly open: ReviewList<ReviewItem>;
    readonly longTerm: ReviewList<ReviewItem>;
  };
  readonly next: {
    readonly from: string;
    readonly days: number;
    readonly slots: readonly (NextReply['slots'][number] & Below)[];
    readonly items: readonly (NextReply['items'][number] & Below)[];
  };
  readonly contradictions: {
    readonly counts: readonly { readonly code: ContradictionCode; readonly count: number }[];
    readonly address: string;
  };
};
