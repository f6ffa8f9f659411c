import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import * as z from "zod";
import { type Env, readEnv } from "../../lib/env";
import { LANGUAGES } from "../../lib/languages";
import { createCatalogue } from "../../lib/languages/catalogue";
import { CELL_PROFILE_SOURCE } from "../../lib/sandbox/cell/apparmor.mjs";
import { connectDocker, createImages } from "../../lib/sandbox/images";
import { isDirectoryLocked } from "../../lib/store/embedded/directory-lock";
import { lookAtEmbedded } from "../../lib/store/embedded/look";
import { lookAtMongo } from "../../lib/store/mongo/look";
import { withTimeout } from "../../lib/system/with-timeout";
import { cellProfileState } from "../setup/cell-profile.mjs";
import { likelyHosts } from "../setup/docker.mjs";
import { answeringEngine, type EngineVariables, engineOf } from "./engine";
import type { DataDirFacts, DiskFacts, EngineFacts, Facts, SettingFacts, Tried } from "./facts";
import { talk } from "./line-server";
import { pingRedis } from "./redis";

const IMAGES_AT_ONCE = 8;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Finds out everything that `findingsOf` judges, in twice `askMs` whatever hangs: all is asked at once, and about images once the engine has
 * answered. `hosts` is where an engine may be, in the form of `DOCKER_HOST`; the first that answers is the one. Changes nothing.
 */
export async function collectFacts(
  variables: Variables,
  root: string,
  askMs: number,
  hosts: readonly string[] = likelyHosts(variables),
): Promise<Facts> {
  const env = await tried(async () => readEnv(variables), askMs);
  const facts = env.ok ? await ofConfigured(env.value, { root, askMs, hosts }) : NOTHING;
  return {
    ...{ nodeVersion: process.versions.node, packages: true, ...facts },
    settings: env.ok ? { ok: true, value: settingsOf(env.value) } : env,
    memoryBytes: { total: os.totalmem(), free: os.freemem() },
    userNamespaces: userNamespaces(),
  };
}

const UNKNOWN = { ok: false, why: "the settings cannot be used" } as const;
/** Where the settings cannot be read, nothing that they name can be looked at. */
const NOTHING: Looked = {
  ...{
    engine: UNKNOWN,
    dataDisk: UNKNOWN,
    engineDisk: null,
    images: UNKNOWN,
    dataDir: UNKNOWN,
    store: UNKNOWN,
  },
  ...{ cellProfile: "not needed", port: "unknown", redis: null, smtp: null },
};

type Looked = Pick<
  Facts,
  | "engine"
  | "dataDisk"
  | "engineDisk"
  | "images"
  | "dataDir"
  | "store"
  | "cellProfile"
  | "port"
  | "redis"
  | "smtp"
>;

interface Place {
  root: string;
  askMs: number;
  hosts: readonly string[];
}

async function ofConfigured(env: Env, { root, askMs, hosts }: Place): Promise<Looked> {
  const { redisUrl } = env;
  const found = tried(async () => {
    const variables = await answeringEngine(env.engine, hosts, askMs / 2);
    return { variables, facts: await engineOf(variables) };
  }, askMs);
  const [engine, images, store, dataDir, port, redis, smtp] = await Promise.all([
    found.then((it): Tried<EngineFacts> => (it.ok ? { ok: true, value: it.value.facts } : it)),
    found.then((it) => (it.ok ? tried(() => imagesOf(env, it.value.variables, root), askMs) : it)),
    tried(
      async () =>
        env.mongodbUri === undefined ? lookAtEmbedded(env.dataDir) : lookAtMongo(env.mongodbUri, askMs * 0.9),
      askMs,
    ),
    tried(async () => dataDirOf(env), askMs),
    tried(() => portOf(env, askMs / 2), askMs),
    redisUrl === undefined ? null : tried(() => pingRedis(redisUrl, askMs), askMs),
    env.smtp ? tried(() => mailOf(env.smtp?.url ?? "", askMs), askMs) : null,
  ]);
  const local = engine.ok && engine.value.local;
  return {
    ...{ engine, images, store, dataDir, redis, smtp },
    port: port.ok ? port.value : "unknown",
    dataDisk: await tried(async () => diskOf(env.dataDir), askMs),
    engineDisk: local ? await tried(async () => diskOf(engine.value.rootFolder), askMs) : null,
    cellProfile: await cellProfile(engine, root, askMs),
  };
}

