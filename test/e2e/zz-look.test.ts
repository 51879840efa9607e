import { test } from 'vitest';
import { demoLedgers } from '../../db/demo/demo.ts';
import { raise } from './stage.ts';
const [units, ...ledgers] = demoLedgers({ branches: 9, years: 4, seed: 3 });
test('look', async () => {
  const stage = await raise();
  try {
    await stage.bring({ units: units!, ledgers });
    for (const [width, scheme, lang] of [[1440, 'light', 'zh'], [390, 'dark', 'en'],[1440,'dark','en'],[390,'light','zh']] as const) {
      const { page, complaints } = await stage.open({ viewport: { width, height: 900 }, colorScheme: scheme });
      await page.addInitScript((l) => localStorage.setItem('hangbiao.lang', l), lang);
      for (const [name, path] of [['over', '/?only=03'], ['overq', '/?only=Q1'],['overlater', '/?only=12'], ['yoy', '/yoy?only=03&kpi=attendance_rate'], ['yoykind', '/yoy?only=09'], ['compare', '/compare?only=03&kpi=attendance_rate'], ['unit', '/units/' + (await (await page.request.get(stage.running.address + '/api/units')).json()).units[1].code + '?only=03']] as const) {
        if (process.env['LOOK'] && !process.env['LOOK'].split(',').includes(name)) continue;
        await page.goto(stage.running.address + path);
        await page.waitForLoadState('networkidle');
        await page.waitForFunction(() => [...document.querySelectorAll('[data-view]')].every((e) => e.getAttribute('data-ready') === 'true'));
        await page.waitForTimeout(500);
        await page.screenshot({ path: `/tmp/monthpics/${name}-${width}-${scheme}.png`, fullPage: true });
      }
      if (complaints.length) console.log(complaints);
      await page.context().close();
    }
  } finally { await stage.close(); }
}, 300000);
