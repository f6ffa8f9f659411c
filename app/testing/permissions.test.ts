import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { outcome } from "../../lib/runs/testing/runs-fixture";
import { type Endpoint, type EndpointName, endpoints } from "../../lib/schemas/endpoints";
import { openRoutes, type RouteFile } from "./routes";
import { routeFileOf, Visitor } from "./site";
import { type Actor, type ActorName, keyOf, makeWorld, signedIn, type World } from "./world";

/** Whose a thing is that an address names. */
type Owner = "guest" | "userA" | "userB" | "admin" | "nobody" | "absent";

interface Target {
  name: string;
  id: string;
  owner: Owner;
  shared: boolean;
}

/** What an endpoint may answer to an actor it lets in, for one thing named by the address. */
interface Rule {
  /** The things its `{id}` can name; a single nameless one for an address without. */
  targets(world: World): Target[];
  /** Statuses of success. */
  done: readonly number[];
  /** Whether an actor that is let in may do it to this target; otherwise 404, as for what does not exist. */
  may(asker: Owner, target: Target): boolean;
  body?: (actor: Actor) => unknown;
  query?: string;
}

const ACTORS = ["guest", "userA", "userB", "admin"] as const;

const runs = ({ actors, sharedRun, absent }: World): Target[] => [
  ...ACTORS.map((owner) => ({ name: `run of ${owner}`, id: actors[owner].run, owner, shared: false })),
  { name: "shared run of userA", id: sharedRun, owner: "userA", shared: true },
  { name: "no run", id: absent, owner: "absent", shared: false },
];
const programs = ({ actors, absent }: World): Target[] => [
  ...ACTORS.map((owner) => ({
    ...{ name: `program of ${owner}`, id: actors[owner].program, owner, shared: false },
  })),
  { name: "no program", id: absent, owner: "absent", shared: false },
];
const keys = ({ actors, absent }: World): Target[] => [
  ...(["userA", "userB", "admin"] as const).map((owner) => ({
    ...{ name: `key of ${owner}`, id: actors[owner].key, owner, shared: false },
  })),
  { name: "no key", id: absent, owner: "absent", shared: false },
];
const users = ({ actors, absent }: World): Target[] => [
  ...(["userA", "userB"] as const).map((owner) => ({
    ...{ name: owner, id: actors[owner].user.id, owner, shared: false },
  })),
  { name: "no user", id: absent, owner: "absent", shared: false },
];
/** Nobody can guess another's; one's own is in app/testing/sessions.test.ts. */
const sessions = ({ absent }: World): Target[] => [
  { name: "no session", id: absent, owner: "absent", shared: false },
];
/** Another's are in app/testing/webhooks.test.ts. */
const webhooks = ({ absent }: World): Target[] => [
  { name: "no webhook", id: absent, owner: "absent", shared: false },
];
const nothing = (): Target[] => [{ name: "-", id: "", owner: "nobody", shared: false }];
const language = (): Target[] => [{ name: "python", id: "python", owner: "nobody", shared: true }];

const anybody: Rule = { targets: nothing, done: [200], may: () => true };
const reading: Rule = {
  targets: runs,
  done: [200],
  may: (asker, { owner, shared }) => shared || asker === owner,
};
const owning: Rule = { targets: runs, done: [200], may: (asker, { owner }) => asker === owner };

const owningProgram: Rule = { ...owning, targets: programs };

