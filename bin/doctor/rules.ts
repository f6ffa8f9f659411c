import { remedyFor } from "../../lib/sandbox/cell/remedy";
import { reserveBytes } from "../../lib/store/room";
import { checkNode } from "../setup/node-version.mjs";
import type { DataDirFacts, DiskFacts, EngineFacts, Facts, SettingFacts, Tried } from "./facts";
import { type Finding, fail, ok, warn } from "./finding";
import { CLOCK_FAIL_MS, redis, seconds, smtp, store } from "./service-rules";

const GB = 1_073_741_824;
const OLDEST_API = 1.41;
const LEAST_MEMORY = 1.5 * GB;
/** The images of the core languages, and some room for a build of another. */
const LEAST_ENGINE_DISK = 3 * GB;
const LOW_SHARE = 0.1;

/** What is wrong with a machine, in the order in which to put it right. */
export function findingsOf(facts: Facts): Finding[] {
  const settings = facts.settings.ok ? facts.settings.value : null;
  return [
    node(facts.nodeVersion),
    packages(facts.packages),
    ofSettings(facts.settings),
    memory(facts.memoryBytes, settings),
    ...engine(facts.engine, settings),
    ...disks(facts),
    ...(isWebMachine(facts.engine, settings)
      ? []
      : [images(facts.images, settings), ...isolation(facts, settings)]),
    ...(settings ? [port(facts.port, settings), ...proxy(settings)] : []),
    ...(settings ? dataDir(facts.dataDir, settings) : []),
    ...store(facts.store, settings),
    ...(facts.redis ? redis(facts.redis) : []),
    ...(facts.smtp ? [smtp(facts.smtp)] : []),
  ];
}

function node(version: string): Finding {
  try {
    checkNode(version);
    return ok("node", `Node ${version}`);
  } catch (error) {
    return fail("node", (error as Error).message, "Install a newer Node from https://nodejs.org.");
  }
}

function packages(there: boolean): Finding {
  return there
    ? ok("packages", "installed")
    : fail("packages", "The packages are not installed.", "`npm start` installs them, or `npm ci`.");
}

function ofSettings(settings: Tried<SettingFacts>): Finding {
  if (settings.ok) return ok("settings", "every variable can be used");
  return fail(
    "settings",
    settings.why,
    "Put them right in .env; docs/configuration.md says what each may be.",
  );
}

function memory({ total, free }: Facts["memoryBytes"], settings: SettingFacts | null): Finding {
  const says = `${gigabytes(total)} GB, ${gigabytes(free)} GB of it free`;
  if (total >= LEAST_MEMORY) return ok("memory", says);
  const less = settings ? ` QUICKSAND_CONCURRENCY=2 (now ${settings.concurrency}) and` : "";
  return warn("memory", says, `Large compilers need more.${less} QUICKSAND_WARM=2 take less.`);
}

/** With workers elsewhere a machine needs no engine; one that is named, and does not answer, was meant to be there. */
function isWebMachine(engine: Tried<EngineFacts>, settings: SettingFacts | null): boolean {
  return !engine.ok && settings?.workers === true && !settings.engineNamed;
}

