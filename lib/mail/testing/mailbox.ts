import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  /** The recipients of the envelope. */
  to: string[];
  subject: string;
  text: string;
}

export interface Mailbox {
  url: string;
  port: number;
  received: ReceivedMail[];
  /** The next mail, or one that is there, to this address whose subject matches; it is taken out. Waits up to ten seconds. */
  take(to: string, subject: RegExp): Promise<ReceivedMail>;
  /** Makes the server refuse the next mails with this reply. */
  refuse(replies: readonly number[]): void;
  /** How many times somebody tried to send. */
  attempts(): number;
  close(): Promise<void>;
}

const WAIT_MS = 10_000;

/** A real SMTP server on loopback that keeps what it is given. */
export async function openMailbox(port = 0): Promise<Mailbox> {
  const received: ReceivedMail[] = [];
  const replies: number[] = [];
  let attempts = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      attempts += 1;
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const reply = replies.shift();
        if (reply !== undefined) {
          done(Object.assign(new Error("not now"), { responseCode: reply }));
          return;
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, ...parse(Buffer.concat(chunks).toString("utf8")) });
        done();
      });
    },
  });
  server.on("error", () => {});
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const { port: actual } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${actual}`,
    port: actual,
    received,
    async take(to, subject) {
      const end = Date.now() + WAIT_MS;
      for (;;) {
        const index = received.findIndex((mail) => mail.to.includes(to) && subject.test(mail.subject));
        const [mail] = index < 0 ? [] : received.splice(index, 1);
        if (mail) return mail;
        if (Date.now() > end) {
          const there = received.map((each) => `${each.to}: ${each.subject}`).join("; ");
          throw new Error(`No mail to ${to} with ${subject} came; there are: ${there || "none"}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    refuse: (codes) => void replies.push(...codes),
    attempts: () => attempts,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Subject and text of a message as nodemailer writes them: one part, plain or quoted-printable. */
function parse(message: string): Pick<ReceivedMail, "subject" | "text"> {
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ");
  const body = rest.join("\r\n\r\n");
  const quoted = /^content-transfer-encoding: quoted-printable/im.test(headers);
  const text = quoted
    ? Buffer.from(
        body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => {
          return String.fromCharCode(Number.parseInt(hex, 16));
        }),
        "latin1",
      ).toString("utf8")
    : body;
  const subject = /^subject: (.*)$/im.exec(headers)?.[1] ?? "";
  return { subject, text: text.replaceAll("\r\n", "\n") };
}

/** The token of the link in a mail. */
export function tokenIn({ text }: ReceivedMail): string {
  const token = /#([\w-]{32,})/.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no link in: ${text}`);
  return token;
}
