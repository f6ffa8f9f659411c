import assert from "node:assert/strict";
import { test } from "node:test";
import { c } from "../../lib/languages/c";
import type { Account } from "../../lib/schemas/account";
import type { RunDetail, RunPage } from "../../lib/schemas/history";
import { newProgramId, type Program, type ProgramPage, type ProgramSummary } from "../../lib/schemas/program";
import type { RunResult } from "../../lib/schemas/run";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

const routes = await openRoutes({
  variables: {
    QUICKSAND_PLANS: JSON.stringify({
      guest: { programs: 3, requestsPerMinute: 100_000, runsPerMinute: 1_000 },
    }),
  },
});
const CONTENT = { language: "python", code: "import sys\n# Two sum\n", stdin: "1 2\n", args: "-v 'x" };

async function guestWithProgram() {
  const guest = new Visitor(routes);
  const made = await guest.json<ProgramSummary>("POST", "/api/programs", CONTENT);
  return { guest, made, at: `/api/programs/${made.id}` };
}

test("a program is called by its code until a title is typed, and again when that is taken away", async () => {
  const { guest, made, at } = await guestWithProgram();
  assert.deepEqual([made.title, made.titleSource, made.revision], ["Two sum", "derived", 1]);
  const retitled = await guest.json<ProgramSummary>("PATCH", at, { code: "def solve(n):\n" });
  assert.deepEqual([retitled.title, retitled.revision], ["def solve(n)", 2]);
  const typed = await guest.json<ProgramSummary>("PATCH", at, { title: " Mine\u202e " });
  assert.deepEqual([typed.title, typed.titleSource], ["Mine", "typed"]);
  const kept = await guest.json<ProgramSummary>("PATCH", at, { code: "# Other\n" });
  assert.equal(kept.title, "Mine");
  const again = await guest.json<ProgramSummary>("PATCH", at, { title: "" });
  assert.deepEqual([again.title, again.titleSource], ["Other", "derived"]);
  const whole = await guest.json<Program>("GET", at);
  assert.deepEqual([whole.code, whole.stdin, whole.args, whole.files], ["# Other\n", "1 2\n", "-v 'x", []]);
});

test("with If-Match only that revision is changed; the answer says which one there is", async () => {
  const { guest, at } = await guestWithProgram();
  const ask = (ifMatch: string, code: string) => guest.ask("PATCH", at, { code }, { "if-match": ifMatch });
  const first = await ask('"1"', "1");
  assert.deepEqual([first.status, first.headers.get("etag")], [200, '"2"']);
  const late = await ask('"1"', "2");
  assert.deepEqual([late.status, late.headers.get("etag")], [409, '"2"']);
  const { error } = (await late.json()) as { error: { code: string; details: { path: string }[] } };
  assert.deepEqual([error.code, error.details[0]?.path], ["conflict", "If-Match"]);
  assert.equal((await guest.json<Program>("GET", at)).code, "1");
  assert.equal((await ask("soon", "3")).status, 400);
  // Nothing new is no revision.
  const same = await ask('"2"', "1");
  assert.equal(((await same.json()) as ProgramSummary).revision, 2);
});

test("an id that is taken, a language that is not there, and one program too many are refused", async () => {
  const { guest, made, at } = await guestWithProgram();
  const refused = async (body: object) => {
    const response = await guest.ask("POST", "/api/programs", body);
    return [response.status, ((await response.json()) as { error: { code: string } }).error.code];
  };
  assert.deepEqual(await refused({ ...CONTENT, id: made.id }), [409, "conflict"]);
  assert.deepEqual(await refused({ ...CONTENT, id: "short" }), [400, "invalid_request"]);
  assert.deepEqual(await refused({ ...CONTENT, language: "klingon" }), [422, "unknown_language"]);
  assert.deepEqual(await refused({ ...CONTENT, code: "x".repeat(102_401) }), [413, "code_too_large"]);
  const copy = await guest.json<ProgramSummary>("POST", `${at}/duplicate`);
  const copyOfCopy = await guest.json<ProgramSummary>("POST", `/api/programs/${copy.id}/duplicate`);
  assert.deepEqual([copy.title, copyOfCopy.title], ["Two sum (copy)", "Two sum (copy)"]);
  assert.deepEqual(await refused(CONTENT), [429, "quota_exceeded"]);
  const { programs } = await guest.json<ProgramPage>("GET", "/api/programs?q=TWO");
  assert.deepEqual(
    programs.map(({ id }) => id),
    [copyOfCopy.id, copy.id, made.id],
  );
});

