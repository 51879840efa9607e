import { PiniaColada } from '@pinia/colada';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { reportTo } from './api.ts';
import App from './App.vue';
import { createPages } from './router.ts';
import { useSession } from './stores/session.ts';
import './style.css';

const app = createApp(App);
app.use(createPinia());
app.use(PiniaColada, { queryOptions: { staleTime: 60_000, refetchOnWindowFocus: true } });
app.use(createPages());
const session = useSession();
reportTo({ signedOut: session.signOut, lost: session.lose, answered: session.find });
app.mount('#app');
