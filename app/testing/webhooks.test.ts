import assert from "node:assert/strict";
import { after, test } from "node:test";
import { errorBodySchema } from "../../lib/schemas/error";
import { type DeliveryView, type WebhookView, webhookPayloadSchema } from "../../lib/schemas/webhook";
import { openReceiver } from "../../lib/webhooks/testing/receiver";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const receiver = await openReceiver();
after(() => receiver.close());
const routes = await openRoutes({ variables: { QUICKSAND_WEBHOOK_TARGETS: "any" } });
after(() => routes.services.close());
const PROGRAM = { language: "python", code: "print(1)" };

async function person() {
  const visitor = new Visitor(routes);
  return { visitor, user: await signedIn(routes, visitor) };
}

async function refusal(answer: Response): Promise<string> {
  const { error } = errorBodySchema.parse(await answer.json());
  return `${answer.status} ${error.code}: ${error.message}`;
}

const hooksOf = async (visitor: Visitor) =>
  (await visitor.json<{ webhooks: WebhookView[] }>("GET", "/api/webhooks")).webhooks;

test("a run that was accepted by a key is told to its owner's webhook; one that somebody waited for is not", async () => {
  const { visitor, user } = await person();
  const { id } = await visitor.json<WebhookView>("POST", "/api/webhooks", { url: receiver.url });
  await visitor.json("POST", "/api/editor/run", PROGRAM);
  const { headers } = await keyOf(routes, user, ["run"]);
  const client = new Visitor(routes, headers);
  const { id: run } = (await (await client.ask("POST", "/api/runs", PROGRAM)).json()) as { id: string };
  await receiver.until(1);
  const [received] = receiver.received;
  assert.equal(webhookPayloadSchema.parse(JSON.parse(received?.body ?? "")).data.id, run);
  const log = `/api/webhooks/${id}/deliveries`;
  let deliveries: DeliveryView[] = [];
  // The attempt is noted after the receiver has it.
  while (deliveries[0]?.status !== "delivered") {
    ({ deliveries } = await visitor.json<{ deliveries: DeliveryView[] }>("GET", log));
  }
  assert.deepEqual(
    [deliveries.length, deliveries[0]?.run, deliveries[0]?.attempts[0]?.httpStatus],
    [1, run, 200],
  );
  assert.equal(receiver.received.length, 1);
});

test("the runs of a batch are told each", async () => {
  const { visitor } = await person();
  await visitor.json("POST", "/api/webhooks", { url: receiver.url });
  const before = receiver.received.length;
  await visitor.ask("POST", "/api/runs/batch", { runs: [PROGRAM, PROGRAM, PROGRAM] });
  await receiver.until(before + 3);
});

test("webhooks are seen, read and removed by their owner alone", async () => {
  const [owner, other] = [await person(), await person()];
  const made = await owner.visitor.json<WebhookView & { secret: string }>("POST", "/api/webhooks", {
    url: " https://example.org/hook ",
  });
  assert.equal(made.url, "https://example.org/hook");
  const address = `/api/webhooks/${made.id}`;
  const { secret: _, ...shown } = made;
  assert.deepEqual(await hooksOf(owner.visitor), [shown]);
  assert.deepEqual(await hooksOf(other.visitor), []);
  assert.match(await refusal(await other.visitor.ask("GET", `${address}/deliveries`)), /404 not_found/);
  assert.match(await refusal(await other.visitor.ask("DELETE", address)), /404 not_found/);
  const { headers } = await keyOf(routes, owner.user, ["run", "read"]);
  assert.match(
    await refusal(await new Visitor(routes, headers).ask("GET", "/api/webhooks")),
    /403 forbidden/,
  );
  assert.match(await refusal(await new Visitor(routes).ask("GET", "/api/webhooks")), /401 unauthorized/);
  assert.deepEqual(await owner.visitor.json("DELETE", address), { deleted: true });
  assert.deepEqual(await hooksOf(owner.visitor), []);
});

test("what is no address is refused in words, and so is a sixth webhook", async () => {
  const { visitor } = await person();
  const make = (url: string) => visitor.ask("POST", "/api/webhooks", { url });
  for (const [url, why] of [
    ["", /is no address/],
    ["example.org", /is no address/],
    ["ftp://example.org/", /must begin with https/],
    ["javascript:alert(1)", /must begin with https/],
    ["https://me:secret@example.org/", /a name or a password/],
    [`https://example.org/${"x".repeat(2_000)}`, /2,020 characters long; the limit is 2,000/],
  ] as const) {
    const said = await refusal(await make(url));
    assert.match(said, /^400 invalid_request: `url` /);
    assert.match(said, why);
  }
  for (let at = 0; at < 5; at++) assert.equal((await make(`https://example.org/${at}`)).status, 201);
  assert.match(await refusal(await make("https://example.org/6")), /409 conflict: There are 5 webhooks/);
});
