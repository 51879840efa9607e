import type { RouteLocationRaw } from 'vue-router';

/** One entry of a menu: it leads somewhere, or does something. */
export type MenuEntry = {
  readonly id: string;
  readonly text: string;
  readonly to?: RouteLocationRaw;
  readonly choose?: () => void;
  readonly disabled?: boolean;
  /** A line parts it from what stands above. */
  readonly apart?: boolean;
};
