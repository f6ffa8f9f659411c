import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineFacts, Facts, SettingFacts } from "./facts";
import type { State } from "./finding";
import { findingsOf } from "./rules";

const GB = 1_073_741_824;

const ENGINE: EngineFacts = {
  ...{
    version: "29.1.0",
    apiVersion: 1.52,
    storageDriver: "overlay2",
    cgroupVersion: "2",
    liveRestore: true,
  },
  ...{ rootFolder: "/var/lib/docker", runtimes: ["runc", "runsc"], appArmor: true, rootless: false },
  ...{ missingLimits: [], local: true, clockAheadMs: 3 },
};
const SETTINGS: SettingFacts = {
  ...{ port: 3000, host: "127.0.0.1", publicUrl: "https://code.example.org", hosts: [], trustedProxies: 1 },
  ...{
    isolation: "auto",
    runtime: "runsc",
    dataDir: "/data",
    mongo: false,
    workers: false,
    engineNamed: false,
    secretSet: false,
    concurrency: 8,
  },
};
const DISK = { folder: "/data", freeBytes: 50 * GB, totalBytes: 100 * GB };
const STORE = {
  ...{ kind: "embedded" as const, schema: 18, knownSchema: 18, bytes: 5e6, clockAheadMs: -60_000 },
  halfRestored: false,
};
const DATA_DIR = { exists: true, writable: true, mode: 0o700, locked: true, secretMode: 0o600 };

const HEALTHY: Facts = {
  nodeVersion: "24.3.0",
  packages: true,
  settings: { ok: true, value: SETTINGS },
  memoryBytes: { total: 8 * GB, free: 4 * GB },
  engine: { ok: true, value: ENGINE },
  dataDisk: { ok: true, value: DISK },
  engineDisk: { ok: true, value: DISK },
  images: { ok: true, value: { ready: ["Python", "C"], missing: ["Go"], missingCore: [] } },
  cellProfile: "ready",
  userNamespaces: { max: 15_000, unprivileged: true },
  port: "ours",
  dataDir: { ok: true, value: DATA_DIR },
  store: { ok: true, value: STORE },
  redis: { ok: true, value: { policy: "noeviction", appendOnly: true } },
  smtp: { ok: true, value: null },
};

const why = { ok: false, why: "no answer within 4 s" } as const;
const settings = (change: Partial<SettingFacts>): Partial<Facts> => ({
  settings: { ok: true, value: { ...SETTINGS, ...change } },
});
const engine = (change: Partial<EngineFacts>): Partial<Facts> => ({
  engine: { ok: true, value: { ...ENGINE, ...change } },
});
const store = (change: Partial<typeof STORE>): Partial<Facts> => ({
  store: { ok: true, value: { ...STORE, ...change } },
});
const mongo = (clockAheadMs: number): Partial<Facts> => ({
  store: { ok: true, value: { ...STORE, kind: "mongodb", clockAheadMs } },
});
const dataDir = (change: Partial<typeof DATA_DIR>): Partial<Facts> => ({
  dataDir: { ok: true, value: { ...DATA_DIR, ...change } },
});

test("on a healthy machine every line is ok, and none has a remedy", () => {
  for (const finding of findingsOf(HEALTHY))
    assert.deepEqual([finding.state, finding.remedy], ["ok", undefined], finding.check);
});

