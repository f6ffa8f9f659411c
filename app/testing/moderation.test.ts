import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome } from "../../lib/runs/testing/runs-fixture";
import type { AuditEntry } from "../../lib/schemas/admin";
import type { RunDetail, RunPage } from "../../lib/schemas/history";
import type { ReportCase } from "../../lib/schemas/moderation";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

const routes = await openRoutes();
routes.sandbox.script = async function* () {
  yield { type: "stage", stage: "run" };
  const artifacts = [{ name: "a.txt", type: "text/plain", bytes: Buffer.from("a") }];
  yield { type: "done", outcome: outcome({ artifacts }) };
};

async function person(rest: Parameters<typeof signedIn>[2] = {}) {
  const visitor = new Visitor(routes, { "user-agent": FIREFOX });
  return { visitor, user: await signedIn(routes, visitor, rest) };
}
const { visitor: admin, user: adminUser } = await person({ admin: true, email: "boss@example.org" });

async function sharedRun(owner: Visitor, code = "print(1)"): Promise<string> {
  const { id } = await owner.json<{ id: string }>("POST", "/api/editor/run", { language: "python", code });
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "public" });
  return id;
}

async function statusAndCode(response: Response): Promise<[number, string]> {
  const body = (await response.json()) as { error?: { code: string } };
  return [response.status, body.error?.code ?? ""];
}

/** Every address at which others read a shared run. */
const readings = (id: string) => [`/api/runs/${id}`, `/api/runs/${id}/artifacts/a.txt`, `/r/${id}/raw`];
const takeDown = (id: string, note = "Hidden in a picture.") =>
  admin.json("PATCH", `/api/admin/runs/${id}`, { takenDown: true, reason: "malware", note });
const openCases = async () => (await admin.json<{ cases: ReportCase[] }>("GET", "/api/admin/reports")).cases;
const caseOf = async (run: string) => (await openCases()).find((each) => each.run.id === run);

test("what an admin takes down is 410 for everybody else, and its owner reads why", async () => {
  const { visitor: owner, user } = await person();
  const id = await sharedRun(owner);
  for (const address of readings(id))
    assert.equal((await new Visitor(routes).ask("GET", address)).status, 200);
  await takeDown(id);
  for (const other of [new Visitor(routes), admin]) {
    for (const address of readings(id)) {
      assert.deepEqual(await statusAndCode(await other.ask("GET", address)), [410, "gone"], address);
    }
  }
  const own = await owner.json<RunDetail>("GET", `/api/runs/${id}`);
  assert.deepEqual([own.takedown?.reason, own.takedown?.note], ["malware", "Hidden in a picture."]);
  const { runs } = await owner.json<RunPage>("GET", "/api/runs");
  assert.equal(runs[0]?.takedown?.reason, "malware");
  const [entry] = (
    await admin.json<{ entries: AuditEntry[] }>("GET", "/api/admin/audit?action=admin_run_taken_down")
  ).entries;
  assert.deepEqual(
    [entry?.actor, entry?.subject, entry?.detail, entry?.browser, entry?.network],
    [
      adminUser.id,
      user.id,
      `run ${id} · malware · Hidden in a picture.`,
      "Firefox 128 on Linux",
      admin.address,
    ],
  );
});

test("what is taken down is not shared again by its owner, but by an admin who restores it", async () => {
  const { visitor: owner } = await person();
  const id = await sharedRun(owner);
  await takeDown(id);
  for (const visibility of ["unlisted", "public"]) {
    const answer = await owner.ask("PATCH", `/api/runs/${id}`, { visibility });
    assert.deepEqual(await statusAndCode(answer), [403, "forbidden"]);
  }
  await owner.json("PATCH", `/api/runs/${id}`, { title: "Mine", visibility: "private" });
  assert.equal((await new Visitor(routes).ask("GET", `/api/runs/${id}`)).status, 404);
  await admin.json("PATCH", `/api/admin/runs/${id}`, { takenDown: false });
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "unlisted" });
  assert.equal((await new Visitor(routes).ask("GET", `/api/runs/${id}`)).status, 200);
  const again = await admin.ask("PATCH", `/api/admin/runs/${id}`, { takenDown: false });
  assert.equal(again.status, 404);
});

