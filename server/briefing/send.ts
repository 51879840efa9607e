import type { ScheduleBody } from '../../shared/briefing.ts';
import { Refusal } from '../errors.ts';

/** Posts a briefing's file to where the office allows it: by a webhook or by mail. */

export type Target = NonNullable<ScheduleBody['to']>;
export type Delivery = {
  /** Hosts that may be posted to, as they stand in an address: lower case, with a port that is not the usual one. */
  readonly hosts: readonly string[];
  readonly smtpUrl: string | null;
  readonly smtpFrom: string | null;
};
/** The usual: nothing leaves the host. */
export const noDelivery: Delivery = { hosts: [], smtpUrl: null, smtpFrom: null };

export type Parcel = {
  readonly id: string;
  readonly title: string;
  readonly sha256: string;
  /** The address that opens the briefing. */
  readonly link: string;
  readonly file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array };
};

/** One address, without a name, a list or a line break. */
export const isMailAddress = (text: string): boolean =>
  /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(text);

/** Why the settings do not let a file be posted there; null where they do. */
export function faultOf(to: Target, { hosts, smtpUrl, smtpFrom }: Delivery): string | null {
  if (to.is === 'mail') {
    if (!isMailAddress(to.address)) return 'is not one mail address';
    return smtpUrl === null || smtpFrom === null
      ? 'no mail can be sent: SMTP_URL and SMTP_FROM are not both set'
      : null;
  }
  if (!URL.canParse(to.url)) return 'is not an address';
  const { protocol, host, username, password } = new URL(to.url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with https:// or http://';
  if (username !== '' || password !== '') return 'must hold no name and no password';
  // The parser has made digits of other bases and letters of other scripts one way to write a host: it is compared as it is.
  return hosts.includes(host) ? null : `the host ${host} is not in SEND_HOSTS`;
}

/** @throws Refusal 422 at `to` where the settings do not allow it */
export function checkTarget(to: Target | null, delivery: Delivery): void {
  const message = to === null ? null : faultOf(to, delivery);
  if (message !== null) throw new Refusal(422, `"to" ${message}`, [{ path: 'to', message }]);
}

/** Milliseconds until somebody who does not answer is given up. */
const PATIENCE = 30_000;

/**
 * @throws Error that says why it did not arrive; the address' answer is not repeated
 * @param patience milliseconds
 */
export async function send(
  to: Target,
  parcel: Parcel,
  delivery: Delivery,
  patience = PATIENCE,
): Promise<void> {
  // The settings may have changed since the schedule was made.
  const fault = faultOf(to, delivery);
  if (fault !== null) throw new Error(fault);
  if (to.is === 'webhook') await post(to.url, parcel, patience);
  else await mail(to.address, { parcel, delivery, patience });
}

async function post(url: string, { id, title, sha256, link, file }: Parcel, patience: number): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ id, title, sha256, link })) body.set(name, value);
  body.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
  const { host } = new URL(url);
  let reply: Response;
  try {
    // Whom a redirect names has not been allowed.
    reply = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new Error(
      isLate ? `${host} did not answer in ${patience / 1000} s` : `${host} could not be reached`,
      {
        cause: error,
      },
    );
  }
  await reply.body?.cancel();
  if (reply.status >= 300 && reply.status < 400)
    throw new Error(`${host} answered ${reply.status}: redirects are not followed`);
  if (!reply.ok) throw new Error(`${host} answered ${reply.status}`);
}

async function mail(
  address: string,
  { parcel, delivery, patience }: { parcel: Parcel; delivery: Delivery; patience: number },
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: delivery.smtpUrl ?? '',
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { title, link, sha256, file } = parcel;
  try {
    await transport.sendMail({
      from: delivery.smtpFrom ?? '',
      to: address,
      subject: title.replace(/\s+/g, ' '),
      text: `${title}\n${link}\nSHA-256 ${sha256}\n`,
      attachments: [{ filename: file.name, content: Buffer.from(file.bytes), contentType: file.type }],
    });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new Error(`the mail server did not take it${code === '' ? '' : ` (${code})`}`, { cause: error });
  } finally {
    transport.close();
  }
}
