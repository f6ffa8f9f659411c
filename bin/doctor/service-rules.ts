import type { StoreLook } from "../../lib/store/look";
import type { RedisFacts, SettingFacts, Tried } from "./facts";
import { type Finding, fail, ok, warn } from "./finding";

/** Processes that share a store take turns by their clocks, which must agree to half a minute. */
const CLOCK_WARN_MS = 2_000;
export const CLOCK_FAIL_MS = 30_000;

export function store(tried: Tried<StoreLook>, settings: SettingFacts | null): Finding[] {
  if (!tried.ok) {
    const remedy = settings?.mongo
      ? "Start MongoDB, or check the user, password, host and database in MONGODB_URI."
      : "Restore a backup (docs/operation.md): what is there is no database.";
    return [fail("store", tried.why, remedy)];
  }
  const { kind, schema, knownSchema, bytes, clockAheadMs, halfRestored } = tried.value;
  const name = kind === "mongodb" ? "MongoDB" : "embedded database";
  if (halfRestored)
    return [fail("store", `${name}: a backup was restored in part`, "Run `npm run restore` again.")];
  const found: Finding[] = [];
  if (schema !== null && schema > knownSchema) {
    const says = `${name} has schema ${schema}; this Quicksand knows up to ${knownSchema}`;
    found.push(
      fail("store", says, "Start the newer Quicksand that wrote it, or restore a backup from before."),
    );
  } else {
    const state =
      schema === null
        ? "made at the first start"
        : schema < knownSchema
          ? `schema ${schema}, ${knownSchema - schema} migrations at the next start`
          : `schema ${schema}`;
    found.push(ok("store", `${name}, ${state}, ${(bytes / 1e6).toFixed(0)} MB`));
  }
  found.push(...clock(kind, clockAheadMs));
  return found;
}

function clock(kind: StoreLook["kind"], aheadMs: number | null): Finding[] {
  if (aheadMs === null) return [];
  const remedy = "Run a time service (`timedatectl set-ntp true`): sessions, quotas and locks go by it.";
  if (kind === "embedded") {
    // The database was written in what is the future here.
    if (aheadMs < CLOCK_FAIL_MS) return [];
    return [
      fail("clock", `The database was last written ${seconds(aheadMs)} after this machine's now.`, remedy),
    ];
  }
  const says = `MongoDB's is ${seconds(aheadMs)} ${aheadMs < 0 ? "behind" : "ahead of"} this machine's`;
  if (Math.abs(aheadMs) > CLOCK_FAIL_MS) return [fail("clock", says, remedy)];
  return [Math.abs(aheadMs) > CLOCK_WARN_MS ? warn("clock", says, remedy) : ok("clock", says)];
}

export function redis(tried: Tried<RedisFacts>): Finding[] {
  if (!tried.ok) return [fail("redis", tried.why, "Start Redis, or check REDIS_URL.")];
  const { policy, appendOnly } = tried.value;
  if (policy !== null && policy !== "noeviction") {
    const says = `maxmemory-policy is ${policy}: jobs that wait may be thrown away`;
    return [fail("redis", says, "`maxmemory-policy noeviction` in redis.conf.")];
  }
  if (appendOnly === false) {
    const says = "appendonly is off: a crash loses the jobs of up to minutes";
    return [warn("redis", says, "`appendonly yes` in redis.conf.")];
  }
  return [
    ok(
      "redis",
      policy === null ? "answers; it does not tell its settings" : `answers, ${policy}, appendonly`,
    ),
  ];
}

export function smtp(tried: Tried<null>): Finding {
  return tried.ok
    ? ok("mail", "the server answers")
    : fail(
        "mail",
        `The mail server does not answer: ${tried.why}`,
        "Check host and port of SMTP_URL, and the firewall.",
      );
}

export function seconds(ms: number): string {
  return `${(Math.abs(ms) / 1_000).toFixed(1)} s`;
}