test("a program keeps what it chose of its language's options; what the language does not have is refused", async () => {
  const guest = new Visitor(routes);
  const content = { language: "c++", code: "int main() {}", options: { standard: "c++23" } };
  const made = await guest.json<ProgramSummary>("POST", "/api/programs", content);
  const at = `/api/programs/${made.id}`;
  const optionsNow = async () => (await guest.json<Program>("GET", at)).options;
  assert.deepEqual(await optionsNow(), { standard: "c++23" });
  const refused = async (method: "POST" | "PATCH", where: string, body: object) => {
    const response = await guest.ask(method, where, body);
    const { error } = (await response.json()) as { error: { message: string } };
    return [response.status, error.message];
  };
  const unknown =
    '`options.standard` is "c++11", which C++ does not have here; use one of c++17, c++20, c++23, c++26.';
  const options = { standard: "c++11" };
  assert.deepEqual(await refused("POST", "/api/programs", { ...content, options }), [400, unknown]);
  assert.deepEqual(await refused("PATCH", at, { options }), [400, unknown]);
  assert.equal((await refused("PATCH", at, { language: "c", options: { standard: "c++17" } }))[0], 400);
  assert.equal((await guest.json<Program>("GET", at)).revision, 1);
  await guest.json("PATCH", at, { options: { optimization: "o2", standard: "c++17" } });
  assert.deepEqual(await optionsNow(), { optimization: "o2", standard: "c++17" });
  // Of another language's options only those that both have are meant.
  await guest.json("PATCH", at, { language: "c" });
  assert.deepEqual(await optionsNow(), { optimization: "o2" });
  await guest.json("PATCH", at, { options: {} });
  assert.equal(await optionsNow(), undefined);
});

test("a program whose options are not known any more can still be read, changed and copied", async () => {
  const guest = new Visitor(routes);
  const made = await guest.json<ProgramSummary>("POST", "/api/programs", {
    language: "c",
    code: "int main(void) {}",
    options: { standard: "c99" },
  });
  const before = c.options ?? [];
  try {
    c.options = [];
    const at = `/api/programs/${made.id}`;
    assert.deepEqual((await guest.json<Program>("GET", at)).options, { standard: "c99" });
    assert.equal((await guest.json<ProgramSummary>("PATCH", at, { code: "// 2" })).revision, 2);
    await guest.json("POST", `${at}/duplicate`);
    await guest.json("PATCH", at, { options: {} });
    assert.equal((await guest.json<Program>("GET", at)).options, undefined);
  } finally {
    c.options = before;
  }
});

test("a run knows its program, which must be the viewer's own", async () => {
  const { guest, made } = await guestWithProgram();
  const request = { language: "python", code: "1", programId: made.id };
  const run = await guest.json<RunResult>("POST", "/api/editor/run", request);
  await guest.json<RunResult>("POST", "/api/editor/run", { language: "python", code: "2" });
  const { runs } = await guest.json<RunPage>("GET", `/api/runs?program=${made.id}`);
  assert.deepEqual(
    runs.map(({ id, programId }) => [id, programId]),
    [[run.id, made.id]],
  );
  await guest.json("PATCH", `/api/runs/${run.id}`, { visibility: "unlisted" });
  const other = new Visitor(routes);
  assert.equal((await other.json<RunDetail>("GET", `/api/runs/${run.id}`)).programId, null);
  const foreign = await other.ask("POST", "/api/editor/run", request);
  assert.equal(foreign.status, 404);
  assert.deepEqual((await other.json<RunPage>("GET", "/api/runs")).runs, []);
});

test("a run may come before the first save of its program, and is found with it afterwards", async () => {
  const guest = new Visitor(routes);
  // Their cookie comes with the first answer.
  await guest.json<ProgramPage>("GET", "/api/programs");
  const programId = newProgramId();
  const request = { language: "python", code: "1", programId };
  const run = await guest.json<RunResult>("POST", "/api/editor/run", request);
  await guest.json<ProgramSummary>("POST", "/api/programs", { ...CONTENT, id: programId });
  const { runs } = await guest.json<RunPage>("GET", `/api/runs?program=${programId}`);
  assert.deepEqual(
    runs.map(({ id }) => id),
    [run.id],
  );
  // One that is gone leaves its tab able to run what it still shows.
  await guest.json("DELETE", `/api/programs/${programId}`);
  assert.equal((await guest.ask("POST", "/api/editor/run", request)).status, 200);
});

test("whoever makes a program of an id that others ran under sees nothing of their runs", async () => {
  const [early, late] = [new Visitor(routes), new Visitor(routes)];
  const programId = newProgramId();
  const request = { language: "python", code: "1", programId };
  await early.json<RunResult>("POST", "/api/editor/run", request);
  await late.json<ProgramSummary>("POST", "/api/programs", { ...CONTENT, id: programId });
  assert.deepEqual((await late.json<RunPage>("GET", `/api/runs?program=${programId}`)).runs, []);
  assert.equal((await early.ask("POST", "/api/editor/run", request)).status, 404);
});

test("what can be no program's id is no program", async () => {
  for (const programId of ["", "short", "x".repeat(23), "../../etc/passwd-x-x-x"]) {
    const request = { language: "python", code: "1", programId };
    assert.equal((await new Visitor(routes).ask("POST", "/api/editor/run", request)).status, 404, programId);
  }
});

test("an account's programs are in its export, and go with it", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const one = await visitor.json<ProgramSummary>("POST", "/api/programs", CONTENT);
  const two = await visitor.json<ProgramSummary>("POST", "/api/programs", CONTENT);
  const exported = await visitor.json<{ profile: Account; programs: Program[]; runs: unknown[] }>(
    "GET",
    "/api/account/export",
  );
  assert.deepEqual(exported.programs.map(({ id }) => id).sort(), [one.id, two.id].sort());
  assert.equal(exported.programs[0]?.code, CONTENT.code);
  assert.deepEqual(exported.runs, []);
  assert.equal((await visitor.ask("DELETE", "/api/account", { email: user.email })).status, 200);
  assert.deepEqual(await routes.store.programs.kept(user.id), { programs: 0, bytes: 0 });
});