function engine(tried: Tried<EngineFacts>, settings: SettingFacts | null): Finding[] {
  if (!tried.ok) {
    if (isWebMachine(tried, settings)) {
      const says = `No engine here: fine for a web machine, not for a worker (${tried.why})`;
      return [warn("docker", says, "On a worker start it, or set DOCKER_HOST to where it is.")];
    }
    const remedy = "Start the engine, or set DOCKER_HOST to where it is; this user must be in its group.";
    return [fail("docker", `No engine answers: ${tried.why}`, remedy)];
  }
  const { version, apiVersion, storageDriver, cgroupVersion, liveRestore, missingLimits, clockAheadMs } =
    tried.value;
  const found: Finding[] = [];
  const says = `Docker ${version} (API ${apiVersion}), ${storageDriver}, control groups v${cgroupVersion}`;
  if (apiVersion < OLDEST_API) found.push(fail("docker", says, "Update Docker to 20.10 or newer."));
  else if (storageDriver === "vfs") {
    const remedy =
      "Use overlay2 (`storage-driver` in /etc/docker/daemon.json): vfs copies an image for each sandbox.";
    found.push(warn("docker", says, remedy));
  } else found.push(ok("docker", says));
  if (missingLimits.length > 0) {
    const remedy =
      "Give it the kernel's control groups; rootless Docker needs v2 with systemd (docs/operation.md).";
    found.push(
      fail(
        "docker limits",
        `It cannot limit ${missingLimits.join(", ")}: runs would not be contained.`,
        remedy,
      ),
    );
  } else found.push(ok("docker limits", "memory, processor time and processes"));
  // Most engines have it off, and nothing is wrong with that.
  const restart = liveRestore ? "on" : "off: a restart of the engine ends what runs";
  found.push(ok("docker live-restore", restart));
  const runtime = settings?.runtime;
  if (runtime !== undefined) found.push(runtimeFinding(runtime, tried.value));
  if (Math.abs(clockAheadMs) > CLOCK_FAIL_MS)
    found.push(
      warn(
        "docker clock",
        `${seconds(clockAheadMs)} apart from this machine's`,
        "Run a time service on both.",
      ),
    );
  return found;
}

function runtimeFinding(runtime: string, { runtimes }: EngineFacts): Finding {
  if (runtimes.includes(runtime)) return ok("runtime", `the engine has ${runtime}`);
  const says = `QUICKSAND_RUNTIME=${runtime}, and the engine has ${runtimes.join(", ")}.`;
  return fail(
    "runtime",
    says,
    "Add it to `runtimes` in /etc/docker/daemon.json and restart the engine (docs/security.md).",
  );
}

function disks({ dataDisk, engineDisk }: Facts): Finding[] {
  const found = [disk("disk of the data", dataDisk, (room) => reserveBytes(room.totalBytes))];
  if (engineDisk) found.push(disk("disk of the engine", engineDisk, () => LEAST_ENGINE_DISK));
  return found;
}

function disk(check: string, tried: Tried<DiskFacts>, least: (room: DiskFacts) => number): Finding {
  if (!tried.ok) return warn(check, tried.why, "Look at it with `df -h`.");
  const { folder, freeBytes, totalBytes } = tried.value;
  const says = `${gigabytes(freeBytes)} of ${gigabytes(totalBytes)} GB free at ${folder}`;
  const remedy = "Free some: `npm run images -- --prune`, older backups and logs; or give it a larger disk.";
  if (freeBytes < least(tried.value)) return fail(check, says, remedy);
  return freeBytes < totalBytes * LOW_SHARE ? warn(check, says, remedy) : ok(check, says);
}

function images(tried: Facts["images"], settings: SettingFacts | null): Finding {
  if (!tried.ok)
    return warn("images", `It is not known which are there: ${tried.why}`, "Put Docker right first.");
  const { ready, missing, missingCore } = tried.value;
  const says = `${ready.length} languages ready, ${missing.length} not made yet`;
  if (ready.length === 0) {
    const none = "No language has its image";
    return settings?.workers
      ? warn("images", `${none}: fine for a web machine`, "On a worker `npm run images -- core` makes them.")
      : fail("images", `${none}.`, "`npm run images -- core` makes them.");
  }
  if (missingCore.length === 0) return ok("images", says);
  return warn(
    "images",
    `${says}, among them ${missingCore.join(", ")}`,
    "`npm run images -- core` makes them.",
  );
}