/** One per endpoint: a new endpoint without a rule is a type error. */
const RULES: Record<EndpointName, Rule> = {
  run: { ...anybody, body: () => ({ language: "python", code: "" }) },
  format: { ...anybody, body: () => ({ language: "python", code: "" }) },
  submitRun: { ...anybody, done: [202], body: () => ({ language: "python", code: "" }) },
  submitRuns: { ...anybody, done: [202], body: () => ({ runs: [{ language: "python", code: "" }] }) },
  getRun: reading,
  updateRun: { ...owning, body: () => ({ title: "theirs" }) },
  deleteRun: owning,
  listRuns: anybody,
  deleteRuns: anybody,
  exportRuns: anybody,
  statistics: anybody,
  usage: anybody,
  artifact: reading,
  rawRun: reading,
  watchRun: owning,
  // The runs have ended, which only their owner is told.
  input: { ...owning, done: [409], body: () => ({ text: "x" }) },
  cancel: owning,
  // The runs had no terminal, which only their owner is told.
  terminal: { ...owning, done: [409] },
  reportRun: {
    ...reading,
    // What is one's own is not reported.
    done: [200, 409],
    body: () => ({ reason: "spam" }),
  },
  listPrograms: anybody,
  createProgram: { ...anybody, done: [201], body: () => ({ language: "python", code: "" }) },
  getProgram: owningProgram,
  updateProgram: { ...owningProgram, body: () => ({ title: "theirs", code: "theirs" }) },
  deleteProgram: owningProgram,
  duplicateProgram: { ...owningProgram, done: [201] },
  languages: anybody,
  examples: { ...anybody, targets: language },
  warmLanguage: { ...anybody, targets: language },
  openApi: anybody,
  health: anybody,
  liveness: anybody,
  readiness: anybody,
  status: anybody,
  metrics: anybody,
  signUp: { ...anybody, body: () => ({ email: `${Math.random()}@example.org`, password: "long enough" }) },
  account: anybody,
  // There is an admin, so no code waits.
  redeemAdminCode: { ...anybody, done: [400], body: () => ({ adminCode: "any" }) },
  updateAccount: { ...anybody, body: () => ({ name: "Else" }) },
  deleteAccount: { ...anybody, body: ({ user }) => ({ email: user?.email ?? "a@example.org" }) },
  changePassword: { ...anybody, body: () => ({ newPassword: "long enough" }) },
  // No mail is sent here, and no link is known.
  forgotPassword: { ...anybody, done: [409], body: () => ({ email: "a@example.org" }) },
  resetPassword: { ...anybody, done: [400], body: () => ({ token: "guessed", newPassword: "long enough" }) },
  proveEmail: { ...anybody, done: [400], body: () => ({ token: "guessed" }) },
  sendEmailProof: { ...anybody, done: [409] },
  changeEmail: { ...anybody, done: [409], body: () => ({ email: "a@example.org" }) },
  twoFactor: anybody,
  beginTwoFactor: anybody,
  // It is neither begun nor on.
  enableTwoFactor: { ...anybody, done: [409], body: () => ({ code: "123456" }) },
  renewRecoveryCodes: { ...anybody, done: [409], body: () => ({ code: "123456" }) },
  disableTwoFactor: { ...anybody, done: [409], body: () => ({ code: "123456" }) },
  // They have no password.
  confirm: { ...anybody, done: [409], body: () => ({ password: "anything" }) },
  listSessions: anybody,
  endOtherSessions: anybody,
  endSession: { ...anybody, targets: sessions, may: () => false },
  updatePreferences: { ...anybody, body: () => ({ fontSize: 20 }) },
  exportAccount: anybody,
  listKeys: anybody,
  createKey: { ...anybody, done: [201], body: () => ({ name: "mine" }) },
  revokeKey: { ...owning, targets: keys },
  listWebhooks: anybody,
  createWebhook: { ...anybody, done: [201], body: () => ({ url: "https://example.org/hook" }) },
  deleteWebhook: { ...anybody, targets: webhooks, may: () => false },
  webhookDeliveries: { ...anybody, targets: webhooks, may: () => false },
  adminOverview: anybody,
  adminUsers: anybody,
  adminUpdateUser: {
    ...anybody,
    targets: users,
    may: (_, { owner }) => owner !== "absent",
    body: () => ({ suspended: true }),
  },
  adminResetLink: { ...anybody, targets: users, may: (_, { owner }) => owner !== "absent" },
  audit: anybody,
  exportAudit: anybody,
  adminReports: anybody,
  // There is no report: to whom it is let in, that is told.
  adminDismissReport: {
    ...anybody,
    targets: ({ absent }) => [{ name: "no report", id: absent, owner: "nobody", shared: true }],
    done: [409],
    body: () => ({ decision: "dismissed" }),
  },
  adminUpdateRun: {
    ...anybody,
    targets: runs,
    may: (_, { shared }) => shared,
    body: () => ({ takenDown: true, reason: "spam" }),
  },
};

