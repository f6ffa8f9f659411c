import { createTransport } from "nodemailer";
import type { Logger } from "../log";
import { RecipientLimit } from "./recipient-limit";

/** One mail, as text: nothing in it can be hidden, tracked or loaded from elsewhere. */
export interface Mail {
  /** What it is about, for the log, which never has addresses. */
  kind: string;
  to: string;
  subject: string;
  text: string;
}

/** Sends mail in the background. */
export interface Mailer {
  /** Whether a server to send through is configured. Without one, `send` does nothing. */
  enabled: boolean;
  /** Never throws and never waits: mail must not delay a request or make it fail. What cannot be sent is tried again, then logged. */
  send(mail: Mail): void;
  /** Gives what is under way a moment; the rest is lost, and logged. */
  close(): Promise<void>;
}

export interface MailerOptions {
  /** Server to send through; `null` for none. */
  smtp: { url: string; from: string } | null;
  log: Logger;
  /** Waits before each further attempt. */
  retryDelaysMs?: readonly number[];
}

/** Two minutes of a restart, an hour of an outage; later than that a link of 30 minutes is of no use. */
const RETRY_DELAYS_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000];
const MAX_WAITING = 1_000;
/** A server that hangs must not hold a connection for ever. */
const TIME_OUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const CLOSE_WAIT_MS = 3_000;
/** SMTP replies from here on say that trying again is of no use (RFC 5321, 4.2.1). */
const FIRST_PERMANENT_REPLY = 500;

export const NO_MAILER: Mailer = { enabled: false, send() {}, async close() {} };

export function createMailer({ smtp, log, retryDelaysMs = RETRY_DELAYS_MS }: MailerOptions): Mailer {
  if (smtp === null) return NO_MAILER;
  const { from } = smtp;
  const transport = createTransport({ url: smtp.url, pool: true, maxConnections: 2, ...TIME_OUTS });
  const recipients = new RecipientLimit();
  const underWay = new Set<Promise<void>>();
  const waiting = new Set<NodeJS.Timeout>();
  let closed = false;

  async function attempt(mail: Mail, failures: number): Promise<void> {
    const { kind, to, subject, text } = mail;
    try {
      // As objects: in a text, a comma would make two recipients of one.
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text });
      log.debug({ kind, failures }, "a mail was sent");
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number };
      const delayMs = retryDelaysMs[failures];
      const permanent = (responseCode ?? 0) >= FIRST_PERMANENT_REPLY;
      // Not the error itself: a server's words often quote the address.
      const what = { kind, failures: failures + 1, code, responseCode };
      if (permanent || delayMs === undefined || closed) log.error(what, "a mail could not be sent");
      else {
        log.warn({ ...what, retryInMs: delayMs }, "a mail could not be sent yet");
        later(mail, failures + 1, delayMs);
      }
    }
  }

  function later(mail: Mail, failures: number, delayMs: number): void {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      start(mail, failures);
    }, delayMs);
    timer.unref();
    waiting.add(timer);
  }

  function start(mail: Mail, failures: number): void {
    const sending = attempt(mail, failures).finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  return {
    enabled: true,

    send(mail) {
      const { kind } = mail;
      if (closed || underWay.size + waiting.size >= MAX_WAITING) {
        log.error({ kind, waiting: waiting.size }, "a mail was not sent: too many wait, or the server stops");
      } else if (!recipients.take(mail.to, kind)) {
        log.warn({ kind }, "a mail was not sent: its recipient has had too many of its kind this hour");
      } else start(mail, 0);
    },

    async close() {
      closed = true;
      if (waiting.size > 0)
        log.error({ waiting: waiting.size }, "mails are lost that waited to be sent again");
      for (const timer of waiting) clearTimeout(timer);
      const pause = new Promise((resolve) => setTimeout(resolve, CLOSE_WAIT_MS).unref());
      await Promise.race([Promise.allSettled(underWay), pause]);
      transport.close();
    },
  };
}