test("a private run is not an admin's to take down, nor to know of", async () => {
  const { visitor: owner } = await person();
  const { id } = await owner.json<{ id: string }>("POST", "/api/editor/run", {
    language: "python",
    code: "",
  });
  const answers = await Promise.all(
    [id, "absent"].map((each) =>
      admin.ask("PATCH", `/api/admin/runs/${each}`, { takenDown: true, reason: "spam" }),
    ),
  );
  const [there, absent] = await Promise.all(answers.map(statusAndCode));
  assert.deepEqual(there, [404, "not_found"]);
  assert.deepEqual(there, absent);
});

test("a suspended owner's shared runs are not visible to others, and are again when resumed", async () => {
  const { visitor: owner, user } = await person();
  const id = await sharedRun(owner);
  const seen = () =>
    Promise.all(readings(id).map(async (each) => (await new Visitor(routes).ask("GET", each)).status));
  await admin.json("PATCH", `/api/admin/users/${user.id}`, { suspended: true });
  assert.deepEqual(await seen(), [404, 404, 404]);
  await admin.json("PATCH", `/api/admin/users/${user.id}`, { suspended: false });
  assert.deepEqual(await seen(), [200, 200, 200]);
});

test("anybody can report a shared run, once until it is decided; nobody what they cannot see, or their own", async () => {
  const { visitor: owner } = await person();
  const id = await sharedRun(owner, "print('reported')");
  const guest = new Visitor(routes);
  const { visitor: user, user: reporter } = await person();
  await guest.json("POST", `/api/runs/${id}/report`, { reason: "spam" });
  await user.json("POST", `/api/runs/${id}/report`, { reason: "harassment", text: " <b>They</b> \n" });
  for (const again of [guest, user]) {
    const answer = await again.ask("POST", `/api/runs/${id}/report`, { reason: "other" });
    assert.deepEqual(await statusAndCode(answer), [409, "conflict"]);
  }
  // Another cookie is not another viewer.
  const sameNetwork = new Visitor(routes);
  sameNetwork.address = guest.address;
  assert.equal((await sameNetwork.ask("POST", `/api/runs/${id}/report`, { reason: "spam" })).status, 409);
  assert.equal((await owner.ask("POST", `/api/runs/${id}/report`, { reason: "spam" })).status, 409);
  const { headers } = await keyOf(routes, reporter, ["run", "read"]);
  const byKey = await new Visitor(routes, headers).ask("POST", `/api/runs/${id}/report`, { reason: "spam" });
  assert.equal(byKey.status, 403);
  await owner.json("PATCH", `/api/runs/${id}`, { visibility: "private" });
  assert.equal(
    (await new Visitor(routes).ask("POST", `/api/runs/${id}/report`, { reason: "spam" })).status,
    404,
  );

  const found = await caseOf(id);
  assert.deepEqual(
    found?.complaints.map(({ from, reason, text }) => [from, reason, text]),
    [
      ["guest", "spam", ""],
      ["user", "harassment", "<b>They</b>"],
    ],
  );
  assert.deepEqual([found?.run.preview, found?.run.shared], ["print('reported')", false]);
  assert.doesNotMatch(JSON.stringify(found), new RegExp(`${reporter.id}|${guest.address}|reporter`));
});

test("a report names its reason from a closed list, and its text has an end", async () => {
  const { visitor: owner } = await person();
  const id = await sharedRun(owner);
  for (const body of [
    {},
    { reason: "boring" },
    { reason: "spam", text: "x".repeat(1_001) },
    { reason: ["spam"] },
  ]) {
    const answer = await new Visitor(routes).ask("POST", `/api/runs/${id}/report`, body);
    assert.deepEqual(
      await statusAndCode(answer),
      [400, "invalid_request"],
      JSON.stringify(body).slice(0, 40),
    );
  }
});

