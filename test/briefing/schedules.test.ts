import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSink, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRounds } from '../../server/briefing/rounds.ts';
import { faultOf, noDelivery, send, type Delivery, type Parcel } from '../../server/briefing/send.ts';
import { checkCron, timeAfter } from '../../server/briefing/times.ts';
import { silentLog } from '../../server/log.ts';
import { runDue, type Running } from '../../server/queries/schedule-run.ts';
import { rendererHere } from '../../server/snapshot/render-thread.ts';
import { schedulesReply, scheduleReply, type ScheduleReply } from '../../shared/briefing.ts';
import { engines } from '../engines.ts';
import { jsonBody } from '../served.ts';
import { office, patch, refused, type Office } from './office.ts';

/** A server that takes what is posted to it, on a port of its own. */
async function loopback(handle: (req: IncomingMessage, res: ServerResponse, body: Buffer) => void) {
  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (c: Buffer) => chunks.push(c)).on('end', () => handle(req, res, Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}/hook`,
    close: () => new Promise((r) => (server.closeAllConnections(), server.close(r))),
  };
}
const day = (text: string): Date => new Date(text);

describe('times', () => {
  test.each([
    ['0 9 1 1,4,7,10 *', 'Asia/Shanghai', '2026-10-01T00:59:00Z', '2026-10-01T01:00:00.000Z'],
    ['0 9 1 1,4,7,10 *', 'Asia/Shanghai', '2026-10-01T01:00:00Z', '2027-01-01T01:00:00.000Z'],
    ['30 8 * * 1', 'Asia/Shanghai', '2026-10-01T08:00:00Z', '2026-10-05T00:30:00.000Z'],
    // The clock goes from 2 to 3 on 29 March 2026, and from 3 to 2 on 25 October.
    ['0 9 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['0 9 * * *', 'Europe/Berlin', '2026-03-27T12:00:00Z', '2026-03-28T08:00:00.000Z'],
    ['0 9 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T08:00:00.000Z'],
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('%s in %s after %s', (cron, zone, after, next) => {
    expect(timeAfter(cron, zone, day(after))?.toISOString()).toBe(next);
  });
  test.each(['', '* * * *', '* * * * * *', '61 * * * *', '0 9 1 foo *', '0 0 30 2 *'])(
    '%j is refused',
    (cron) => {
      expect(() => checkCron(cron, 'UTC', day('2026-01-01T00:00:00Z'))).toThrow(/"cron" \S/);
    },
  );
});

describe.each(engines)('schedules on %s', (engine) => {
  let o: Office;
  let briefing: string;
  let by: Running;
  beforeAll(async () => {
    o = await office(engine);
    await o.begin();
    const { id } = await o.draft('leader', {
      items: [{ is: 'view', view: 'yoy', query: { kpi: 'visits', unit: 'A' } }],
    });
    briefing = (await o.seal('leader', id)).id;
    by = {
      now: () => o.clock.now,
      renderer: rendererHere,
      publicUrl: 'http://127.0.0.1',
      delivery: noDelivery,
    };
  });
  afterAll(() => o.close());
  const list = async (): Promise<ScheduleReply[]> =>
    schedulesReply.parse(await (await o.as('auditor', '/schedules')).json()).schedules;

  test('refuse what cannot be, by its field', async () => {
    const draft = await o.draft('leader', {});
    const good = { briefing, cron: '0 9 1 * *' };
    for (const [body, status, path] of [
      [{ ...good, cron: '99 * * * *' }, 422, 'cron'],
      [{ ...good, briefing: 'nothere' }, 422, 'briefing'],
      [{ ...good, briefing: draft.id }, 422, 'briefing'],
      [{ ...good, to: { is: 'webhook', url: 'https://hooks.example.cn/x' } }, 422, 'to'],
      [{ ...good, to: { is: 'mail', address: 'a@example.cn' } }, 422, 'to'],
      [{ ...good, format: 'xlsx' }, 422, 'format'],
    ] as const)
      expect(await refused(await o.as('leader', '/schedules', jsonBody(body)))).toEqual([status, path]);
    expect((await o.as('auditor', '/schedules', jsonBody(good))).status).toBe(403);
    expect(await list()).toEqual([]);
  });

  test('say to each who asks whether it is theirs to change, as the refusals have it', async () => {
    const reply = await o.as('leader', '/schedules', jsonBody({ briefing, cron: '0 9 1 * *' }));
    const made = scheduleReply.parse(await reply.json());
    expect(made).toMatchObject({ maker: 'leader', mine: true });
    const asked = (role: 'admin' | 'auditor' | 'leader'): Promise<Response> => o.as(role, '/schedules');
    const mine = async (reply: Response): Promise<boolean[]> =>
      schedulesReply.parse(await reply.json()).schedules.map((s) => s.mine);
    expect(await mine(await asked('leader'))).toEqual([true]);
    expect(await mine(await asked('admin'))).toEqual([true]);
    expect(await mine(await asked('auditor'))).toEqual([false]);
    // One that another has set, in a leader's eyes.
    await o.db.updateTable('briefing_schedule').set({ maker: 'another leader' }).execute();
    expect(await mine(await asked('leader'))).toEqual([false]);
    for (const [path, init] of [
      ['', patch({ isOn: false })],
      ['', { method: 'DELETE' }],
      ['/run', { method: 'POST' }],
    ] as const)
      expect((await o.as('leader', `/schedules/${made.id}${path}`, init)).status).toBe(403);
    expect((await o.as('admin', `/schedules/${made.id}`, { method: 'DELETE' })).status).toBe(200);
  });

  test('run when they are due, once for all that was missed, each against the last', async () => {
    o.clock.now = day('2026-10-01T08:00:00Z');
    const made = scheduleReply.parse(
      await (
        await o.as('leader', '/schedules', jsonBody({ briefing, cron: '0 9 1 * *', format: 'pdf' }))
      ).json(),
    );
    expect(made).toMatchObject({ nextAt: '2026-11-01T01:00:00.000Z', last: null, isOn: true, to: null });
    expect(await runDue(o.db, by)).toEqual([]);
    o.clock.now = day('2026-11-01T00:59:59Z');
    expect(await runDue(o.db, by)).toEqual([]);
    o.clock.now = day('2026-11-01T01:00:00Z');
    expect(await runDue(o.db, by)).toEqual([made.id]);
    expect(await runDue(o.db, by)).toEqual([]);
    const [first] = await list();
    expect(first).toMatchObject({
      nextAt: '2026-12-01T01:00:00.000Z',
      last: { at: '2026-11-01T01:00:00.000Z', problem: null },
    });
    const one = await o.read(await o.as('auditor', `/briefings/${first?.last?.briefing ?? ''}`));
    expect(one).toMatchObject({
      former: briefing,
      schedule: made.id,
      sealedAt: '2026-11-01T01:00:00.000Z',
      maker: 'leader',
    });
    // The server was off for three months: one run, by the timer's own way.
    o.clock.now = day('2027-02-14T10:00:00Z');
    const rounds = startRounds(o.db, { ...by, log: silentLog, ready: () => Promise.resolve() });
    await rounds.close();
    const [second] = await list();
    expect(second).toMatchObject({ nextAt: '2027-03-01T01:00:00.000Z', last: { problem: null } });
    const two = await o.read(await o.as('auditor', `/briefings/${second?.last?.briefing ?? ''}`));
    expect(two.former).toBe(one.id);
    const files = await o.db.selectFrom('briefing_file').select(['briefing_id', 'format']).execute();
    expect(files.map((f) => `${f.briefing_id} ${f.format}`).sort()).toEqual(
      [`${one.id} pdf`, `${two.id} pdf`].sort(),
    );
    await o.as('leader', `/schedules/${made.id}`, patch({ isOn: false }));
    expect((await list())[0]).toMatchObject({ isOn: false, nextAt: null, format: 'pdf', cron: '0 9 1 * *' });
    o.clock.now = day('2027-04-14T10:00:00Z');
    expect(await runDue(o.db, by)).toEqual([]);
    expect((await o.as('leader', `/schedules/${made.id}`, { method: 'DELETE' })).status).toBe(200);
    expect([await list(), (await o.as('auditor', `/briefings/${two.id}`)).status]).toEqual([[], 200]);
    o.clock.now = day('2026-10-01T08:00:00Z');
  });

  test('keep the briefing and say why, where it cannot be sent or made', async () => {
    const hook = await loopback((_req, res) => res.writeHead(500).end());
    const p = await office(engine, { delivery: { ...noDelivery, hosts: [hook.host] } });
    try {
      await p.begin();
      const { id } = await p.draft('leader', {
        items: [{ is: 'view', view: 'yoy', query: { kpi: 'visits', unit: 'B' } }],
      });
      await p.seal('leader', id);
      const body = { briefing: id, cron: '0 9 1 * *', to: { is: 'webhook', url: hook.url } };
      const made = scheduleReply.parse(await (await p.as('leader', '/schedules', jsonBody(body))).json());
      const run = async () =>
        scheduleReply.parse(
          await (await p.as('leader', `/schedules/${made.id}/run`, { method: 'POST' })).json(),
        );
      const { last } = await run();
      expect(last?.problem).toBe(`${hook.host} answered 500`);
      expect((await p.as('auditor', `/briefings/${last?.briefing ?? ''}.pptx`)).status).toBe(200);
      const drafts = await p.db.selectFrom('briefing').select('id').execute();
      await p.db
        .updateTable('briefing')
        .set({ sealed: null, sealed_at: null })
        .where('id', '=', last?.briefing ?? '')
        .execute();
      expect((await run()).last).toMatchObject({ problem: expect.stringContaining('draft') as string });
      expect(await p.db.selectFrom('briefing').select('id').execute()).toHaveLength(drafts.length);
    } finally {
      await p.close();
      await hook.close();
    }
  });
});

const parcel: Parcel = {
  id: 'b1',
  title: '三季度\n简报',
  sha256: 'ab'.repeat(32),
  link: 'https://hangbiao.example.cn/briefings/b1',
  file: {
    name: '三季度简报-b1.pdf',
    type: 'application/pdf',
    bytes: new TextEncoder().encode('%PDF-1.7 whole'),
  },
};

describe('a webhook', () => {
  test.each([
    ['https://hooks.example.cn/x', null],
    ['http://hooks.example.cn:80/x', null],
    ['https://hooks.example.cn:8443/x', 'SEND_HOSTS'],
    ['https://hooks.example.cn./x', 'SEND_HOSTS'],
    ['https://HOOKS.example.cn/x', null],
    ['https://a.hooks.example.cn/', 'SEND_HOSTS'],
    ['https://hooks.example.cn.evil.cn/', 'SEND_HOSTS'],
    ['https://hooks.example.cn@evil.cn/', 'password'],
    ['http://127.0.0.1/', 'SEND_HOSTS'],
    ['http://2130706433/', 'SEND_HOSTS'],
    ['http://[::1]/', 'SEND_HOSTS'],
    ['http://169.254.169.254/latest', 'SEND_HOSTS'],
    ['file:///etc/passwd', 'https'],
    ['ftp://hooks.example.cn/', 'https'],
    ['hooks', 'address'],
  ])('%s', (url, why) => {
    const fault = faultOf({ is: 'webhook', url }, { ...noDelivery, hosts: ['hooks.example.cn'] });
    if (why === null) expect(fault).toBeNull();
    else expect(fault).toContain(why);
  });

  test('gets the file, its hash and a link', async () => {
    const got: { type: string; body: Buffer }[] = [];
    const hook = await loopback((req, res, body) => {
      got.push({ type: req.headers['content-type'] ?? '', body });
      res.writeHead(204).end();
    });
    await send({ is: 'webhook', url: hook.url }, parcel, { ...noDelivery, hosts: [hook.host] });
    await hook.close();
    const sent = await new Response(new Uint8Array(got[0]?.body ?? []), {
      headers: { 'content-type': got[0]?.type ?? '' },
    }).formData();
    expect([sent.get('id'), sent.get('sha256'), sent.get('link')]).toEqual([
      'b1',
      parcel.sha256,
      parcel.link,
    ]);
    const file = sent.get('file') as File;
    expect([file.name, file.type, await file.text()]).toEqual([
      parcel.file.name,
      'application/pdf',
      '%PDF-1.7 whole',
    ]);
  });

  test('is not followed elsewhere, nor waited for without end', async () => {
    let asked = 0;
    const inside = await loopback((_req, res) => (asked++, void res.end()));
    const outside = await loopback((req, res) => {
      if (req.url === '/hook') res.writeHead(307, { location: inside.url }).end();
    });
    const to = { ...noDelivery, hosts: [outside.host, inside.host] };
    await expect(send({ is: 'webhook', url: outside.url }, parcel, to)).rejects.toThrow(
      /307: redirects are not followed/,
    );
    await expect(
      send({ is: 'webhook', url: `http://${outside.host}/slow` }, parcel, to, 200),
    ).rejects.toThrow(/did not answer/);
    await expect(send({ is: 'webhook', url: inside.url }, parcel, noDelivery)).rejects.toThrow(/SEND_HOSTS/);
    expect(asked).toBe(0);
    await Promise.all([inside.close(), outside.close()]);
    await expect(send({ is: 'webhook', url: inside.url }, parcel, to)).rejects.toThrow(
      /could not be reached/,
    );
  });
});

