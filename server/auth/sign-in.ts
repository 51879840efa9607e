import type { Request, Response } from 'express';
import type { Db } from '../../db/connect.ts';
import type { Text } from '../../shared/text.ts';
import { startSession } from './session.ts';
import { spendLink } from './tokens.ts';

const remedy: Text = {
  zh: '请重新启动服务器，或运行 npm run -s hangbiao -- link 取得新的登录链接。',
  en: 'Restart the server, or run npm run -s hangbiao -- link, to get another link.',
};
const reasons: Record<'spent' | 'unknown' | 'limited', { status: number; text: Text }> = {
  spent: {
    status: 410,
    text: { zh: '这个登录链接已经用过或已过期', en: 'This sign-in link has been used or has expired' },
  },
  unknown: { status: 401, text: { zh: '这不是有效的登录链接', en: 'This is not a valid sign-in link' } },
  limited: {
    status: 429,
    text: { zh: '尝试次数过多，请过几分钟再试', en: 'Too many attempts: wait some minutes' },
  },
};

/** A page without script or outside file, for those who could not sign in. */
export function refusePage(res: Response, reason: keyof typeof reasons): void {
  const { status, text } = reasons[reason];
  res
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${text.zh} · 航标</title><body style="font:16px/1.6 sans-serif;max-width:36em;margin:15vh auto;padding:0 1em">` +
        `<h1 style="font-size:22px">${text.zh}</h1><p>${remedy.zh}</p>` +
        `<div lang="en"><h2 style="font-size:16px">${text.en}</h2><p>${remedy.en}</p></div></body></html>`,
    );
}

/** `GET /sign-in/TOKEN`: uses the link up, starts a session, goes to the overview. */
export async function signIn(db: Db, req: Request, res: Response, now: Date): Promise<void> {
  const found = await spendLink(db, String(req.params.token), now);
  if (typeof found === 'string') return refusePage(res, found);
  await startSession(db, found, req, res, now);
  res.set('Cache-Control', 'no-store').redirect(303, '/');
}
