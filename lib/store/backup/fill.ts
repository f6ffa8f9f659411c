import { AppError } from "../../errors";
import type { RecordCounts } from "./file";
import { Owners } from "./owners";
import type { BackupRecord, RecordKind, RecordOf, StoreRecord } from "./records";
import type { RestoredRun, RestoreTarget } from "./target";

/** Records of one kind that are written concurrently: over a network, twenty take as long as one. */
const TOGETHER = 20;
/** A batch ends at this many runs or bytes, whichever comes first; it bounds what a fill holds in memory. */
const RUNS = 200;
const BATCH_BYTES = 8 * 1_048_576;
const NO_LIMIT = 1_000_000_000;

/**
 * Fills an empty store with the records of a backup, in their order, and ends the runs that were running, as after a crash. Belongings of who or
 * what is not there, as when it was deleted or made while the backup was written, are left out, and so is a second user with the address of
 * another. Answers how many records that were. Throws `invalid_request` for something that is there twice.
 */
export async function fill(
  target: RestoreTarget,
  records: AsyncIterable<StoreRecord>,
): Promise<RecordCounts> {
  const batch = new Batch(target);
  for await (const record of records) await batch.add(record);
  await batch.write();
  await target.store.closeInterrupted();
  return batch.leftOut;
}

/** Consecutive records that are written at once. */
class Batch {
  readonly leftOut: RecordCounts = {};
  readonly #target: RestoreTarget;
  readonly #owners: Owners;
  #kind: RecordKind | null = null;
  #runs: { run: RecordOf<"run">; artifacts: RecordOf<"artifact">[] }[] = [];
  #files: RecordOf<"sessionFile">[] = [];
  #others: StoreRecord[] = [];
  #bytes = 0;

  constructor(target: RestoreTarget) {
    this.#target = target;
    this.#owners = new Owners(target.store.accounts);
  }

