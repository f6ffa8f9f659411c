import { aKey, anEntry, aSession, aToken, createdUser, later, NOW } from "../../contract/account-fixtures";
import {
  accept,
  aRequest,
  aResult,
  aRun,
  aTest,
  finishedRun,
  newId,
  newOwner,
} from "../../contract/fixtures";
import type { NewRun, Store } from "../../index";
import type { StoredProgram } from "../../programs";

const LIMITS = { files: 100, bytes: 1e9, planBytes: 1e9, planFiles: 100 };
/** Text that databases tend to mishandle: a NUL, quotation marks, many characters that JSON escapes. */
const ODD = `a\0b "quoted" 🙂 ${"\u0001".repeat(400)}`;

/** What `filledStore` has put in that a test asks for. */
export interface Filled {
  user: string;
  shared: NewRun;
  deleted: NewRun;
  running: NewRun;
  takenDown: NewRun;
  owner: string;
}

/** Fills a store with something of every kind, all of it through the port. */
export async function fill(store: Store): Promise<Filled> {
  const { accounts } = store;
  // There is one only while there is no admin.
  await accounts.offerAdminCode("a hash");
  const user = await createdUser(accounts, { suspendedAt: null, waiting: false });
  const plain = await createdUser(accounts, {
    ...{ passwordHash: null, emailProvenAt: null, identities: [], madeFrom: null, admin: false },
    ...{ suspendedAt: null, waiting: true, preferences: {}, lastSeenAt: null, name: ODD },
  });
  await accounts.beginTwoFactor(user.id, "sealed");
  const on = { secret: "sealed", since: NOW, lastStep: 55, recovery: ["one", "two"] };
  await accounts.enableTwoFactor(user.id, on);
  await accounts.spendRecoveryCode(user.id, "one");
  await accounts.beginTwoFactor(plain.id, "begun");
  await accounts.createSession(aSession(user.id));
  await accounts.createToken(aToken(user.id));
  await accounts.createKey(aKey(user.id), 10);
  await accounts.createKey(aKey(user.id, { requestsPerMinute: null, runsPerDay: null, expiresAt: null }), 10);
  const revoked = aKey(user.id);
  await accounts.createKey(revoked, 10);
  await accounts.deleteKey(revoked.id, user.id);
  await accounts.record(anEntry({ detail: ODD, actor: user.id, subject: plain.id }));
  await accounts.record(anEntry({ network: null, browser: null }));
  const gone = await createdUser(accounts, { admin: false });
  await accounts.createKey(aKey(gone.id), 10);
  await accounts.deleteUser(gone.id);

  const filled = await fillRuns(store, user.id);
  await fillPrograms(store, user.id);
  const hook = {
    id: newId(),
    owner: user.id,
    url: "https://example.org/x",
    sealedSecret: "s",
    createdAt: NOW,
  };
  await store.webhooks.create(hook, 5);
  const delivery = {
    id: newId(),
    webhook: hook.id,
    run: filled.shared.id,
    body: ODD,
    status: "pending" as const,
  };
  await store.webhooks.addDelivery({
    ...delivery,
    ...{ createdAt: NOW, nextAt: later(5), expiresAt: later(1e9), attempts: [] },
  });
  const begun = { fingerprint: "f", startedAt: NOW, expiresAt: later(1e9), givenUpBefore: NOW };
  const [answered, waiting] = [newId(), newId()];
  await store.answers.begin({ id: answered, ...begun });
  await store.answers.keep(answered, ODD);
  await store.answers.begin({ id: waiting, ...begun });
  await store.saveCounts([{ key: "rate:x", points: 3, expiresAt: later(1e9) }]);
  const file = { session: "s", owner: user.id, plan: "pro" as const, type: "text/plain", createdAt: NOW };
  const files = ["b", "a", "c"].map((name) => {
    return { id: newId(), ...file, name, expiresAt: later(1e12), bytes: Buffer.from([0, 255, 10]) };
  });
  await store.sessionFiles.add(files, LIMITS);
  return filled;
}

async function fillRuns(store: Store, owner: string): Promise<Filled> {
  const shared = await finishedRun(store, {
    ...{ owner, title: 'A "title" 🙂', visibility: "public", pinned: true, program: "p", plan: "pro" },
    request: aRequest({
      code: ODD,
      stdin: ODD,
      args: [ODD],
      tests: [aTest()],
      files: [{ path: "x", content: ODD }],
    }),
  });
  const withFiles = aRun({ owner, expiresAt: later(1e12) });
  await accept(store, withFiles);
  const bytes = Buffer.alloc(300_000, "ab\0");
  await store.putArtifacts(withFiles.id, [{ name: "ä b.png", type: "image/png", bytes }]);
  const artifacts = [{ name: "ä b.png", type: "image/png", bytes: bytes.length, url: "/x" }];
  await store.finishRun(withFiles.id, aResult(withFiles, { artifacts }), { image: "sha256:later" });
  const deleted = await finishedRun(store, { owner });
  await store.deleteRun(deleted.id, owner);
  const takenDown = await finishedRun(store, { visibility: "unlisted" });
  const [complaint] = ["guest", "user"].map((from) => ({
    ...{ reporter: newId(), from: from as "guest" | "user", reason: "spam" as const, text: ODD, at: NOW },
  }));
  if (complaint) {
    await store.moderation.report(takenDown.id, newId(), complaint);
    await store.moderation.report(shared.id, newId(), complaint);
  }
  await store.moderation.takeDown(takenDown.id, { at: NOW, reason: "spam", note: ODD }, owner, newId());
  const running = aRun({ owner: newOwner("guest") });
  await accept(store, running, { account: "network", ceilings: [{ account: "wider", limit: 9 }] });
  for (let n = 0; n < 3; n++) await finishedRun(store, { owner: "crowded", plan: "guest" });
  await store.makeRoom({ owner: "crowded", plan: "guest" }, { ownerBytes: 1, planBytes: 1e12 });
  return { user: owner, owner, shared, deleted, running, takenDown };
}

async function fillPrograms(store: Store, owner: string): Promise<void> {
  const texts = { code: ODD, stdin: ODD, args: "-a 'b c'" };
  const content = { language: "python", files: [{ path: "x", content: ODD }], tests: [aTest()], ...texts };
  const program: StoredProgram = {
    ...{ id: newId(), owner, title: "odd 🙂", titleSource: "typed", revision: 1, plan: "pro" },
    ...{ createdAt: NOW, updatedAt: NOW, expiresAt: later(1e12), content },
  };
  const limits = { programs: 100, bytes: 1e9 };
  await store.programs.create(program, limits);
  await store.programs.replace({ ...program, revision: 2, updatedAt: later(1), expiresAt: null }, limits);
}