const routes = await openRoutes();
routes.sandbox.script = async function* () {
  yield { type: "stage", stage: "run" };
  yield {
    type: "done",
    outcome: outcome({ artifacts: [{ name: "a.txt", type: "text/plain", bytes: Buffer.from("a") }] }),
  };
};
// CVE-2025-29927: with this header Next.js once skipped its middleware. Permissions must not depend on middleware.
const SKIP_MIDDLEWARE = { "x-middleware-subrequest": Array(5).fill("proxy").join(":") };

/** The status with which an endpoint refuses an actor, whatever is asked for; `null` when it lets them in. */
function refused({ access, scope }: Endpoint, actor: ActorName): number | null {
  if (access === "public") return null;
  if (actor === "revokedKeyOfA") return 401;
  if (actor === "runKeyOfA" || actor === "readKeyOfA") {
    if (scope !== (actor === "runKeyOfA" ? "run" : "read")) return 403;
  }
  if (access === "viewer") return null;
  if (actor === "nobody" || actor === "guest") return 401;
  return access === "admin" && actor !== "admin" ? 403 : null;
}

function ownerOf(actor: ActorName): Owner {
  if (actor === "revokedKeyOfA" || actor === "nobody") return "nobody";
  return actor === "runKeyOfA" || actor === "readKeyOfA" ? "userA" : actor;
}

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

function expected(endpoint: Endpoint, rule: Rule, actor: ActorName, target: Target): readonly number[] {
  const refusal = refused(endpoint, actor);
  if (refusal !== null) return [refusal];
  return rule.may(ownerOf(actor), target) ? rule.done : [404];
}

test("every endpoint of the table has a rule and a route file, and no route file is without an endpoint", () => {
  const table = new Map<string, Set<string>>();
  for (const [name, endpoint] of Object.entries(endpoints)) {
    assert.ok(name in RULES, `${name} has no rule here`);
    const file = routeFileOf(endpoint.path);
    assert.ok(existsSync(file), `${name} is served by nothing at ${file}`);
    table.set(file, (table.get(file) ?? new Set()).add(name));
  }
  const files = routeFiles()
    // Not in the table: next-auth's route, the one that catches every other address, and a text that is the same for everybody.
    .filter((file) => !/\[\.\.\.(nextauth|path)\]|security\.txt/.test(file));
  assert.ok(files.length > 20);
  for (const file of files) {
    if (isOfAnotherService(file)) continue;
    // Four are bound to their endpoints in lib/http: the route behind both doors, those of runs that nobody waits for, and the metrics.
    const text = readFileSync(file, "utf8")
      .replace("runRoute", "endpoints.run")
      .replace("metricsRoute", "endpoints.metrics")
      .replace("acceptedRoute", "endpoints.submitRun")
      .replace("batchRoute", "endpoints.submitRuns");
    const served = [...text.matchAll(/endpoints\.(\w+)/g)].map(([, name]) => name ?? "");
    assert.deepEqual(new Set(served), table.get(file), `${file} serves what the table does not say`);
  }
});

function routeFiles(): string[] {
  const app = path.join(import.meta.dirname, "..");
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file).startsWith("route."))
    .map((file) => path.join(app, file));
}

/** Serves nothing but the API of another service, whose door is the same for all of them. */
function isOfAnotherService(file: string): boolean {
  const text = readFileSync(file, "utf8");
  return /from "@\/lib\/(?:compatible\/\w+|mcp)";/.test(text) && !/endpoints\.|@\/lib\/http/.test(text);
}

