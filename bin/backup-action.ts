/** What `npm run backup` and `npm run restore` do with the configured store. Started by `bin/backup.mjs` and `bin/restore.mjs`. */
import { readFileSync } from "node:fs";
import { draftSecret, knownSecret } from "../lib/auth/secret";
import { envOrExit } from "../lib/env";
import { AppError } from "../lib/errors";
import { createLog } from "../lib/log";
import {
  asFile,
  type BackupPlace,
  type BackupSummary,
  backUp,
  backUpTo,
  fileProblem,
  type RecordCounts,
  type RecordKind,
  restore,
} from "../lib/store/backup";

const LINE_MS = 5_000;
const DATABASE_WITHIN_MS = 30_000;

const env = envOrExit();
const place: BackupPlace = {
  dataDir: env.dataDir,
  mongo:
    env.mongodbUri === undefined
      ? undefined
      : { uri: env.mongodbUri, log: createLog("silent"), answerWithinMs: DATABASE_WITHIN_MS },
};
const where = place.mongo ? "the database at MONGODB_URI" : env.dataDir;

/** Standard output may be the backup. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function progressOf(doing: string): (counts: RecordCounts) => void {
  let spokenAt = performance.now();
  return (counts) => {
    if (performance.now() - spokenAt < LINE_MS) return;
    spokenAt = performance.now();
    say(`  … ${doing} ${inWords(counts)}`);
  };
}

/** `3 users, 1,200 runs and 74 other things`. */
function inWords({ user = 0, run = 0, ...others }: RecordCounts): string {
  const rest = Object.values(others).reduce((sum, count) => sum + count, 0);
  const number = (count: number) => count.toLocaleString("en");
  return `${number(user)} users, ${number(run)} runs and ${number(rest)} other things`;
}

function without(all: RecordCounts, left: RecordCounts): RecordCounts {
  const counts = Object.entries(all).map(([kind, count]) => [kind, count - (left[kind as RecordKind] ?? 0)]);
  return Object.fromEntries(counts);
}

async function save(file: string, withSecret: boolean): Promise<void> {
  const secret = withSecret ? await knownSecret(env.secret, env.dataDir) : null;
  const options = { secret, version: version(), progress: progressOf("saved") };
  const since = performance.now();
  say(`Backing up ${where}.`);
  const { records } =
    file === "-"
      ? await backUpTo(process.stdout, place, options)
      : await backUp(file, place, options).catch((error: unknown) => {
          throw error instanceof AppError ? error : fileProblem(error, file);
        });
  const seconds = ((performance.now() - since) / 1_000).toFixed(1);
  say(`✓ ${inWords(records)} in ${seconds} s${file === "-" ? "" : `: ${file}`}`);
  if (secret === null)
    say("! The server's secret is not in it: keep it elsewhere, as docs/operation.md says.");
  else say("It holds password hashes and the server's secret: keep it where only you can read it.");
}

async function load(file: string, replace: boolean): Promise<void> {
  const verified = ({ header, records }: BackupSummary) =>
    say(`The backup is whole: ${inWords(records)}, of ${header.createdAt}, by Quicksand ${header.version}.`);
  const options = {
    ...{ replace, verified, progress: progressOf("restored") },
    draftSecret: (secret: string) => draftSecret(secret, env.dataDir),
  };
  const read = (from: string) =>
    restore(from, place, options).catch((error: unknown) => {
      throw error instanceof AppError ? error : fileProblem(error, from);
    });
  const since = performance.now();
  const { records, leftOut, secret } =
    file === "-" ? await asFile(process.stdin, env.dataDir, read) : await read(file);
  say(
    `✓ ${inWords(without(records, leftOut))} in ${where}, in ${((performance.now() - since) / 1_000).toFixed(1)} s`,
  );
  if (Object.keys(leftOut).length > 0) {
    say(
      `! Left out: ${inWords(leftOut)}, which belong to nobody who is in the backup, or are in it twice. It is what was`,
    );
    say("  deleted or added while the backup was made.");
  }
  if (secret === null) {
    say(
      "! The backup has no secret: with another one than before, everybody is signed out, and second factors and",
    );
    say(
      "  webhooks cannot be read. Put the old one into the file `secret` of the data directory, or set NEXTAUTH_SECRET.",
    );
  } else if (env.secret !== undefined && env.secret !== secret) {
    say(
      "! NEXTAUTH_SECRET is set here and is not the backup's: what was sealed with that cannot be read. Unset it to use",
    );
    say("  the one that is in the data directory now.");
  }
  say("Start Quicksand now.");
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  return found;
}

/** By the first word, which the image's `node backup.mjs` takes too. */
const ACTIONS = {
  backup: {
    flag: "--without-secret",
    dash: "standard output",
    run: (file: string, flag: boolean) => save(file, !flag),
  },
  restore: { flag: "--replace", dash: "standard input", run: load },
};

function isAction(word: string | undefined): word is keyof typeof ACTIONS {
  return word !== undefined && Object.hasOwn(ACTIONS, word);
}

function usage(actions: readonly (keyof typeof ACTIONS)[]): AppError {
  const ways = actions.map((action) => `npm run ${action} -- FILE [${ACTIONS[action].flag}]`);
  const dashes = actions.map((action) => ACTIONS[action].dash);
  return new AppError(
    "invalid_request",
    `Use it as: ${ways.join(", or ")}\nFILE may be -, for ${dashes.join(" or ")}. In the image it is node backup.mjs ${actions.join("|")} FILE.`,
  );
}

/** Nothing is done for words that are not understood: one that is mistyped must not lose a store. */
async function act([action, ...words]: readonly string[]): Promise<void> {
  if (!isAction(action)) throw usage(["backup", "restore"]);
  const { flag, run } = ACTIONS[action];
  const [file, ...more] = words.filter((word) => word !== flag);
  if (file === undefined || more.length > 0 || (file.startsWith("-") && file !== "-")) throw usage([action]);
  await run(file, words.includes(flag));
}

try {
  await act(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  say(`\n${error.message}\n`);
  process.exitCode = 1;
}
