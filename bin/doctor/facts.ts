import type { StoreLook } from "../../lib/store/look";

/** The outcome of a check that may fail. */
export type Tried<T> = { ok: true; value: T } | { ok: false; why: string };

/** Free and all bytes of the disk that a folder is on. */
export interface DiskFacts {
  folder: string;
  freeBytes: number;
  totalBytes: number;
}

export interface EngineFacts {
  version: string;
  apiVersion: number;
  storageDriver: string;
  cgroupVersion: string;
  liveRestore: boolean;
  rootFolder: string;
  runtimes: readonly string[];
  appArmor: boolean;
  rootless: boolean;
  /** What it cannot limit: `memory`, `processor time`, `processes`. */
  missingLimits: readonly string[];
  /** Whether it is on this machine, so that what we see here is what it has. */
  local: boolean;
  clockAheadMs: number;
}

/** The settings that findings depend on; secrets are not among them. */
export interface SettingFacts {
  port: number;
  host: string;
  publicUrl: string | undefined;
  hosts: readonly string[];
  trustedProxies: number;
  isolation: string;
  runtime: string | undefined;
  dataDir: string;
  mongo: boolean;
  /** With Redis, workers run the programs: this machine may be one, or have no engine. */
  workers: boolean;
  /** Whether `DOCKER_HOST` says where the engine is. */
  engineNamed: boolean;
  secretSet: boolean;
  concurrency: number;
}

export interface DataDirFacts {
  exists: boolean;
  writable: boolean;
  /** Permission bits, as `0o700`. */
  mode: number;
  /** Whether a Quicksand has it. */
  locked: boolean;
  /** Permission bits of the file `secret`; `null` where there is none. */
  secretMode: number | null;
}

export interface RedisFacts {
  /** `null` where the server does not say. */
  policy: string | null;
  appendOnly: boolean | null;
}

/** What was found out about a machine. Optional parts that are not configured are `null`. */
export interface Facts {
  nodeVersion: string;
  packages: boolean;
  settings: Tried<SettingFacts>;
  memoryBytes: { total: number; free: number };
  engine: Tried<EngineFacts>;
  dataDisk: Tried<DiskFacts>;
  /** `null` where the engine's machine is another. */
  engineDisk: Tried<DiskFacts> | null;
  images: Tried<{ ready: readonly string[]; missing: readonly string[]; missingCore: readonly string[] }>;
  cellProfile: "ready" | "missing" | "not needed" | "unknown";
  /** `null` where the kernel sets no bound. */
  userNamespaces: { max: number | null; unprivileged: boolean | null };
  port: "free" | "ours" | "taken" | "refused" | "unknown";
  dataDir: Tried<DataDirFacts>;
  store: Tried<StoreLook>;
  redis: Tried<RedisFacts> | null;
  smtp: Tried<null> | null;
}
