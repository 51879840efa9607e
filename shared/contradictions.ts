/**
 * What the ledgers say that cannot all be true. Some are found when a ledger is read and are kept with
 * it; the others stand between records and are looked for whenever they are asked.
 */
export const keptCodes = [
  'present_gt_expected',
  'closed_before_raised',
  'duplicate',
  'date.invalid',
  'total.differs',
] as const;
export const contradictionCodes = [
  ...keptCodes,
  'present_gt_members',
  'always_all_present',
  'same_event',
] as const;
export type KeptCode = (typeof keptCodes)[number];
export type ContradictionCode = (typeof contradictionCodes)[number];

/** They speak of how many came, not of whether the event was held. */
export const presenceCodes: ReadonlySet<string> = new Set<ContradictionCode>([
  'present_gt_members',
  'always_all_present',
]);

/** Fewer meetings, or smaller ones, may well be full all year. */
export const fewestFullMeetings = 6;
export const smallestFullMeeting = 3;

/** Shorter titles (`主题党日`) say what kind of event it was, not which. In characters, folded. */
export const shortestSharedTitle = 6;

/** A title without white space, width, case and marks: the form in which titles are compared. */
export const foldedTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
