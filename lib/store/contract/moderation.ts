import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../../errors";
import { type Complaint, MAX_COMPLAINTS, type ReportCase } from "../moderation";
import { createdUser, later, NOW } from "./account-fixtures";
import { aStoredRun, type ContractDatabase, createdRun, finishedRun, newId, newOwner } from "./fixtures";

const TAKEDOWN = { at: later(5_000), reason: "spam", note: '你好 \u0000 "quoted"' } as const;

function aComplaint(complaint: Partial<Complaint> = {}): Complaint {
  return {
    reporter: newOwner("reporter"),
    from: "user",
    reason: "malware",
    text: "It says \u0000 你好",
    at: NOW,
    ...complaint,
  };
}

/** How often a race is run: which of the two is first differs from one to the next. */
const RACES = 12;

const isGone = (error: unknown) => error instanceof AppError && error.code === "gone";

/** Runs that are taken down, owners who are suspended, and reports. */
export function moderationContract(database: () => ContractDatabase): void {
  async function everyCase(open: boolean): Promise<ReportCase[]> {
    const { moderation } = database().store;
    const cases: ReportCase[] = [];
    let cursor: string | null = null;
    do {
      const page = await moderation.listCases({ open, cursor });
      assert.ok(page.cases.length <= 20);
      cases.push(...page.cases);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return cases;
  }
  const caseOf = async (run: string, open = true) =>
    (await everyCase(open)).find((each) => each.run.id === run);

  test("a run that is taken down is gone for others and there for its owner, until it is restored", async () => {
    const { store } = database();
    const run = await createdRun(store, { visibility: "public" });
    await store.putArtifacts(run.id, [{ name: "a", type: "text/plain", bytes: Buffer.from("a") }]);
    assert.equal(await store.moderation.takeDown(run.id, TAKEDOWN, "admin", newId()), run.owner);
    for (const viewer of [null, newOwner("other")]) {
      await assert.rejects(store.findRun(run.id, viewer), isGone);
      await assert.rejects(store.findArtifact(run.id, "a", viewer), isGone);
      assert.equal(await store.isGone(run.id, viewer), true);
    }
    assert.equal(await store.isGone(run.id, run.owner), false);
    assert.deepEqual((await store.findRun(run.id, run.owner))?.takedown, TAKEDOWN);
    assert.ok(await store.findArtifact(run.id, "a", run.owner));
    const [row] = (await store.listRuns(run.owner, {})).runs;
    assert.deepEqual([row?.takedown, row?.visibility], [TAKEDOWN, "public"]);

    assert.equal(await store.moderation.restore(run.id), run.owner);
    assert.equal((await store.findRun(run.id, null))?.takedown, null);
    assert.equal(await store.isGone(run.id, null), false);
    assert.equal(await store.moderation.restore(run.id), null);
  });

  test("what is private is not taken down, and what is down is not taken down again, by many at once either", async () => {
    const { store } = database();
    const run = await finishedRun(store);
    assert.equal(await store.moderation.takeDown(run.id, TAKEDOWN, "admin", newId()), null);
    assert.equal(await store.moderation.takeDown(newId(), TAKEDOWN, "admin", newId()), null);
    await store.updateRun(run.id, run.owner, { visibility: "unlisted" });
    const owners = await Promise.all(
      Array.from({ length: 5 }, (_, n) => store.moderation.takeDown(run.id, TAKEDOWN, `admin ${n}`, newId())),
    );
    assert.deepEqual(
      owners.filter((owner) => owner !== null),
      [run.owner],
    );
  });

  test("its owner can name, hide and delete what was taken down, but not share it", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "unlisted" });
    await store.moderation.takeDown(run.id, TAKEDOWN, "admin", newId());
    for (const visibility of ["unlisted", "public"] as const) {
      const sharing = store.updateRun(run.id, run.owner, { visibility, title: "shared" });
      await assert.rejects(sharing, (error) => error instanceof AppError && error.code === "forbidden");
    }
    const hidden = await store.updateRun(run.id, run.owner, { visibility: "private", title: "mine" });
    assert.deepEqual([hidden?.visibility, hidden?.title], ["private", "mine"]);
    assert.equal(await store.findRun(run.id, null), null, "private again, it looks absent");
    assert.equal(await store.isGone(run.id, null), false);
    assert.equal(await store.deleteRun(run.id, run.owner), true);
  });

  test("a backup keeps what was taken down", async () => {
    const { store } = database();
    const run = aStoredRun({ takedown: TAKEDOWN });
    await store.importRuns([run]);
    assert.deepEqual(await store.findRun(run.id, run.owner), run);
    await assert.rejects(store.findRun(run.id, null), isGone);
  });

  test("nobody else sees what a suspended user shares; they do again when the user is resumed", async () => {
    const { store } = database();
    const user = await createdUser(store.accounts, { suspendedAt: null });
    const run = await createdRun(store, { owner: user.id, visibility: "public" });
    await store.putArtifacts(run.id, [{ name: "a", type: "text/plain", bytes: Buffer.from("a") }]);
    const seen = async (viewer: string | null) => [
      (await store.findRun(run.id, viewer)) !== null,
      (await store.findArtifact(run.id, "a", viewer)) !== null,
    ];
    assert.deepEqual(await seen(null), [true, true]);
    await store.accounts.updateUser(user.id, { suspendedAt: NOW });
    assert.deepEqual(await seen(null), [false, false]);
    assert.deepEqual(await seen(newOwner("other")), [false, false]);
    assert.deepEqual(await seen(user.id), [true, true]);
    await store.accounts.updateUser(user.id, { suspendedAt: null });
    assert.deepEqual(await seen(null), [true, true]);
  });

  test("a viewer has one report in a run's open case, however many are sent at once", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "unlisted", title: "A title" });
    const [mine, theirs] = [aComplaint(), aComplaint({ from: "guest", at: later(1), reason: "other" })];
    const answers = await Promise.all(
      [mine, mine, mine].map((each) => store.moderation.report(run.id, newId(), each)),
    );
    assert.deepEqual(answers.sort(), ["already", "already", "reported"]);
    assert.equal(await store.moderation.report(run.id, newId(), theirs), "reported");
    assert.equal(await store.moderation.report(newId(), newId(), mine), "absent");
    const found = await caseOf(run.id);
    assert.deepEqual(found?.complaints, [mine, theirs]);
    assert.deepEqual([found?.openedAt, found?.decision, found?.decidedAt], [NOW, null, null]);
    const { id, owner, title, language, visibility, takedown } = found?.run ?? {};
    assert.deepEqual(
      { id, owner, title, language, visibility, takedown },
      {
        ...{ id: run.id, owner: run.owner, title: "A title" },
        ...{ language: "python", visibility: "unlisted", takedown: null },
      },
    );
  });

  test("a case keeps as many reports as it takes to decide, and of many at once loses none", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "unlisted" });
    for (let round = 0; round < 6; round++) {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => store.moderation.report(run.id, newId(), aComplaint())),
      );
      assert.deepEqual(answers, Array(4).fill("reported"));
      const kept = (await caseOf(run.id))?.complaints.length;
      assert.equal(kept, Math.min(MAX_COMPLAINTS, (round + 1) * 4));
    }
  });

  test("a dismissed case is decided once and leaves the run; the same viewer can then report anew", async () => {
    const { store } = database();
    const { moderation } = store;
    const run = await finishedRun(store, { visibility: "unlisted" });
    const complaint = aComplaint();
    await moderation.report(run.id, newId(), complaint);
    const open = await caseOf(run.id);
    assert.ok(open);
    const decisions = await Promise.all(
      ["one", "other"].map((by) => moderation.dismissCase(open.id, by, later(9))),
    );
    const [decided, ...others] = decisions.filter((each) => each !== null);
    assert.deepEqual(others, []);
    assert.deepEqual([decided?.decision, decided?.decidedAt], ["dismissed", later(9)]);
    assert.deepEqual(await caseOf(run.id, false), decided);
    assert.equal(await caseOf(run.id), undefined);
    assert.ok(await store.findRun(run.id, null));
    assert.equal(await moderation.report(run.id, newId(), complaint), "reported");
  });

  test("taking a run down decides its open case", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "unlisted" });
    await store.moderation.report(run.id, newId(), aComplaint());
    await store.moderation.takeDown(run.id, TAKEDOWN, "admin", newId());
    assert.equal(await caseOf(run.id), undefined);
    const decided = await caseOf(run.id, false);
    const { decision, decidedAt, decidedBy } = decided ?? {};
    assert.deepEqual([decision, decidedAt, decidedBy], ["taken_down", TAKEDOWN.at, "admin"]);
    assert.deepEqual(decided?.run.takedown, TAKEDOWN);
  });

  test("going private does not save what was reported, and what nobody reported is found among the decided", async () => {
    const { store } = database();
    const run = await finishedRun(store, { visibility: "unlisted" });
    await store.moderation.report(run.id, newId(), aComplaint());
    await store.updateRun(run.id, run.owner, { visibility: "private" });
    assert.equal(await store.moderation.takeDown(run.id, TAKEDOWN, "admin", newId()), run.owner);
    assert.equal((await caseOf(run.id, false))?.decision, "taken_down");
    const sharing = store.updateRun(run.id, run.owner, { visibility: "public" });
    await assert.rejects(sharing, (error) => error instanceof AppError && error.code === "forbidden");

    const found = await finishedRun(store, { visibility: "public" });
    await store.moderation.takeDown(found.id, TAKEDOWN, "admin", newId());
    const { complaints, decision, decidedBy } = (await caseOf(found.id, false)) ?? {};
    assert.deepEqual([complaints, decision, decidedBy], [[], "taken_down", "admin"]);
  });

  test("what is taken down while its case is dismissed is found among the decided, whoever was first", async () => {
    const { store } = database();
    const { moderation } = store;
    for (let race = 0; race < RACES; race++) {
      const run = await finishedRun(store, { visibility: "unlisted" });
      const caseId = newId();
      await moderation.report(run.id, caseId, aComplaint());
      const [owner] = await Promise.all([
        moderation.takeDown(run.id, TAKEDOWN, "one", newId()),
        moderation.dismissCase(caseId, "other", later(9)),
      ]);
      assert.equal(owner, run.owner);
      const decisions = (await everyCase(false)).filter((each) => each.run.id === run.id);
      assert.ok(
        decisions.some(({ decision }) => decision === "taken_down"),
        JSON.stringify(decisions),
      );
      assert.equal(await caseOf(run.id), undefined);
    }
  });

  test("cases are listed once each, the latest first; those of deleted runs are gone", async () => {
    const { store } = database();
    const owner = newOwner();
    const runs: string[] = [];
    for (let n = 0; n < 45; n++) {
      const run = await finishedRun(store, { owner, visibility: "unlisted" });
      await store.moderation.report(
        run.id,
        newId(),
        aComplaint({ at: later(1_000_000 + Math.floor(n / 7)) }),
      );
      runs.push(run.id);
    }
    const listed = (await everyCase(true)).filter((each) => each.run.owner === owner);
    const times = listed.map((each) => each.openedAt.getTime());
    assert.deepEqual(
      times,
      [...times].sort((a, b) => b - a),
    );
    assert.deepEqual(new Set(listed.map((each) => each.run.id)), new Set(runs));
    assert.equal(listed.length, 45);
    await store.deleteRun(runs[0] ?? "", owner);
    assert.equal(await caseOf(runs[0] ?? ""), undefined);
    await store.deleteRuns(owner);
    assert.deepEqual(
      (await everyCase(true)).filter((each) => each.run.owner === owner),
      [],
    );
  });
}
