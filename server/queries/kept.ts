/** What readers have removed can be brought back for a day; then it goes for good. */
const KEPT_MS = 24 * 3600 * 1000;

/** Whatever was removed before this instant is gone. */
export const keptSince = (now: Date): string => new Date(now.getTime() - KEPT_MS).toISOString();
