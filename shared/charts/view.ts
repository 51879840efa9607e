import type { EChartsCoreOption } from 'echarts/core';
import type { Answer, Cell, Question } from '../query.ts';
import type { Lang } from '../text.ts';
import type { UnitTree } from '../unit.ts';

/** How a chart is to look. Everything that is not in the answer comes from here: no clock, no store. */
export type Look = {
  readonly lang: Lang;
  /** `print`: black and white, for a file; pages have the others. */
  readonly theme: 'light' | 'dark' | 'contrast' | 'print';
  /** CSS pixels. A chart is drawn for its width, not shrunk to it. */
  readonly width: number;
  /** On a page that can be narrowed to a month or quarter: the names of periods can be pressed. Never in files. */
  readonly narrows?: boolean;
};

/** The page's question with its choices made: what a view is drawn for. */
export type ViewState = {
  readonly unit: string;
  readonly kpi: string;
  /** Ascending; the last is "this year". */
  readonly years: readonly number[];
  readonly asOf: string;
  readonly grain: 'year' | 'quarter' | 'month';
  readonly kind?: readonly string[];
  /** Whole years instead of the same days. */
  readonly whole?: boolean;
  /** Units where they stand today, merged ones in their successors. Absent: as it was then. */
  readonly structure?: 'today';
  /** Counts over the members. */
  readonly per?: 'member';
  /** Running totals from the year's beginning instead of each period by itself. Absent: each by itself. */
  readonly sum?: true;
  /** Units picked to be looked at side by side, in the order of the picking. Absent: there is no such choice. */
  readonly beside?: readonly string[];
  /** Kinds to which the page beside the chart is narrowed: in a chart of all kinds the others recede. */
  readonly picked?: readonly string[];
  /**
   * One month or quarter of every year, `03` or `Q1`: figures of years are of it alone, and charts of all
   * periods pick it out. Absent: whole years.
   */
  readonly only?: string;
  /** The month with which the centre's year begins. Absent: January. */
  readonly yearStart?: number;
};

/** The mark that a click lands on: the cell whose records it opens. */
export type Mark = {
  readonly kpi: string;
  readonly unit: string;
  readonly period: string;
  readonly kind?: readonly string[];
  readonly toDate?: boolean;
  readonly part?: 'numerator' | 'denominator';
  readonly structure?: 'today';
  readonly per?: 'member';
  /** The scope in which alone the unit's records count. */
  readonly within?: string;
  /** A running total: the records from the beginning of the period's year to the period's end. */
  readonly sum?: true;
};

export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly {
      readonly text: string;
      /** The figure itself (a ratio in 0…1), where the text says nothing beyond it. For files. */
      readonly value?: number;
      readonly mark?: Mark;
      readonly status?: Cell['status'];
      /** The figure's state in words. For files. */
      readonly state?: string;
    }[];
  }[];
};

/** Words that a reader has put on a point of a chart. They change no figure. */
export type ChartNote = {
  readonly id: number;
  readonly kpi: string;
  readonly unit: string;
  readonly period: string;
  /** Absent: all kinds. */
  readonly kind?: readonly string[];
  readonly body: string;
  readonly author: string;
  /** The day on which it was written, by the office's clock. */
  readonly day: string;
  /** ISO date and time, UTC. */
  readonly createdAt: string;
  /** Null: as it was first written. */
  readonly editedAt: string | null;
};

export type ViewInput = {
  readonly state: ViewState;
  /** In the order of `questions(state)`. */
  readonly answers: readonly Answer[];
  readonly tree: UnitTree;
  /** Those on points that the chart can show, oldest first. Absent: none. */
  readonly notes?: readonly ChartNote[];
};

/** A view: what it asks, and what it makes of the answers. All four are pure. */
export type View = {
  questions(state: ViewState, tree: UnitTree): Question[];
  /** Names the figure: "各月学习次数，2022–2025". */
  title(input: ViewInput, lang: Lang): string;
  /** One line, made from the figures, that says what the chart shows. */
  says(input: ViewInput, lang: Lang): string;
  height(input: ViewInput, look: Look): number;
  /** Data items carry `mark`, so that a click can open the records behind. */
  option(input: ViewInput, look: Look): EChartsCoreOption;
  /** The same figures for those who cannot see the chart; also the CSV. */
  table(input: ViewInput, lang: Lang): Table;
};
