import assert from "node:assert/strict";
import { test } from "node:test";
import { unreachable } from "../api";
import { aTab, draft, error, FakeServer, FakeTime, HOW } from "./testing/fake-desk";

async function savedProgram(code = "1") {
  const server = new FakeServer();
  const time = new FakeTime();
  const tab = aTab(server, time);
  const id = tab.desk.place("python", draft(code), { ...HOW, save: true });
  await time.pass(2_000);
  assert.equal(server.programs.get(id)?.revision, 1);
  return { server, time, tab, id };
}

test("what was only opened is not on the server until something is typed", async () => {
  const server = new FakeServer();
  const time = new FakeTime();
  const { desk, type } = aTab(server, time);
  const id = desk.place("python", draft("a"), HOW);
  await time.pass(60_000);
  assert.deepEqual([server.programs.size, desk.get(id)?.state.name], [0, "local"]);
  type(id, "ab");
  assert.equal(desk.get(id)?.state.name, "saving");
  await time.pass(2_000);
  assert.deepEqual([server.programs.get(id)?.content.code, desk.get(id)?.state.name], ["ab", "saved"]);
});

test("typing is saved when it pauses, at least every few seconds, and only what changed is sent", async () => {
  const { server, time, tab, id } = await savedProgram();
  for (let n = 0; n < 40; n++) {
    tab.type(id, `1${n}`);
    await time.pass(250);
  }
  const writes = server.asked.filter((asked) => asked.startsWith("update"));
  assert.ok(writes.length >= 2 && writes.length <= 4, writes.join("; "));
  await time.pass(2_000);
  assert.equal(server.programs.get(id)?.content.code, "139");
  assert.ok(writes.every((write) => write === `update ${id} code`));
});

test("it is in this browser within a moment, and a next visit finds it and sends it", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.failWith = unreachable();
  tab.type(id, "typed without a network");
  await time.pass(300);
  const later = aTab(server, time, tab.browser);
  assert.equal(await later.desk.open(id), "open");
  assert.equal(later.codeOf(id), "typed without a network");
  server.failWith = null;
  await time.pass(10_000);
  assert.equal(server.programs.get(id)?.content.code, "typed without a network");
});

test("what an earlier visit could not send is sent without being opened", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.failWith = unreachable();
  tab.type(id, "left behind");
  await time.pass(1_000);
  tab.browser.tabs.length = 0;
  server.failWith = null;
  const next = aTab(server, new FakeTime(), tab.browser);
  const later = new FakeTime();
  await later.pass(600_000);
  const again = aTab(server, later, tab.browser);
  again.desk.wake();
  await later.pass(3_000);
  assert.equal(server.programs.get(id)?.content.code, "left behind");
  assert.equal(next.moved.length + again.moved.length, 0);
});

test("without a network it says so, tries again by itself, and at once when there is one", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.failWith = unreachable();
  tab.type(id, "2");
  await time.pass(1_500);
  assert.equal(tab.desk.get(id)?.state.name, "offline");
  tab.type(id, "3");
  assert.equal(tab.desk.get(id)?.state.name, "offline");
  await time.pass(120_000);
  const tries = server.asked.filter((asked) => asked.startsWith("update")).length;
  assert.ok(tries > 3 && tries < 12, `${tries} tries in two minutes`);
  server.failWith = null;
  tab.desk.wake();
  await time.pass(100);
  assert.deepEqual([server.programs.get(id)?.content.code, tab.desk.get(id)?.state.name], ["3", "saved"]);
});

test("what the server refuses is kept here with its words, and sent again when it is other", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.failWith = error("code_too_large", 413);
  tab.type(id, "too much");
  await time.pass(60_000);
  const { state } = tab.desk.get(id) ?? {};
  assert.deepEqual(state, { name: "refused", message: "It is code_too_large." });
  assert.equal(server.asked.filter((asked) => asked.startsWith("update")).length, 1);
  server.failWith = null;
  tab.type(id, "less");
  await time.pass(2_000);
  assert.equal(server.programs.get(id)?.content.code, "less");
});

test("a save whose answer was lost is no conflict, neither the first nor a later one", async () => {
  const server = new FakeServer();
  const time = new FakeTime();
  const tab = aTab(server, time);
  server.failWith = "lost";
  const id = tab.desk.place("python", draft("1"), { ...HOW, save: true });
  await time.pass(1_000);
  server.failWith = null;
  await time.pass(10_000);
  assert.equal(tab.desk.get(id)?.state.name, "saved");
  server.failWith = "lost";
  tab.type(id, "2");
  await time.pass(1_000);
  server.failWith = null;
  await time.pass(10_000);
  assert.deepEqual([tab.desk.get(id)?.state.name, tab.codeOf(id), server.programs.size], ["saved", "2", 1]);
  assert.deepEqual(tab.moved, []);
});

test("another tab shows what is typed, and what it types then is no conflict", async () => {
  const { server, time, tab, id } = await savedProgram();
  const other = aTab(server, time, tab.browser);
  await other.desk.open(id);
  for (const [from, to, code] of [
    [tab, other, "2"],
    [other, tab, "3"],
    [tab, other, "4"],
  ] as const) {
    const { epoch = 0 } = to.desk.get(id) ?? {};
    from.type(id, code);
    await time.pass(300);
    assert.equal(to.codeOf(id), code);
    assert.ok((to.desk.get(id)?.epoch ?? 0) > epoch, "its editor is told");
    await time.pass(3_000);
    assert.equal(server.programs.get(id)?.content.code, code);
  }
  await time.pass(60_000);
  assert.deepEqual([...tab.moved, ...other.moved], []);
  assert.equal(server.programs.size, 1);
});

