import assert from "node:assert/strict";
import { after, test } from "node:test";
import { shownCode } from "../../lib/auth/testing/authenticator";
import { openMailbox, tokenIn } from "../../lib/mail/testing/mailbox";
import { aborted, outcome, type Script } from "../../lib/runs/testing/runs-fixture";
import { type Endpoint, type EndpointName, endpoints } from "../../lib/schemas/endpoints";
import type { OpenApiDocument } from "../../lib/schemas/openapi";
import { EXAMPLES } from "../../lib/schemas/openapi/examples";
import { EXAMPLE_IDS, type ExampleRequest } from "../../lib/schemas/openapi/examples/example";
import type { ProgramSummary } from "../../lib/schemas/program";
import type { RunResult } from "../../lib/schemas/run";
import { ORIGIN, openRoutes, parseEvents } from "./routes";
import { PASSWORD, signedUp, signIn } from "./sign-in";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

/** Every answer below is held against the document by `Client.send`; what is asserted here is that it is the good one. */
const mailbox = await openMailbox();
after(() => mailbox.close());
const routes = await openRoutes({
  variables: {
    SMTP_URL: mailbox.url,
    SMTP_FROM: "Quicksand <noreply@example.org>",
    NEXTAUTH_URL: ORIGIN,
  },
});
after(() => routes.services.close());

const leavingPicture: Script = async function* () {
  yield { type: "stage", stage: "run" };
  const artifacts = [{ name: "plot.png", type: "image/png", bytes: Buffer.from("png") }];
  yield { type: "done", outcome: outcome({ artifacts }) };
};
const untilCancelled: Script = async function* (_spec, { signal }) {
  yield { type: "stage", stage: "run" };
  await aborted(signal);
  yield { type: "done", outcome: outcome({ status: "cancelled" }) };
};

/** The client that sends an example, and the real ids that replace the placeholders in it. */
interface Setting {
  visitor: Visitor;
  params?: Record<string, string>;
  body?: Record<string, unknown>;
}

const PROGRAM = { language: "python", code: "print(1)" };

async function newRun(visitor: Visitor): Promise<string> {
  routes.sandbox.script = leavingPicture;
  return (await visitor.json<RunResult>("POST", "/api/editor/run", PROGRAM)).id;
}

/** Starts a run that goes on until it is cancelled; ends it after the test. */
async function runningRun(visitor: Visitor, mode: "batch" | "interactive"): Promise<string> {
  routes.sandbox.script = untilCancelled;
  const body = { ...PROGRAM, mode };
  const answer = await visitor.ask("POST", "/api/editor/run?detach=1", body, { accept: "text/event-stream" });
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  const [first] = parseEvents(new TextDecoder().decode(value));
  assert.ok(first, "the stream began with an event");
  return (first.data as { id: string }).id;
}

async function sharedRun(): Promise<string> {
  const owner = new Visitor(routes);
  const id = await newRun(owner);
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "public" });
  return id;
}

async function withAuthenticator() {
  const { visitor } = await signedUp(routes);
  const { secret } = await visitor.json<{ secret: string }>("POST", "/api/account/two-factor");
  const confirm = { code: shownCode(secret, -1) };
  await visitor.json("POST", "/api/account/two-factor/confirm", confirm);
  return { visitor, body: { code: shownCode(secret) } };
}

const ownRun = async (): Promise<Setting> => {
  const visitor = new Visitor(routes);
  return { visitor, params: { id: await newRun(visitor) } };
};
const ownProgram = async (): Promise<Setting> => {
  const visitor = new Visitor(routes);
  const { id } = await visitor.json<ProgramSummary>("POST", "/api/programs", PROGRAM);
  return { visitor, params: { id } };
};
const user = async (): Promise<Setting> => {
  const visitor = new Visitor(routes);
  await signedIn(routes, visitor);
  return { visitor };
};
const withPassword = async (): Promise<Setting> => {
  const { visitor, email } = await signedUp(routes);
  await mailbox.take(email, /Confirm your e-mail address/);
  return { visitor, body: { password: PASSWORD } };
};
const ownWebhook = async (): Promise<Setting> => {
  const { visitor } = await user();
  const { id } = await visitor.json<{ id: string }>("POST", "/api/webhooks", {
    url: "https://example.org/a",
  });
  return { visitor, params: { id } };
};
const admin = async (): Promise<Setting> => {
  const visitor = new Visitor(routes);
  await signedIn(routes, visitor, { admin: true });
  return { visitor };
};
const adminOver = async (): Promise<Setting> => {
  const person = await signedIn(routes, new Visitor(routes));
  return { ...(await admin()), params: { id: person.id } };
};