test("no address of another service's API does anything for a key without the scope for it", async () => {
  const visitor = new Visitor(routes);
  const { headers } = await keyOf(routes, await signedIn(routes, visitor), []);
  const client = new Visitor(routes, { ...headers, "content-type": "application/json" });
  const files = routeFiles().filter(isOfAnotherService);
  assert.ok(files.length > 10);
  for (const file of files) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const response = await client.send((await import(file)) as RouteFile, "/", {
        ...{ method, headers: client.headers, params: {} },
        ...(method === "GET" ? {} : { body: "{}" }),
      });
      const what = `${method} ${path.relative(".", file)} answered ${response.status}`;
      // 404 is what such an API says of a method that it does not have.
      assert.ok([403, 404, 405].includes(response.status), what);
    }
  }
});

for (const [name, endpoint] of Object.entries(endpoints) as [EndpointName, Endpoint][]) {
  test(`${endpoint.method} ${endpoint.path} is for whom the table says, whatever it names`, async () => {
    const rule = RULES[name];
    let world = await makeWorld(routes, SKIP_MIDDLEWARE);
    const count = rule.targets(world).length;
    for (let index = 0; index < count; index++) {
      for (const actor of Object.keys(world.actors) as ActorName[]) {
        const letIn = await checkOne(endpoint, rule, world, actor, rule.targets(world)[index] as Target);
        // What it may have changed is not for the next.
        if (letIn && endpoint.method !== "GET") world = await makeWorld(routes, SKIP_MIDDLEWARE);
      }
    }
  });
}

/** Returns whether the actor had to be let in. */
async function checkOne(
  endpoint: Endpoint,
  rule: Rule,
  world: World,
  name: ActorName,
  target: Target,
): Promise<boolean> {
  const actor: Actor = world.actors[name];
  const address = endpoint.path.replace(/\{(id|runId)\}/, target.id).replace("{name}", "a.txt");
  const before = await snapshot(world);
  const response = await actor.visitor.ask(endpoint.method, address, rule.body?.(actor));
  const text = await response.text();
  const said = `${name} × ${target.name}: ${response.status} ${text.slice(0, 300)}`;
  const statuses = expected(endpoint, rule, name, target);
  assert.ok(statuses.includes(response.status), said);
  // Decided by the table, not by the answer: an actor that must be refused has changed nothing.
  const letIn = statuses.some((status) => !REFUSALS.has(status));
  if (!letIn) {
    assert.match(response.headers.get("content-type") ?? "", /json/);
    assert.deepEqual(await snapshot(world), before, `${said}: refused, and yet something has changed`);
  }
  if (endpoint.access === "public") return letIn;
  // No answer contains the id of somebody else's private run or program.
  for (const { owner, id, shared } of [...runs(world), ...programs(world)]) {
    const named = target.id === id;
    if (!shared && owner !== ownerOf(name) && owner !== "absent" && !named)
      assert.ok(!text.includes(id), said);
  }
  return letIn;
}

/** Everything the actors own. */
async function snapshot({ actors, sharedRun }: World) {
  const ids = [...ACTORS.map((name) => actors[name].run), sharedRun];
  const runsThere = await Promise.all(ids.map((id) => routes.store.getRun(id)));
  const people = await Promise.all(
    (["userA", "userB", "admin"] as const).map(async (name) => {
      const { id } = actors[name].user;
      const keysThere = await routes.store.accounts.listKeys(id);
      return [await routes.store.accounts.getUser(id), keysThere.map((key) => key.id)];
    }),
  );
  const programsThere = await Promise.all(
    [...(["userA", "userB", "admin"] as const), "guest" as const].map(async (name) => {
      const { program, visitor } = actors[name];
      return (await visitor.ask("GET", `/api/programs/${program}`)).text();
    }),
  );
  return { runs: runsThere.map((run) => run?.id), programs: programsThere, people };
}