/** The result, or why there is none. */
async function tried<T>(work: () => Promise<T>, limitMs: number): Promise<Tried<T>> {
  try {
    const late = () => {
      throw new Error(`no answer within ${limitMs / 1_000} s`);
    };
    return { ok: true, value: await withTimeout(work(), limitMs, late) };
  } catch (error) {
    return { ok: false, why: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses of one name, none of which answered.
  if (error instanceof AggregateError && error.message === "") return wordsOf(error.errors[0]);
  return error.message || error.name;
}

function settingsOf(env: Env): SettingFacts {
  const { port, host, publicUrl, hosts, trustedProxies, isolation, runtime, dataDir, concurrency } = env;
  const [mongo, secretSet] = [env.mongodbUri !== undefined, env.secret !== undefined];
  const [workers, engineNamed] = [env.redisUrl !== undefined, env.engine.DOCKER_HOST !== undefined];
  return {
    port,
    host,
    publicUrl,
    hosts,
    trustedProxies,
    isolation,
    runtime,
    dataDir,
    mongo,
    workers,
    engineNamed,
    secretSet,
    concurrency,
  };
}

async function imagesOf(env: Env, engine: EngineVariables, root: string) {
  const images = createImages(connectDocker(engine), { images: env.images, root });
  const left = [...createCatalogue(LANGUAGES, env.languages).all];
  const ready: string[] = [];
  const missing: string[] = [];
  const missingCore: string[] = [];
  const look = async () => {
    for (let language = left.shift(); language; language = left.shift()) {
      if (await images.find(language)) ready.push(language.name);
      else {
        missing.push(language.name);
        if (language.core) missingCore.push(language.name);
      }
    }
  };
  await Promise.all(Array.from({ length: IMAGES_AT_ONCE }, look));
  return { ready, missing, missingCore };
}

async function cellProfile(
  engine: Tried<EngineFacts>,
  root: string,
  askMs: number,
): Promise<Facts["cellProfile"]> {
  if (!engine.ok || !engine.value.local || !engine.value.appArmor) return "not needed";
  const state = await tried(async () => {
    const text = fs.readFileSync(path.join(root, CELL_PROFILE_SOURCE), "utf8");
    return cellProfileState(text, { user: process.getuid?.() });
  }, askMs);
  return state.ok ? state.value : "unknown";
}

function userNamespaces(): Facts["userNamespaces"] {
  const max = setting("/proc/sys/user/max_user_namespaces");
  const unprivileged = setting("/proc/sys/kernel/unprivileged_userns_clone");
  return { max, unprivileged: unprivileged === null ? null : unprivileged !== 0 };
}

function setting(file: string): number | null {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** The folder itself, or its nearest existing parent. */
function diskOf(folder: string): DiskFacts {
  if (!fs.existsSync(folder)) return diskOf(path.dirname(folder));
  const { bsize, bavail, blocks } = fs.statfsSync(folder);
  return { folder, freeBytes: bsize * bavail, totalBytes: bsize * blocks };
}

function dataDirOf({ dataDir }: Env): DataDirFacts {
  const stat = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (!stat) return { exists: false, writable: false, mode: 0, locked: false, secretMode: null };
  const secret = fs.statSync(path.join(dataDir, "secret"), { throwIfNoEntry: false });
  const mode = (of: fs.Stats) => of.mode & 0o777;
  return {
    ...{ exists: true, writable: mayWrite(dataDir), mode: mode(stat), locked: isDirectoryLocked(dataDir) },
    secretMode: secret ? mode(secret) : null,
  };
}

function mayWrite(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function portOf({ port, host }: Env, askMs: number): Promise<Facts["port"]> {
  if (port === 0) return "free";
  const server = net.createServer();
  const code = await new Promise<string | null>((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return "free";
  if (code !== "EADDRINUSE") return "refused";
  const here = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  const health = await tried(async () => {
    const answer = await fetch(`http://${here.includes(":") ? `[${here}]` : here}:${port}/api/health`);
    return z.object({ store: z.unknown(), docker: z.unknown() }).parse(await answer.json());
  }, askMs);
  return health.ok ? "ours" : "taken";
}

/** Whether the server greets, which needs no sign-in and sends nothing. */
async function mailOf(address: string, limitMs: number): Promise<null> {
  const url = new URL(address);
  const secure = url.protocol === "smtps:";
  const place = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
  };
  const isLine = (answer: string) => answer.endsWith("\r\n");
  const [greeting = ""] = await talk(place, ["QUIT\r\n"], {
    complete: isLine,
    greets: true,
    limitMs,
  });
  if (!greeting.startsWith("220")) throw new Error(`it greets with "${greeting.trim().slice(0, 80)}"`);
  return null;
}
