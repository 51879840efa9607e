import { createRouter, type Router, type RouterHistory } from 'vue-router';

/** The pages. Each is fetched when first opened; the address holds the whole question. */
const pages = [
  { path: '/', name: 'overview', component: () => import('./pages/OverviewPage.vue') },
  { path: '/yoy', name: 'yoy', component: () => import('./pages/YoyPage.vue') },
  { path: '/compare', name: 'compare', component: () => import('./pages/ComparePage.vue') },
  { path: '/units/:code', name: 'unit', component: () => import('./pages/UnitPage.vue') },
  { path: '/rectification', name: 'rectification', component: () => import('./pages/RectificationPage.vue') },
  { path: '/records', name: 'records', component: () => import('./pages/RecordsPage.vue') },
  { path: '/records/new', name: 'record-new', component: () => import('./pages/RecordNewPage.vue') },
  { path: '/records/:unit/:id', name: 'record', component: () => import('./pages/RecordPage.vue') },
  {
    path: '/contradictions',
    name: 'contradictions',
    component: () => import('./pages/ContradictionsPage.vue'),
  },
  { path: '/changes', name: 'changes', component: () => import('./pages/ChangesPage.vue') },
  { path: '/imports', name: 'imports', component: () => import('./pages/ImportsPage.vue') },
  { path: '/snapshots', name: 'snapshots', component: () => import('./pages/SnapshotsPage.vue') },
  { path: '/catalogue', name: 'catalogue', component: () => import('./pages/CataloguePage.vue') },
  { path: '/admin', name: 'admin', component: () => import('./pages/AdminPage.vue') },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./pages/LostPage.vue') },
];

export function createPages(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: pages,
    // A picker changes the question, not the place: only another page starts at its top.
    // To an anchor a page goes by itself, once what it names is there.
    scrollBehavior: (to, from, saved) =>
      saved ?? (to.hash !== '' || to.path === from.path ? false : { top: 0 }),
  });
}