test("more reports in a minute than anybody makes are 429", async () => {
  const { visitor: owner } = await person();
  const guest = new Visitor(routes);
  const statuses: number[] = [];
  for (let n = 0; n < 6; n++) {
    const id = await sharedRun(owner);
    statuses.push((await guest.ask("POST", `/api/runs/${id}/report`, { reason: "spam" })).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
});

test("a case is dismissed once, and both ways to decide it are written down and listed", async () => {
  const { visitor: owner, user } = await person();
  const [harmless, harmful] = [await sharedRun(owner), await sharedRun(owner)];
  for (const id of [harmless, harmful]) {
    await new Visitor(routes).json("POST", `/api/runs/${id}/report`, { reason: "spam" });
  }
  const open = await caseOf(harmless);
  assert.ok(open);
  await admin.json("PATCH", `/api/admin/reports/${open.id}`, { decision: "dismissed" });
  const twice = await admin.ask("PATCH", `/api/admin/reports/${open.id}`, { decision: "dismissed" });
  assert.equal(twice.status, 409);
  await takeDown(harmful, "");
  assert.deepEqual([await caseOf(harmless), await caseOf(harmful)], [undefined, undefined]);
  assert.equal((await new Visitor(routes).ask("GET", `/api/runs/${harmless}`)).status, 200);
  const { cases } = await admin.json<{ cases: ReportCase[] }>("GET", "/api/admin/reports?state=decided");
  assert.deepEqual(
    cases
      .slice(0, 2)
      .map(({ run, decision, decidedBy, owner: of }) => [run.id, decision, decidedBy, of.email]),
    [
      [harmful, "taken_down", "boss@example.org", user.email],
      [harmless, "dismissed", "boss@example.org", user.email],
    ],
  );
});

test("the audit log is listed by person and kind, by their address or id", async () => {
  const { visitor, user } = await person({ email: "filtered@example.org" });
  await visitor.ask("POST", "/api/keys", { name: "one" });
  await admin.json("PATCH", `/api/admin/users/${user.id}`, { plan: "pro" });
  const actions = async (query: string) =>
    (await admin.json<{ entries: AuditEntry[] }>("GET", `/api/admin/audit?${query}`)).entries.map(
      ({ action }) => action,
    );
  const both = ["admin_plan_changed", "key_created"];
  assert.deepEqual(await actions("person=Filtered@example.org"), both);
  assert.deepEqual(await actions(`person=${user.id}`), both);
  assert.deepEqual(await actions(`person=${user.id}&action=key_created`), ["key_created"]);
  assert.deepEqual(await actions("person=nobody@example.org"), []);
  assert.equal((await admin.ask("GET", "/api/admin/audit?action=nonsense")).status, 400);
  const log = await visitor.json<{ log: AuditEntry[] }>("GET", "/api/account/export");
  assert.deepEqual(
    log.log.map(({ action, network }) => [action, network]),
    [
      ["admin_plan_changed", null],
      ["key_created", visitor.address],
    ],
    "where an admin was is not the user's to know",
  );
});

test("the audit log is exported as it is filtered, and none of its cells is a formula", async () => {
  const { visitor: owner } = await person();
  const id = await sharedRun(owner);
  await takeDown(id, '=HYPERLINK(1)\r\nand "more"');
  const { user } = await person({ email: "=cmd|x@example.org" });
  await admin.json("PATCH", `/api/admin/users/${user.id}`, { plan: "pro" });
  const filter = "person=boss@example.org&action=admin_run_taken_down";
  const csv = await admin.ask("GET", `/api/admin/audit/export?format=csv&${filter}`);
  assert.match(csv.headers.get("content-disposition") ?? "", /quicksand-audit\.csv/);
  const text = await csv.text();
  const [header = "", ...lines] = text.split(/\r\n(?=[\w'-]+,)/);
  assert.equal(header.trim(), "id,at,action,actor,subject,network,browser,detail");
  assert.ok(lines.length > 0);
  assert.ok(lines.every((line) => line.includes(",admin_run_taken_down,")));
  assert.ok(lines[0]?.includes(`"run ${id} · malware · =HYPERLINK(1)\r\nand ""more"""`));
  const json = await admin.json<{ entries: AuditEntry[] }>("GET", `/api/admin/audit/export?${filter}`);
  assert.equal(json.entries.length, lines.length);
  const whole = await admin.json<{ entries: AuditEntry[] }>("GET", "/api/admin/audit/export");
  const [latest] = whole.entries;
  assert.deepEqual([latest?.action, latest?.actor], ["admin_audit_exported", adminUser.id]);
  const formula = await admin.ask("GET", "/api/admin/audit/export?format=csv&person==1");
  assert.equal((await formula.text()).trim(), header.trim());
});