/** A fault, the check that sees it, how bad it is, and what is said. */
const FAULTS: readonly (readonly [string, Partial<Facts>, string, State, RegExp])[] = [
  ["an old Node", { nodeVersion: "18.20.0" }, "node", "fail", /needs Node 20\.19/],
  ["no packages", { packages: false }, "packages", "fail", /not installed/],
  [
    "settings that cannot be used",
    { settings: { ok: false, why: "The environment has 2 problem(s)" } },
    "settings",
    "fail",
    /2 problem/,
  ],
  ["little memory", { memoryBytes: { total: GB, free: GB / 2 } }, "memory", "warn", /1\.0 GB/],
  ["no engine", { engine: why }, "docker", "fail", /No engine answers: no answer/],
  [
    "no engine where workers run the programs",
    { ...settings({ workers: true }), engine: why, images: why },
    "docker",
    "warn",
    /fine for a web machine, not for a worker \(no answer/,
  ],
  ["an old engine", engine({ apiVersion: 1.4 }), "docker", "fail", /API 1\.4/],
  ["a storage driver that copies", engine({ storageDriver: "vfs" }), "docker", "warn", /vfs/],
  [
    "limits that cannot be had",
    engine({ missingLimits: ["memory"] }),
    "docker limits",
    "fail",
    /cannot limit memory/,
  ],
  ["a runtime that is not there", settings({ runtime: "kata" }), "runtime", "fail", /has runc, runsc/],
  ["an engine with another time", engine({ clockAheadMs: -90_000 }), "docker clock", "warn", /90\.0 s apart/],
  [
    "a full disk",
    { dataDisk: { ok: true, value: { ...DISK, freeBytes: 1e6 } } },
    "disk of the data",
    "fail",
    /0\.0 of 100/,
  ],
  [
    "a disk that fills",
    { engineDisk: { ok: true, value: { ...DISK, freeBytes: 5 * GB } } },
    "disk of the engine",
    "warn",
    /5\.0 of/,
  ],
  [
    "no images",
    { images: { ok: true, value: { ready: [], missing: ["C"], missingCore: ["C"] } } },
    "images",
    "fail",
    /No language/,
  ],
  [
    "no images where workers run the programs",
    {
      ...settings({ workers: true }),
      images: { ok: true, value: { ready: [], missing: ["C"], missingCore: ["C"] } },
    },
    "images",
    "warn",
    /No language has its image: fine for a web machine/,
  ],
  [
    "a core image that is missing",
    { images: { ok: true, value: { ready: ["C"], missing: ["Python"], missingCore: ["Python"] } } },
    "images",
    "warn",
    /among them Python/,
  ],
  [
    "cells without their profile",
    { ...settings({ isolation: "cell" }), cellProfile: "missing" },
    "apparmor",
    "fail",
    /not loaded/,
  ],
  ["the same where containers serve too", { cellProfile: "missing" }, "apparmor", "warn", /not loaded/],
  [
    "a profile of cells that could not be looked for",
    { cellProfile: "unknown" },
    "apparmor",
    "warn",
    /not known/,
  ],
  [
    "a kernel without user namespaces",
    { ...settings({ isolation: "cell" }), userNamespaces: { max: 0, unprivileged: null } },
    "user namespaces",
    "fail",
    /makes none/,
  ],
  [
    "user namespaces for root only",
    { userNamespaces: { max: 9, unprivileged: false } },
    "user namespaces",
    "warn",
    /Only root/,
  ],
  ["a port that something else has", { port: "taken" }, "port", "fail", /Something else/],
  ["a port that needs root", { port: "refused" }, "port", "fail", /may not be listened on/],
  ["a proxy that nobody told of", settings({ trustedProxies: 0 }), "address", "warn", /all guests share/],
  [
    "passwords over http",
    settings({ publicUrl: "http://code.example.org" }),
    "address",
    "warn",
    /is not https/,
  ],
  [
    "a proxy without an address",
    settings({ publicUrl: undefined }),
    "address",
    "warn",
    /NEXTAUTH_URL is not/,
  ],
  ["a data directory of others", dataDir({ writable: false }), "data directory", "fail", /cannot be written/],
  ["one that others read", dataDir({ mode: 0o755 }), "data directory", "warn", /mode 755/],
  ["a secret that others read", dataDir({ secretMode: 0o644 }), "secret", "fail", /can be read by others/],
  ["no database", { store: why }, "store", "fail", /no answer/],
  [
    "a database of a later version",
    store({ schema: 19 }),
    "store",
    "fail",
    /schema 19; this Quicksand knows up to 18/,
  ],
  ["a restore that was cut short", store({ halfRestored: true }), "store", "fail", /restored in part/],
  ["a database from the future", store({ clockAheadMs: 90_000 }), "clock", "fail", /90\.0 s after/],
  ["a database server that is ahead", mongo(5_000), "clock", "warn", /5\.0 s ahead/],
  ["a database server that is far behind", mongo(-60_000), "clock", "fail", /60\.0 s behind/],
  ["no Redis", { redis: why }, "redis", "fail", /no answer/],
  [
    "a Redis that forgets",
    { redis: { ok: true, value: { policy: "allkeys-lru", appendOnly: true } } },
    "redis",
    "fail",
    /allkeys-lru/,
  ],
  [
    "a Redis that keeps nothing",
    { redis: { ok: true, value: { policy: "noeviction", appendOnly: false } } },
    "redis",
    "warn",
    /appendonly is off/,
  ],
  ["no mail server", { smtp: why }, "mail", "fail", /does not answer/],
];

for (const [name, change, check, state, says] of FAULTS) {
  test(`${name} is seen, and it is said what to do`, () => {
    const findings = findingsOf({ ...HEALTHY, ...change });
    const bad = findings.filter((finding) => finding.state !== "ok");
    const found = bad.find((finding) => finding.check === check);
    assert.equal(found?.state, state, JSON.stringify(bad));
    assert.match(found?.says ?? "", says);
    assert.ok(bad.every(({ remedy }) => remedy !== undefined && remedy.length > 0));
    // No other check reports the same fault.
    if (check !== "settings")
      assert.deepEqual(
        bad.map((finding) => finding.check),
        [check],
      );
  });
}

test("a web machine is not asked what only running programs needs", () => {
  const here = { ...settings({ workers: true, isolation: "cell" }), engine: why, images: why };
  const findings = findingsOf({
    ...{ ...HEALTHY, ...here, cellProfile: "missing", userNamespaces: { max: 0, unprivileged: null } },
  });
  assert.deepEqual(
    findings.filter(({ state }) => state !== "ok").map(({ check, state }) => [check, state]),
    [["docker", "warn"]],
  );
});

test("an engine that DOCKER_HOST names was meant to be there, with workers too", () => {
  const here = { ...settings({ workers: true, engineNamed: true }), engine: why };
  const docker = findingsOf({ ...HEALTHY, ...here }).find(({ check }) => check === "docker");
  assert.equal(docker?.state, "fail");
});
