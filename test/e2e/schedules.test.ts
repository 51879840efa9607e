import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import { issue } from '../../server/auth/tokens.ts';
import { scheduleWords } from '../../client/words/schedules.ts';
import type { ScheduleReply } from '../../shared/briefing.ts';
import { raiseBriefings, type BriefingStage } from './briefing-stage.ts';
import { langsOf } from '../long.ts';

// Briefings that make themselves: set, corrected, run.
describe.each(langsOf('en'))('schedules in %s', (lang) => {
  const s = scheduleWords[lang];
  let stage: BriefingStage;
  let root: string;
  beforeAll(async () => {
    stage = await raiseBriefings(lang);
    root = stage.root;
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  test('a schedule is set, corrected at its field, switched off, run and deleted', async () => {
    const { page, complaints } = await stage.open();
    const { id } = await stage.draft(page, 'monthly');
    await stage.api(page, 'POST', `/briefings/${id}/seal`);
    const schedules = async (): Promise<ScheduleReply[]> =>
      (await stage.api<{ schedules: ScheduleReply[] }>(page, 'GET', '/schedules')).schedules;
    await page.goto(`${root}/briefings`);
    await page.locator('[data-add-schedule]').click();
    const save = page.locator('[data-schedules]').getByRole('button', { name: s.save, exact: true });
    await page.locator('#schedule-briefing').selectOption(id);
    await page.locator('#schedule-when').selectOption('own');
    await page.locator('#schedule-own').fill('0 8 1');
    await save.click();
    await page.locator('#schedule-own-error', { hasText: s.ownNeeded }).waitFor();
    expect(await page.locator('#schedule-own').evaluate((e) => e === document.activeElement)).toBe(true);
    await stage.sound(page, 'schedule-fault');
    // The server refuses what has five fields and no meaning, at the same field.
    await page.locator('#schedule-own').fill('0 8 41 * *');
    await save.click();
    await page.locator('#schedule-own-error').filter({ hasNotText: s.ownNeeded }).waitFor();
    expect(await schedules()).toEqual([]);

    await page.locator('#schedule-when').selectOption('week');
    await page.locator('#schedule-weekday').selectOption('5');
    await page.locator('#schedule-time').fill('17:30');
    await save.click();
    const row = page.locator('[data-schedule]');
    await row.getByText(s.at.week('17:30', s.weekdays[5] ?? '')).waitFor();
    expect(await schedules()).toMatchObject([{ briefing: id, cron: '30 17 * * 5', to: null, isOn: true }]);
    await stage.sound(page, 'schedule');

    const toggle = row.getByRole('switch');
    await toggle.click();
    await row.getByText(s.noNext).waitFor();
    expect(await toggle.isChecked()).toBe(false);
    expect(await schedules()).toMatchObject([{ isOn: false, nextAt: null }]);
    const before = (await stage.briefings(page)).length;
    await row.locator('[data-run]').click();
    await row.getByRole('link', { name: s.see }).waitFor();
    expect(await stage.briefings(page)).toHaveLength(before + 1);

    await row.getByRole('button', { name: s.editOf('monthly') }).click();
    await page.locator('#schedule-way').selectOption('webhook');
    await save.click();
    await page.locator('#schedule-url-error', { hasText: s.missing }).waitFor();
    await page.keyboard.press('Escape');
    await row.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(s.edit);
    await row.getByRole('button', { name: s.remove, exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: s.remove, exact: true }).click();
    await row.waitFor({ state: 'detached' });
    expect(await schedules()).toEqual([]);
    expect(complaints.filter((told) => !told.includes('/api/schedules'))).toEqual([]);
  });

  test('another person’s schedule has its maker’s name and no way to change it', async () => {
    const { page } = await stage.open();
    const { id } = await stage.draft(page, 'quarterly');
    await stage.api(page, 'POST', `/briefings/${id}/seal`);
    await stage.api(page, 'POST', '/schedules', { briefing: id, cron: '0 8 1 1,4,7,10 *' });
    const { maker } = (await stage.api<{ schedules: ScheduleReply[] }>(page, 'GET', '/schedules'))
      .schedules[0] ?? { maker: '' };
    const { db } = await connect(`sqlite:${stage.folder}/hangbiao.db`);
    const of = { purpose: 'sign_in', role: 'leader', name: 'leader' } as const;
    const secret = await issue(db, of, { now: new Date() });
    await db.destroy();
    const reader = await stage.open();
    await reader.page.context().clearCookies();
    // As a browser that was here before: its first page is in its language.
    const look = { name: 'hangbiao_look', value: `${lang}.light`, url: root };
    await reader.page.context().addCookies([look]);
    await reader.page.goto(`${root}/sign-in/${secret}`);
    await reader.page.goto(`${root}/briefings`);
    const row = reader.page.locator('[data-schedule]');
    await row.locator('[data-maker]').getByText(s.of(maker)).waitFor();
    expect(await row.locator('button, input').count()).toBe(0);
    // A leader may set one of its own.
    expect(await reader.page.locator('[data-add-schedule]').count()).toBe(1);
    await stage.sound(reader.page, 'schedule-of-another');
    expect(reader.complaints).toEqual([]);
  });
});
