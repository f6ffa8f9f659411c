import type { BackupRecord, RecordKind, RecordOf, StoreRecord } from "./records";
import type { RestoredRun, RestoreTarget } from "./target";

/** Records of one kind that are written concurrently: over a network, twenty take as long as one. */
const TOGETHER = 20;
/** A batch of runs ends at this many runs or bytes, whichever comes first; it bounds what a fill holds in memory. */
const RUNS = 200;
const RUN_BYTES = 8 * 1_048_576;
const NO_LIMIT = 1_000_000_000;

/**
 * Fills an empty store with the records of a backup, in their order, and ends the runs that were running, as after a crash. Belongings of who or
 * what is not there, as when it was deleted while the backup was written, are left out.
 */
export async function fill(target: RestoreTarget, records: AsyncIterable<StoreRecord>): Promise<void> {
  const batch = new Batch(target);
  for await (const record of records) await batch.add(record);
  await batch.write();
  await target.store.closeInterrupted();
}

/** Consecutive records that are written at once. */
class Batch {
  readonly #target: RestoreTarget;
  #kind: RecordKind | null = null;
  #runs: { run: RecordOf<"run">; artifacts: RecordOf<"artifact">[] }[] = [];
  #files: RecordOf<"sessionFile">[] = [];
  #others: StoreRecord[] = [];
  #bytes = 0;

  constructor(target: RestoreTarget) {
    this.#target = target;
  }

  async add(record: StoreRecord): Promise<void> {
    if (this.#endsWith(record)) await this.write();
    this.#kind = record.kind;
    this.#bytes += bytesOf(record);
    switch (record.kind) {
      case "run":
        this.#runs.push({ run: record, artifacts: [] });
        return;
      case "artifact":
        this.#runs.at(-1)?.artifacts.push(record);
        return;
      case "sessionFile":
        this.#files.push(record);
        return;
      default:
        this.#others.push(record);
    }
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
          this.#bytes >= RUN_BYTES
        );
      // Those that came in one call stay in one, which is what keeps their order.
      case "sessionFile": {
        const last = this.#files.at(-1);
        return !last || !isOfSameCall(last, record);
      }
      default:
        return this.#kind !== record.kind || this.#others.length >= TOGETHER;
    }
  }

  async write(): Promise<void> {
    const [runs, files, others] = [this.#runs, this.#files, this.#others];
    this.#runs = [];
    this.#files = [];
    this.#others = [];
    this.#bytes = 0;
    if (runs.length > 0) await this.#target.runs(runs.map(restoredRun));
    if (files.length > 0) await this.#target.store.sessionFiles.add(files.map(withoutKind), FILE_LIMITS);
    await Promise.all(others.map((record) => writeOne(this.#target, record)));
  }
}

const FILE_LIMITS = {
  ...{ files: NO_LIMIT, bytes: Number.MAX_SAFE_INTEGER },
  ...{ planFiles: NO_LIMIT, planBytes: Number.MAX_SAFE_INTEGER },
};

async function writeOne(target: RestoreTarget, record: StoreRecord): Promise<unknown> {
  const { accounts, answers, programs, webhooks } = target.store;
  switch (record.kind) {
    case "user": {
      const { kind: _, twoFactor, ...user } = record;
      await accounts.createUser({ ...user, twoFactorSince: null });
      if (!twoFactor) return;
      await accounts.beginTwoFactor(user.id, twoFactor.secret);
      const { since } = twoFactor;
      return since && accounts.enableTwoFactor(user.id, { ...twoFactor, since });
    }
    case "session":
      return accounts.createSession(withoutKind(record));
    case "token":
      return accounts.createToken(withoutKind(record));
    case "key":
      return accounts.createKey(withoutKind(record), NO_LIMIT);
    case "webhook":
      return webhooks.create(withoutKind(record), NO_LIMIT);
    case "delivery":
      return webhooks.addDelivery(withoutKind(record));
    case "adminCode":
      return target.adminCode(record.hash);
    case "program":
      return programs.create(withoutKind(record), {
        programs: NO_LIMIT,
        bytes: Number.MAX_SAFE_INTEGER,
      });
    case "case":
      return target.reportCase(record);
    case "usage":
      return target.usage(record);
    case "removal":
      return target.removal(record);
    case "audit":
      return accounts.record(withoutKind(record));
    case "answer": {
      const { id, fingerprint, answer, startedAt, expiresAt } = record;
      await answers.begin({ id, fingerprint, startedAt, expiresAt, givenUpBefore: startedAt });
      return answer !== null && answers.keep(id, answer);
    }
    case "count":
      return target.store.saveCounts([withoutKind(record)]);
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
  if (record.kind !== "run") return 0;
  const { request, result } = record;
  const texts = [
    ...[request.code, request.stdin, result?.output.stdout, result?.output.stderr],
    ...request.files.map((file) => file.content),
    ...(result?.tests ?? []).map((test) => test.actual),
  ];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 1_024);
}
