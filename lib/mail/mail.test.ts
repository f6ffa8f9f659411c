import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createLog } from "../log";
import { createMailer, type Mailer } from ".";
import { RecipientLimit } from "./recipient-limit";
import { openMailbox } from "./testing/mailbox";

const mailbox = await openMailbox();
after(() => mailbox.close());
const MAIL = { kind: "test", to: "ada@example.org", subject: "A subject", text: "A text — with a dash.\n" };
const RETRIES_MS = [10, 10];

function mailer(url = mailbox.url): Mailer {
  const smtp = { url, from: "Quicksand <noreply@example.org>" };
  return createMailer({ smtp, log: createLog("silent"), retryDelaysMs: RETRIES_MS });
}

test("a mail arrives as it was written", async () => {
  const sender = mailer();
  sender.send(MAIL);
  const { subject, text, to } = await mailbox.take(MAIL.to, /./);
  assert.deepEqual([to, subject, text.trim()], [[MAIL.to], MAIL.subject, MAIL.text.trim()]);
  await sender.close();
});

test("an address with a comma is one recipient", async () => {
  const sender = mailer();
  sender.send({ ...MAIL, to: "ada,grace@example.org" });
  const quoted = '"ada,grace"@example.org';
  assert.deepEqual((await mailbox.take(quoted, /./)).to, [quoted]);
  await sender.close();
});

test("what a server refuses for now is sent again, and what it refuses for good is not", async () => {
  const sender = mailer();
  const before = mailbox.attempts();
  mailbox.refuse([451, 451]);
  sender.send(MAIL);
  await mailbox.take(MAIL.to, /./);
  assert.equal(mailbox.attempts() - before, 3);
  mailbox.refuse([550]);
  sender.send({ ...MAIL, subject: "Refused" });
  while (mailbox.attempts() - before < 4) await sleep(5);
  sender.send({ ...MAIL, to: "grace@example.org" });
  await mailbox.take("grace@example.org", /./);
  await sender.close();
  assert.equal(mailbox.attempts() - before, 5);
  assert.deepEqual(mailbox.received, []);
});

test("a server that is not there neither throws nor holds up, and closing ends it", async () => {
  const gone = await openMailbox();
  await gone.close();
  const sender = mailer(gone.url);
  for (let index = 0; index < 5; index++) sender.send({ ...MAIL, to: `p${index}@example.org` });
  await sender.close();
  sender.send(MAIL);
});

test("without a server to send through nothing is sent, and nothing fails", async () => {
  const none = createMailer({ smtp: null, log: createLog("silent") });
  assert.equal(none.enabled, false);
  none.send(MAIL);
  await none.close();
});

test("nobody gets more than five mails of a kind an hour, and one kind does not use up another", () => {
  const limit = new RecipientLimit();
  const [ada, kind] = ["ada@example.org", "reset_password"];
  const taken = Array.from({ length: 12 }, () => limit.take(ada, kind, 0));
  assert.equal(taken.filter(Boolean).length, 5);
  assert.deepEqual([limit.take("grace@example.org", kind, 0), limit.take(ada, "signed_in", 0)], [true, true]);
  assert.equal(limit.take(ada, kind, 3_600_000), true);
});
