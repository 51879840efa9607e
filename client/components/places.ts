/** The pages that can be gone to, in their order; the first four have a sign of their own on a phone. */
const places = [
  { path: '/', key: 'nav.overview', icon: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-4H4zM14 8h6V4h-6z' },
  { path: '/yoy', key: 'nav.yoy', icon: 'M4 18l5-7 4 4 7-9M4 21h16' },
  { path: '/compare', key: 'nav.compare', icon: 'M4 6h9M4 12h14M4 18h6' },
  { path: '/rectification', key: 'nav.rectification', icon: 'M5 12l4 4 10-10' },
  { path: '/imports', key: 'nav.imports', icon: '' },
  { path: '/snapshots', key: 'nav.snapshots', icon: '' },
  { path: '/briefings', key: 'nav.briefings', icon: '' },
  { path: '/catalogue', key: 'nav.catalogue', icon: '' },
  { path: '/screen', key: 'nav.screen', icon: '' },
  { path: '/admin', key: 'nav.admin', icon: '' },
] as const;

type Place = (typeof places)[number];
/** Those for a role: the rules are changed by the office; others come to them from the catalogue. */
export const placesFor = (role: string): readonly Place[] =>
  places.filter((p) => p.path !== '/admin' || role === 'admin');

const IN_BAR = 4;
/** On a phone, those in the bar. */
export const placesInBar = places.slice(0, IN_BAR);
/** And those in the menu beside them. */
export const placesBeside = (role: string): readonly Place[] => placesFor(role).slice(IN_BAR);