/** What cells ask of the machine; the server itself finds out by making one, which this must not. */
function isolation(facts: Facts, settings: SettingFacts | null): Finding[] {
  if (!settings || !["cell", "auto"].includes(settings.isolation)) return [];
  const found: Finding[] = [];
  const { max, unprivileged } = facts.userNamespaces;
  if (max === 0)
    found.push(
      fail("user namespaces", "The kernel makes none.", remedyFor("unshare: No space left on device")),
    );
  else if (unprivileged === false)
    found.push(
      fail("user namespaces", "Only root may make them.", remedyFor("unshare: Operation not permitted")),
    );
  else found.push(ok("user namespaces", max === null ? "not bounded" : `up to ${max}`));
  if (facts.cellProfile === "missing")
    found.push(fail("apparmor", "The profile of cells is not loaded.", remedyFor("apparmor")));
  else if (facts.cellProfile === "unknown")
    found.push(
      warn("apparmor", "It is not known whether the profile of cells is loaded.", remedyFor("apparmor")),
    );
  else
    found.push(
      ok("apparmor", facts.cellProfile === "ready" ? "the profile of cells is loaded" : "not in use"),
    );
  const failed = found.filter(({ state }) => state === "fail");
  // With `auto` containers serve as they did.
  return settings.isolation === "auto"
    ? found.map((each) => (failed.includes(each) ? { ...each, state: "warn" } : each))
    : found;
}

function port(state: Facts["port"], { port: number, host }: SettingFacts): Finding {
  const at = `${host}:${number}`;
  switch (state) {
    case "free":
      return ok("port", `${at} is free`);
    case "ours":
      return ok("port", `Quicksand answers at ${at}`);
    case "taken":
      return fail(
        "port",
        `Something else listens at ${at}.`,
        `Stop it, or take another: PORT=${number + 1}.`,
      );
    case "refused":
      return fail(
        "port",
        `${at} may not be listened on.`,
        "Take a port above 1023, and an address of this machine.",
      );
    case "unknown":
      return warn("port", `It is not known whether ${at} is free.`, "Look with `ss -ltn`.");
  }
}

function proxy({ publicUrl, trustedProxies, host }: SettingFacts): Finding[] {
  const local = ["127.0.0.1", "::1", "localhost"].includes(host);
  if (publicUrl === undefined) {
    if (trustedProxies === 0 && local) return [];
    const says =
      trustedProxies > 0
        ? "QUICKSAND_TRUST_PROXY is set and NEXTAUTH_URL is not"
        : `HOST=${host}, without NEXTAUTH_URL`;
    return [warn("address", says, "Set NEXTAUTH_URL to the public address, with https://.")];
  }
  const url = new URL(publicUrl);
  const atHome = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol === "http:" && !atHome)
    return [
      warn(
        "address",
        `${publicUrl} is not https`,
        "Put a proxy with HTTPS in front (docs/operation.md): passwords go over it.",
      ),
    ];
  if (url.protocol === "https:" && trustedProxies === 0) {
    const says = `${publicUrl} is behind a proxy and QUICKSAND_TRUST_PROXY is 0: all guests share its address and quota`;
    return [warn("address", says, "Set QUICKSAND_TRUST_PROXY to the number of proxies in front.")];
  }
  return [ok("address", publicUrl)];
}

function dataDir(tried: Tried<DataDirFacts>, { dataDir: folder, secretSet, mongo }: SettingFacts): Finding[] {
  if (!tried.ok) return [fail("data directory", tried.why, `Make ${folder} readable to this user.`)];
  const { exists, writable, mode, locked, secretMode } = tried.value;
  if (!exists) return [ok("data directory", `${folder} will be made at the first start`)];
  if (!writable)
    return [
      fail("data directory", `${folder} cannot be written.`, `chown it to the user that runs Quicksand.`),
    ];
  const found: Finding[] = [];
  const open = (mode & 0o077) !== 0;
  const use = locked ? "in use by a Quicksand" : "not in use";
  if (open && !mongo)
    found.push(
      warn(
        "data directory",
        `${folder} can be read by others (mode ${mode.toString(8)}), ${use}`,
        `chmod 700 ${folder}`,
      ),
    );
  else found.push(ok("data directory", `${folder}, ${use}`));
  if (secretMode !== null && (secretMode & 0o077) !== 0)
    found.push(fail("secret", `${folder}/secret can be read by others.`, `chmod 600 ${folder}/secret`));
  else if (secretMode === null && !secretSet) found.push(ok("secret", "will be made at the first start"));
  else found.push(ok("secret", secretSet ? "NEXTAUTH_SECRET" : `${folder}/secret`));
  return found;
}

function gigabytes(bytes: number): string {
  return (bytes / GB).toFixed(1);
}
