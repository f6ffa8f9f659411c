import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgramContent } from "../../schemas/program";
import { type ProgramQuery, programBytes, type StoredProgram } from "../programs";
import { createdUser } from "./account-fixtures";
import { type ContractDatabase, createdRun, listedIds, newId, newOwner } from "./fixtures";

const ROOMY = { programs: 1_000, bytes: 1_000_000_000 };
const START = Date.parse("2026-11-23T10:00:00Z");

/** Has a value in every field, so that a store that forgets one fails. */
export function aProgram(
  program: Partial<StoredProgram> = {},
  content: Partial<ProgramContent> = {},
): StoredProgram {
  return {
    id: newId(),
    owner: newOwner(),
    title: "Größte Zahl",
    titleSource: "typed",
    revision: 1,
    plan: "free",
    createdAt: new Date(START - 1_000),
    updatedAt: new Date(START),
    expiresAt: new Date("2031-01-01T00:00:00Z"),
    content: {
      language: "python",
      options: { optimise: "2" },
      code: `print(max(input().split()))  # ${"long enough to be beside the JSON ".repeat(10)}`,
      files: [{ path: "util/a.py", content: "x = '\u0001\u0002'\n" }],
      stdin: "1 2 3\n",
      args: "-v 'half a quote",
      tests: [{ name: "one", stdin: "1 2\n", expected: "2\n", compare: { tolerance: 0.1 } }],
      ...content,
    },
    ...program,
  };
}

