import {
  changeReply,
  previewBody,
  previewReply,
  ruleChange,
  rulesReply,
  settingsDraft,
} from '../shared/rule-change.ts';
import { route, type Route } from './http.ts';
import { previewChange } from './queries/rule-preview.ts';
import { changeRules, listRules } from './queries/rules.ts';

/** Norms, exemptions, changes of definition, settings: read by all, changed by the office. */
export const rules: Route[] = [
  route({
    method: 'get',
    path: '/api/rules',
    access: 'read',
    reply: rulesReply,
    summary: { zh: '规定、免办、口径变更和设置', en: 'Norms, exemptions, changes of definition, settings' },
    handle: ({ db }) => listRules(db),
  }),
  route({
    method: 'post',
    path: '/api/rules',
    access: 'write',
    body: ruleChange,
    form: true,
    reply: changeReply,
    summary: { zh: '增加、修改或删除一条', en: 'Add, change or remove one of them' },
    handle: ({ db, body, now, who }) => changeRules(db, body, { now, actor: who!.name }),
  }),
  route({
    method: 'post',
    path: '/api/rules/preview',
    access: 'write',
    body: previewBody,
    form: true,
    reply: previewReply,
    summary: { zh: '预览哪些数会变，不作改动', en: 'Which figures a change would move; changes nothing' },
    handle: ({ db, body }) => previewChange(db, body.change),
  }),
  route({
    method: 'post',
    path: '/api/settings',
    access: 'write',
    body: settingsDraft,
    form: true,
    reply: changeReply,
    summary: {
      zh: '设置年度起始月、时区、半天和一天的小时数、是否保留姓名',
      en: 'Set the first month of the year, the time zone, the hours of a day, and whether names are kept',
    },
    handle: ({ db, body, now, who }) =>
      changeRules(db, { what: 'setting', action: 'change', row: body }, { now, actor: who!.name, at: '' }),
  }),
];