  async add(record: StoreRecord): Promise<void> {
    if (this.#endsWith(record)) await this.write();
    this.#kind = record.kind;
    switch (record.kind) {
      case "run":
        if (!(await this.#owners.hasOwnerOf(record))) return this.#leaveOut("run");
        this.#runs.push({ run: record, artifacts: [] });
        break;
      case "artifact": {
        const last = this.#runs.at(-1);
        if (last?.run.id !== record.run) return this.#leaveOut("artifact");
        last.artifacts.push(record);
        break;
      }
      case "sessionFile":
        if (!(await this.#owners.hasOwnerOf(record))) return this.#leaveOut("sessionFile");
        this.#files.push(record);
        break;
      default:
        this.#others.push(record);
    }
    this.#bytes += bytesOf(record);
  }

  #leaveOut(kind: RecordKind, count = 1): void {
    if (count > 0) this.leftOut[kind] = (this.leftOut[kind] ?? 0) + count;
  }

  #endsWith(record: StoreRecord): boolean {
    switch (record.kind) {
      // Behind its run, in the same step.
      case "artifact":
        return false;
      case "run":
        return (
          this.#others.length > 0 ||
          this.#files.length > 0 ||
          this.#runs.length >= RUNS ||
          this.#bytes >= BATCH_BYTES
        );
      // Those that came in one call stay in one, which is what keeps their order.
      case "sessionFile": {
        const last = this.#files.at(-1);
        return !last || !isOfSameCall(last, record);
      }
      // Of two users with one address it is the first who is there.
      case "user":
        if (this.#others.some((other) => other.kind === "user" && other.email === record.email)) return true;
        break;
    }
    return this.#kind !== record.kind || this.#others.length >= TOGETHER || this.#bytes >= BATCH_BYTES;
  }

  async write(): Promise<void> {
    const [runs, files, others] = [this.#runs, this.#files, this.#others];
    this.#runs = [];
    this.#files = [];
    this.#others = [];
    this.#bytes = 0;
    if (runs.length > 0) {
      const stored = await this.#once("run", () => this.#target.runs(runs.map(restoredRun)));
      this.#leaveOut("run", runs.length - stored);
    }
    if (files.length > 0) {
      const { sessionFiles } = this.#target.store;
      await this.#once("sessionFile", () => sessionFiles.add(files.map(withoutKind), FILE_LIMITS));
    }
    await Promise.all(
      others.map(async (record) => {
        const stored = await this.#once(record.kind, () => writeOne(this.#target, record, this.#owners));
        if (!stored) this.#leaveOut(record.kind);
      }),
    );
  }

  async #once<T>(kind: RecordKind, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (cause) {
      if (!this.#target.isDuplicate(cause)) throw cause;
      throw new AppError(
        "invalid_request",
        `This backup is damaged: it has a record of kind "${kind}" twice. Take another one.`,
        { cause },
      );
    }
  }
}

const FILE_LIMITS = {
  ...{ files: NO_LIMIT, bytes: Number.MAX_SAFE_INTEGER },
  ...{ planFiles: NO_LIMIT, planBytes: Number.MAX_SAFE_INTEGER },
};

/** Answers `false` for what is left out. */
async function writeOne(target: RestoreTarget, record: StoreRecord, owners: Owners): Promise<boolean> {
  const { accounts, answers, programs, webhooks } = target.store;
  switch (record.kind) {
    case "user": {
      const { kind: _, twoFactor, ...user } = record;
      if (!(await accounts.createUser({ ...user, twoFactorSince: null }))) return false;
      if (!twoFactor) return true;
      await accounts.beginTwoFactor(user.id, twoFactor.secret);
      const { since } = twoFactor;
      if (since) await accounts.enableTwoFactor(user.id, { ...twoFactor, since });
      return true;
    }
    case "session":
      return accounts.createSession(withoutKind(record));
    case "token":
      if (!(await owners.has(record.user))) return false;
      await accounts.createToken(withoutKind(record));
      return true;
    case "key":
      return accounts.createKey(withoutKind(record), NO_LIMIT);
    case "webhook":
      return webhooks.create(withoutKind(record), NO_LIMIT);
    case "delivery":
      return webhooks.addDelivery(withoutKind(record));
    case "adminCode":
      await target.adminCode(record.hash);
      return true;
    case "program": {
      if (!(await owners.hasOwnerOf(record))) return false;
      const limits = { programs: NO_LIMIT, bytes: Number.MAX_SAFE_INTEGER };
      return (await programs.create(withoutKind(record), limits)) === "created";
    }
    case "case":
      return target.reportCase(record);
    case "usage":
      await target.usage(record);
      return true;
    case "removal":
      await target.removal(record);
      return true;
    case "audit":
      await accounts.record(withoutKind(record));
      return true;
    case "answer": {
      const { id, fingerprint, answer, startedAt, expiresAt } = record;
      await answers.begin({ id, fingerprint, startedAt, expiresAt, givenUpBefore: startedAt });
      if (answer !== null) await answers.keep(id, answer);
      return true;
    }
    case "count":
      await target.store.saveCounts([withoutKind(record)]);
      return true;
    case "run":
    case "artifact":
    case "sessionFile":
      throw new Error(`A record of kind "${record.kind}" is written with others.`);
  }
}

function restoredRun({
  run: { kind: _, running, ...run },
  artifacts,
}: {
  run: RecordOf<"run">;
  artifacts: readonly RecordOf<"artifact">[];
}): RestoredRun {
  return { run, running, artifacts };
}

function withoutKind<Some extends BackupRecord>({ kind: _, ...rest }: Some): Omit<Some, "kind"> {
  return rest;
}

function isOfSameCall(one: RecordOf<"sessionFile">, other: RecordOf<"sessionFile">): boolean {
  return (
    one.owner === other.owner &&
    one.session === other.session &&
    one.createdAt.getTime() === other.createdAt.getTime()
  );
}

/** As a rough measure of what it takes in memory. */
function bytesOf(record: StoreRecord): number {
  if (record.kind === "artifact" || record.kind === "sessionFile") return record.bytes.byteLength;
  if (record.kind === "answer") return record.answer?.length ?? 0;
  if (record.kind === "delivery") return record.body.length;
  if (record.kind !== "run") return 0;
  const { request, result } = record;
  const texts = [
    ...[request.code, request.stdin, result?.output.stdout, result?.output.stderr],
    ...request.files.map((file) => file.content),
    ...(result?.tests ?? []).map((test) => test.actual),
  ];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 1_024);
}