/** Programs: whole and in lists, one winner of two, limits, what an owner takes along and leaves behind. */
export function programContract(database: () => ContractDatabase): void {
  async function created(program: Partial<StoredProgram> = {}, content: Partial<ProgramContent> = {}) {
    const made = aProgram(program, content);
    assert.equal(await database().store.programs.create(made, ROOMY), "created");
    return made;
  }
  async function everyId(owner: string, query: ProgramQuery = {}): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await database().store.programs.list(owner, { ...query, cursor });
      ids.push(...page.programs.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return ids;
  }

  test("a program comes back whole, to its owner and to nobody else, also after a restart", async () => {
    const { store, reopen } = database();
    const made = await created();
    assert.deepEqual(await store.programs.get(made.id, made.owner), made);
    assert.equal(await store.programs.get(made.id, newOwner()), null);
    assert.equal(await store.programs.get(newId(), made.owner), null);
    assert.deepEqual(
      [await store.programs.owns(made.id, made.owner), await store.programs.owns(made.id, newOwner())],
      [true, false],
    );
    assert.deepEqual(
      await Promise.all(
        [
          { id: made.id, owner: made.owner },
          { id: made.id, owner: newOwner() },
          { id: newId(), owner: made.owner },
        ].map(({ id, owner }) => store.programs.isForeign(id, owner)),
      ),
      [false, true, false],
    );
    const bare = await created({ expiresAt: null }, { files: [], tests: [], stdin: "", args: "", code: "" });
    const { options: _, ...content } = bare.content;
    const again = await (await reopen()).programs.get(made.id, made.owner);
    assert.deepEqual(again, made);
    const without = await created({ content });
    assert.deepEqual(await database().store.programs.get(without.id, without.owner), without);
  });

  test("an id is one program's, whoever asks for it again", async () => {
    const { store } = database();
    const made = await created();
    for (const owner of [made.owner, newOwner()]) {
      const other = aProgram({ id: made.id, owner, title: "theirs" });
      assert.equal(await store.programs.create(other, ROOMY), "taken");
    }
    assert.deepEqual(await store.programs.get(made.id, made.owner), made);
  });

  test("of two changes of one revision one is made and the other is stale", async () => {
    const { store } = database();
    const made = await created();
    const change = (title: string): StoredProgram => ({
      ...made,
      title,
      revision: 2,
      updatedAt: new Date(START + 5),
      content: { ...made.content, code: title, language: "c" },
    });
    const answers = await Promise.all(
      ["one", "two", "three"].map((title) => store.programs.replace(change(title), ROOMY)),
    );
    assert.deepEqual([...answers].sort(), ["replaced", "stale", "stale"]);
    const winner = ["one", "two", "three"][answers.indexOf("replaced")] ?? "";
    assert.deepEqual(await store.programs.get(made.id, made.owner), change(winner));
    const [row] = (await store.programs.list(made.owner, { language: "c" })).programs;
    assert.deepEqual([row?.title, row?.revision, row?.language], [winner, 2, "c"]);
    assert.equal(await store.programs.replace({ ...change("x"), owner: newOwner() }, ROOMY), "absent");
    assert.equal(await store.programs.replace({ ...change("x"), id: newId() }, ROOMY), "absent");
  });

  test("a row of the list has what it shows and nothing large", async () => {
    const { store } = database();
    const made = await created();
    const { owner: _, plan: __, content, ...shown } = made;
    const [row] = (await store.programs.list(made.owner, {})).programs;
    const counted = { files: 1, tests: 1, bytes: programBytes(made) };
    assert.deepEqual(row, { ...shown, language: content.language, ...counted });
  });

  test("lists have every program once, the last changed first, by language and by words", async () => {
    const { store } = database();
    const owner = newOwner();
    const all: StoredProgram[] = [];
    for (let n = 0; n < 23; n++) {
      const code = n % 4 === 0 ? `let Needle${n} = ".*"` : `plain ${n}`;
      const at = { updatedAt: new Date(START + Math.floor(n / 5)), title: `Title ${n % 3}` };
      all.push(await created({ owner, ...at }, { language: n % 2 ? "c" : "python", code }));
    }
    const order = (programs: StoredProgram[]) =>
      [...programs]
        .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || (a.id < b.id ? 1 : -1))
        .map(({ id }) => id);
    assert.deepEqual(await everyId(owner, { limit: 7 }), order(all));
    const ofC = all.filter(({ content }) => content.language === "c");
    assert.deepEqual(await everyId(owner, { language: "c", limit: 5 }), order(ofC));
    const needles = all.filter(({ content }) => content.code.includes("Needle"));
    assert.deepEqual(await everyId(owner, { q: "nEEDLE", limit: 2 }), order(needles));
    assert.deepEqual(await everyId(owner, { q: '".*"' }), order(needles));
    const titled = all.filter(({ title }) => title === "Title 1");
    assert.deepEqual(
      await everyId(owner, { q: "title 1", language: "python" }),
      order(titled.filter(({ content }) => content.language === "python")),
    );
    assert.deepEqual(await everyId(owner, { q: "title 1plain" }), []);
    assert.deepEqual(await everyId(newOwner(), { q: "needle" }), []);
    const [first] = all;
    if (!first) throw new Error("There are programs.");
    const next = { ...first, revision: 2, updatedAt: new Date(START + 60_000) };
    assert.equal(await store.programs.replace(next, ROOMY), "replaced");
    assert.equal((await everyId(owner))[0], first.id);
  });

  test("a search through much text goes on from page to page", async () => {
    const owner = newOwner();
    const wanted = await created({ owner, updatedAt: new Date(START) }, { code: "the needle" });
    for (let n = 0; n < 60; n++) {
      await created({ owner, updatedAt: new Date(START + 1 + n) }, { code: "x".repeat(102_000) });
    }
    const first = await database().store.programs.list(owner, { q: "needle" });
    assert.deepEqual(first.programs, []);
    assert.ok(first.nextCursor, "six megabytes are more than one page searches");
    assert.deepEqual(await everyId(owner, { q: "needle" }), [wanted.id]);
  });

  test("a cursor that is none is refused", async () => {
    await assert.rejects(database().store.programs.list(newOwner(), { cursor: "nonsense" }), {
      code: "invalid_request",
    });
  });

  test("neither number nor bytes of an owner pass their limits, and what shrinks is always taken", async () => {
    const { store } = database();
    const owner = newOwner();
    const made = await created({ owner });
    assert.equal(await store.programs.create(aProgram({ owner }), { ...ROOMY, programs: 1 }), "too_many");
    const bytes = programBytes(made);
    assert.equal(
      await store.programs.create(aProgram({ owner }), { ...ROOMY, bytes: bytes + 1 }),
      "too_large",
    );
    assert.deepEqual(await store.programs.kept(owner), { programs: 1, bytes });
    const grown = { ...made, revision: 2, title: `${made.title}!` };
    assert.equal(await store.programs.replace(grown, { programs: 1, bytes }), "too_large");
    const shrunk = { ...made, revision: 2, title: "x" };
    assert.equal(await store.programs.replace(shrunk, { programs: 0, bytes: 0 }), "replaced");
    assert.deepEqual(await store.programs.kept(owner), { programs: 1, bytes: programBytes(shrunk) });
    const together = await Promise.all(
      Array.from({ length: 6 }, () => store.programs.create(aProgram({ owner }), { ...ROOMY, programs: 4 })),
    );
    assert.ok(together.filter((answer) => answer === "created").length <= 3);
    assert.ok((await store.programs.kept(owner)).programs <= 4);
  });

  test("changes that come while one too many is refused do not keep it", async () => {
    const { store } = database();
    const owner = newOwner();
    await created({ owner });
    for (let round = 0; round < 20; round++) {
      const made = aProgram({ owner });
      const creating = store.programs.create(made, { ...ROOMY, programs: 1 });
      const changing = Array.from({ length: 8 }, () =>
        store.programs.replace({ ...made, revision: 2, title: "x" }, ROOMY),
      );
      assert.equal(await creating, "too_many");
      await Promise.all(changing);
      assert.equal((await store.programs.kept(owner)).programs, 1, `round ${round}`);
    }
  });

  test("what a guest has goes to the user they become, and counts for the user's plan", async () => {
    const { store } = database();
    const guest = newOwner("guest");
    const user = newOwner("user");
    const made = await created({ owner: guest, plan: "guest" });
    const other = await created();
    assert.equal(await store.programs.adopt(guest, user, 5_000, "free"), 1);
    assert.equal(await store.programs.get(made.id, guest), null);
    const expiresAt = new Date(made.updatedAt.getTime() + 5_000);
    assert.deepEqual(await store.programs.get(made.id, user), {
      ...made,
      owner: user,
      plan: "free",
      expiresAt,
    });
    assert.equal(await store.programs.adopt(user, user, null, "pro"), 1);
    const kept = await store.programs.get(made.id, user);
    assert.deepEqual([kept?.plan, kept?.expiresAt], ["pro", null]);
    assert.deepEqual(await store.programs.get(other.id, other.owner), other);
  });

  test("programs go one by one or all at once, with nobody else's", async () => {
    const { store } = database();
    const owner = newOwner();
    const [one, two] = [await created({ owner }), await created({ owner })];
    const other = await created();
    assert.equal(await store.programs.remove(one.id, other.owner), false);
    assert.equal(await store.programs.remove(one.id, owner), true);
    assert.equal(await store.programs.remove(one.id, owner), false);
    assert.deepEqual(await everyId(owner), [two.id]);
    assert.equal(await store.programs.removeAll(owner), 1);
    assert.deepEqual(await everyId(owner), []);
    assert.deepEqual(await everyId(other.owner), [other.id]);
  });

  test("an export has every program whole", async () => {
    const { store } = database();
    const owner = newOwner();
    const made = [await created({ owner }), await created({ owner, updatedAt: new Date(START + 1) })];
    const exported: StoredProgram[] = [];
    for await (const program of store.programs.exportAll(owner)) exported.push(program);
    assert.deepEqual(exported, [...made].reverse());
  });

  test("what has expired is pruned; beyond a plan's bytes the longest unchanged go", async () => {
    const { store } = database();
    const owner = newOwner();
    const expired = await created({ owner, expiresAt: new Date("2020-01-01T00:00:00Z") });
    const kept = await created({ owner, expiresAt: null });
    await store.prune(new Date("2020-01-01T00:00:00Z"));
    assert.deepEqual(await everyId(owner), [kept.id]);
    assert.equal(await store.programs.get(expired.id, owner), null);
    // Nothing else in this suite has the plan by now.
    await store.programs.makeRoom("guest", 0);
    const old = await created({ owner, plan: "guest", updatedAt: new Date(START - 60_000) });
    const young = await created({ owner, plan: "guest" });
    assert.equal(await store.programs.makeRoom("guest", programBytes(old) + programBytes(young)), 0);
    assert.equal(await store.programs.makeRoom("guest", programBytes(young)), 1);
    assert.deepEqual((await everyId(owner)).sort(), [kept.id, young.id].sort());
  });

  test("a program is not made with a credential that has ended", async () => {
    const { store } = database();
    const user = await createdUser(store.accounts);
    const made = aProgram({ owner: user.id });
    await assert.rejects(store.programs.create(made, ROOMY, { session: "ended" }), { code: "unauthorized" });
    assert.equal(await store.programs.get(made.id, user.id), null);
  });

  test("runs are listed by the program that they are of", async () => {
    const { store } = database();
    const owner = newOwner();
    const one = await createdRun(store, { owner, program: "p1", createdAt: new Date(START) });
    const two = await createdRun(store, { owner, program: "p1", createdAt: new Date(START + 1) });
    await createdRun(store, { owner, program: "p2" });
    await createdRun(store, { owner });
    await createdRun(store, { program: "p1" });
    assert.deepEqual(await listedIds(store, owner, { program: "p1", limit: 1 }), [two.id, one.id]);
    assert.deepEqual(await listedIds(store, owner, { program: "p1", q: "print" }), [two.id, one.id]);
    assert.deepEqual(await listedIds(store, owner, { program: "p1", status: "success" }), []);
    assert.equal((await store.findRun(one.id, owner))?.program, "p1");
    assert.equal((await store.listRuns(owner, { program: "p1" })).runs[0]?.program, "p1");
  });
}