describe('mail', () => {
  /** Takes one letter, and says nothing of it. */
  async function sink(refuse = false) {
    const letters: string[] = [];
    const server = createSink((socket) => {
      let isLetter = false;
      let text = '';
      socket.on('error', () => {});
      socket.write('220 sink\r\n');
      socket.on('data', (chunk) => {
        text += chunk.toString('utf8');
        if (isLetter) {
          if (!text.endsWith('\r\n.\r\n')) return;
          letters.push(text);
          isLetter = false;
          socket.write('250 taken\r\n');
        } else if (/^DATA/im.test(text)) {
          isLetter = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/im.test(text)) socket.end('221 bye\r\n');
        else socket.write(refuse && /^RCPT/im.test(text) ? '550 no\r\n' : '250 well\r\n');
        text = '';
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const smtpUrl = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}/?ignoreTLS=true`;
    const delivery: Delivery = { hosts: [], smtpUrl, smtpFrom: 'hangbiao@example.cn' };
    return { letters, delivery, close: () => new Promise((r) => server.close(r)) };
  }

  test('brings the file', async () => {
    const s = await sink();
    await send({ is: 'mail', address: 'shuji@example.cn' }, parcel, s.delivery);
    await s.close();
    expect(s.letters).toHaveLength(1);
    expect(s.letters[0]).toMatch(/^To: shuji@example\.cn/m);
    expect(s.letters[0]).toMatch(/^From: hangbiao@example\.cn/m);
    expect(s.letters[0]?.replaceAll('\r\n', '')).toContain(Buffer.from('%PDF-1.7 whole').toString('base64'));
  });

  test('that is not taken is told of', async () => {
    const s = await sink(true);
    await expect(send({ is: 'mail', address: 'a@example.cn' }, parcel, s.delivery)).rejects.toThrow(
      /did not take it \(EENVELOPE\)/,
    );
    await s.close();
  });

  test.each(['a@b, c@d', 'a', 'A <a@b.cn>', 'a@b\nBcc: c@d', ''])('%j is no address', (address) => {
    const set = { hosts: [], smtpUrl: 'smtp://h', smtpFrom: 'x@y' };
    expect(faultOf({ is: 'mail', address }, set)).toBe('is not one mail address');
  });
});
