import { createRouter, type Router, type RouterHistory } from 'vue-router';
import OverviewPage from './pages/OverviewPage.vue';
import { toItsPlace } from './place.ts';

/** The pages. Each but the first is fetched when first opened; the address holds the whole question. */
const pages = [
  { path: '/', name: 'overview', component: OverviewPage },
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
  { path: '/briefings', name: 'briefings', component: () => import('./pages/BriefingsPage.vue') },
  { path: '/briefings/:id', name: 'briefing', component: () => import('./pages/BriefingPage.vue') },
  { path: '/catalogue', name: 'catalogue', component: () => import('./pages/CataloguePage.vue') },
  { path: '/screen', name: 'screen', component: () => import('./pages/ScreenPage.vue') },
  { path: '/admin', name: 'admin', component: () => import('./pages/AdminPage.vue') },
  { path: '/:rest(.*)*', name: 'lost', component: () => import('./pages/LostPage.vue') },
];

export function createPages(history: RouterHistory): Router {
  return createRouter({
    history,
    routes: pages,
    scrollBehavior: toItsPlace,
  });
}