/** How a setting is made where it takes more than somebody who may ask. */
const SETTINGS: Partial<Record<EndpointName, (example: ExampleRequest) => Promise<Setting>>> = {
  getRun: ownRun,
  updateRun: ownRun,
  deleteRun: ownRun,
  watchRun: ownRun,
  artifact: ownRun,
  rawRun: async () => {
    const { visitor, params } = await ownRun();
    return { visitor, params: { runId: params?.id ?? "" } };
  },
  reportRun: async () => ({ visitor: new Visitor(routes), params: { id: await sharedRun() } }),
  input: async () => {
    const visitor = new Visitor(routes);
    return { visitor, params: { id: await runningRun(visitor, "interactive") } };
  },
  cancel: async () => {
    const visitor = new Visitor(routes);
    return { visitor, params: { id: await runningRun(visitor, "batch") } };
  },
  getProgram: ownProgram,
  updateProgram: ownProgram,
  deleteProgram: ownProgram,
  duplicateProgram: ownProgram,
  deleteAccount: async () => {
    const { visitor, email } = await signedUp(routes);
    return { visitor, body: { email, password: PASSWORD } };
  },
  changePassword: async () => ({ ...(await withPassword()), body: { currentPassword: PASSWORD } }),
  changeEmail: withPassword,
  confirm: withPassword,
  forgotPassword: async () => ({ visitor: new Visitor(routes) }),
  sendEmailProof: withPassword,
  resetPassword: async () => {
    const { visitor, params } = await adminOver();
    const link = `/api/admin/users/${params?.id}/reset-link`;
    const { path } = await visitor.json<{ path: string }>("POST", link);
    return { visitor: new Visitor(routes), body: { token: path.split("#")[1] } };
  },
  proveEmail: async () => {
    const { visitor, email } = await signedUp(routes);
    return { visitor, body: { token: tokenIn(await mailbox.take(email, /Confirm your e-mail address/)) } };
  },
  beginTwoFactor: withPassword,
  enableTwoFactor: async () => {
    const { visitor } = await signedUp(routes);
    const { secret } = await visitor.json<{ secret: string }>("POST", "/api/account/two-factor");
    return { visitor, body: { code: shownCode(secret) } };
  },
  renewRecoveryCodes: withAuthenticator,
  disableTwoFactor: withAuthenticator,
  endSession: async () => {
    const { visitor, email } = await signedUp(routes);
    const sessions = async () =>
      (await visitor.json<{ sessions: { id: string }[] }>("GET", "/api/account/sessions")).sessions;
    const [first] = await sessions();
    await signIn(new Visitor(routes), email);
    const other = (await sessions()).find(({ id }) => id !== first?.id);
    return { visitor, params: { id: other?.id ?? "" } };
  },
  revokeKey: async () => {
    const visitor = new Visitor(routes);
    const owner = await signedIn(routes, visitor);
    return { visitor, params: { id: (await keyOf(routes, owner, ["run"])).id } };
  },
  deleteWebhook: ownWebhook,
  webhookDeliveries: ownWebhook,
  adminUpdateUser: adminOver,
  adminResetLink: adminOver,
  adminUpdateRun: async ({ body }) => {
    const setting = { ...(await admin()), params: { id: await sharedRun() } };
    const down = { takenDown: true, reason: "spam" };
    const restores = (body as { takenDown: boolean }).takenDown === false;
    if (restores) await setting.visitor.json("PATCH", `/api/admin/runs/${setting.params.id}`, down);
    return setting;
  },
  adminDismissReport: async () => {
    const id = await sharedRun();
    await new Visitor(routes).json("POST", `/api/runs/${id}/report`, { reason: "spam" });
    const setting = await admin();
    const { cases } = await setting.visitor.json<{ cases: { id: string; run: { id: string } }[] }>(
      "GET",
      "/api/admin/reports",
    );
    return { ...setting, params: { id: cases.find(({ run }) => run.id === id)?.id ?? "" } };
  },
};

/** What cannot succeed here, and why. */
const REFUSED: Partial<Record<EndpointName, number>> = {
  // There is an admin already, so no code waits.
  redeemAdminCode: 400,
  // In-process nothing upgrades.
  terminal: 404,
};

async function settingOf(
  name: EndpointName,
  { access }: Endpoint,
  example: ExampleRequest,
): Promise<Setting> {
  const made = await SETTINGS[name]?.(example);
  if (made) return made;
  if (access === "admin") return admin();
  if (access === "user") return user();
  return { visitor: new Visitor(routes) };
}

function addressOf(
  { path }: Endpoint,
  params: Record<string, string>,
  query: Record<string, string>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  return Object.keys(query).length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled;
}

/** The example's own value, but where the setting has another of the same name. */
function bodyOf({ body }: ExampleRequest, { body: own = {} }: Setting): unknown {
  if (body === undefined) return undefined;
  const given = body as Record<string, unknown>;
  const changed = Object.entries(own).filter(([field]) => field in given);
  return { ...given, ...Object.fromEntries(changed) };
}

for (const [name, endpoint] of Object.entries<Endpoint>(endpoints) as [EndpointName, Endpoint][]) {
  for (const example of EXAMPLES[name] as readonly ExampleRequest[]) {
    test(`${endpoint.method} ${endpoint.path}, "${example.title}", is answered as the document says`, async () => {
      const setting = await settingOf(name, endpoint, example);
      if (name !== "input" && name !== "cancel") routes.sandbox.script = leavingPicture;
      const address = addressOf(endpoint, { ...example.params, ...setting.params }, { ...example.query });
      const answer = await setting.visitor.ask(endpoint.method, address, bodyOf(example, setting));
      const expected = REFUSED[name] ?? endpoint.status ?? 200;
      assert.equal(answer.status, expected, await answer.clone().text());
      await answer.body?.cancel();
    });
  }
}

test("GET /api/openapi.json is the document, with the address that people use", async () => {
  const document = await new Visitor(routes).json<OpenApiDocument>("GET", "/api/openapi.json");
  assert.equal(document.openapi, "3.1.0");
  assert.deepEqual(document.servers, [{ url: ORIGIN }]);
  assert.ok(document.paths["/api/editor/run"]?.post);
  assert.ok(!JSON.stringify(document).includes('"$id"'));
  assert.equal(Object.values(EXAMPLE_IDS).length, new Set(Object.values(EXAMPLE_IDS)).size);
});