test("two tabs that type at the very same time both keep what they typed", async () => {
  const { server, time, tab, id } = await savedProgram();
  const other = aTab(server, time, tab.browser);
  await other.desk.open(id);
  await time.pass(100);
  tab.type(id, "mine");
  other.type(id, "theirs");
  await time.pass(60_000);
  const codes = [...server.programs.values()].map(({ content }) => content.code).sort();
  assert.deepEqual(codes, ["mine", "theirs"]);
  const [moved] = [...tab.moved, ...other.moved];
  assert.equal(moved?.title, "t (other tab)");
});

test("on another machine's change nothing typed here is taken over, and what is typed here is kept beside it", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.change(id, "from elsewhere");
  tab.desk.wake();
  await time.pass(100);
  assert.deepEqual([tab.codeOf(id), tab.desk.get(id)?.epoch], ["from elsewhere", 1]);
  server.change(id, "again");
  tab.type(id, "typed here");
  await time.pass(5_000);
  const [moved] = tab.moved;
  assert.deepEqual([moved?.type, moved?.from], ["split", id]);
  assert.equal(server.programs.get(id)?.content.code, "again");
  assert.equal(server.programs.get(moved?.to ?? "")?.content.code, "typed here");
  assert.equal(tab.codeOf(id), "again");
});

test("a program that was deleted elsewhere is kept as a new one by whoever types in it", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.programs.delete(id);
  tab.type(id, "still typing");
  await time.pass(5_000);
  const [moved] = tab.moved;
  assert.equal(moved?.type, "orphaned");
  assert.deepEqual(
    [...server.programs.values()].map(({ content }) => content.code),
    ["still typing"],
  );
  assert.equal(tab.shelf.read(id), null);
});

test("a new title does not lose what somebody else typed", async () => {
  const { server, time, tab, id } = await savedProgram();
  server.change(id, "from elsewhere");
  tab.desk.rename(id, "Mine", "typed");
  await time.pass(5_000);
  assert.deepEqual(tab.moved, []);
  const { title, content } = server.programs.get(id) ?? {};
  assert.deepEqual([title, content?.code], ["Mine", "from elsewhere"]);
});

test("with the browser's storage full it says so and still saves", async () => {
  const { server, time, tab, id } = await savedProgram();
  tab.browser.full = true;
  tab.type(id, "2");
  await time.pass(300);
  assert.equal(tab.desk.get(id)?.shelved, false);
  await time.pass(2_000);
  assert.equal(server.programs.get(id)?.content.code, "2");
});

test("leaving the page writes what is typed and sends it", async () => {
  const { server, time, tab, id } = await savedProgram();
  tab.type(id, "last words");
  tab.desk.flush(true);
  assert.equal(tab.shelf.read(id)?.content.code, "last words");
  await time.pass(0);
  assert.equal(server.programs.get(id)?.content.code, "last words");
});

test("what is nowhere is absent, and what nobody can tell is away", async () => {
  const server = new FakeServer();
  const { desk } = aTab(server, new FakeTime());
  assert.equal(await desk.open("none"), "absent");
  server.api.get = () => Promise.reject(unreachable());
  assert.equal(await desk.open("other"), "away");
});

test("programs that the server has make room in the browser's storage, and others stay", async () => {
  const { tab } = await savedProgram();
  const { desk, shelf } = tab;
  const kept = desk.place("python", draft("typed"), HOW);
  tab.type(kept, "typed and not sent");
  desk.flush(false);
  for (let n = 0; n < 60; n++) desk.place("python", draft(`${n}`), HOW);
  assert.ok(shelf.all().length <= 41);
  assert.equal(shelf.read(kept)?.content.code, "typed and not sent");
});

test("a choice of options is saved like what is typed, alone, and can be taken back", async () => {
  const { server, time, tab, id } = await savedProgram();
  const choose = (options?: Record<string, string>) =>
    tab.desk.edit(id, { ...draft("1"), ...(options ? { options } : {}) }, "t");
  choose({ standard: "c++23" });
  assert.equal(tab.desk.get(id)?.state.name, "saving");
  await time.pass(2_000);
  assert.deepEqual(server.programs.get(id)?.content.options, { standard: "c++23" });
  assert.equal(server.asked.at(-1), `update ${id} options`);
  const later = aTab(server, time, tab.browser);
  await later.desk.open(id);
  assert.deepEqual(later.desk.get(id)?.content.options, { standard: "c++23" });
  choose();
  await time.pass(2_000);
  assert.equal(server.asked.at(-1), `update ${id} options`);
  assert.deepEqual([server.programs.get(id)?.content.options, tab.desk.get(id)?.state.name], [{}, "saved"]);
});

test("that nothing is chosen any more is sent, too, by a next visit that cannot know what the server has", async () => {
  const { server, time, tab, id } = await savedProgram();
  tab.desk.edit(id, { ...draft("1"), options: { standard: "c++23" } }, "t");
  await time.pass(2_000);
  server.failWith = unreachable();
  tab.desk.edit(id, draft("1"), "t");
  await time.pass(300);
  tab.browser.tabs.length = 0;
  server.failWith = null;
  const later = aTab(server, time, tab.browser);
  await later.desk.open(id);
  await time.pass(10_000);
  assert.deepEqual(server.programs.get(id)?.content.options, {});
});
