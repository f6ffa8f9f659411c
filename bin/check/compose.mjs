#!/usr/bin/env node
/**
 * Checks that docker-compose.yml keeps what docs/operation.md promises, and that Compose accepts it. Usage: compose.mjs [ROOT]. Also fails when
 * there is no Compose.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram, run, succeeds } from "../setup/child.mjs";
import { explain } from "../setup/problem.mjs";

/** Serves people and has no Docker. */
const WEB = "web";
/** Runs programs, and is the only one that has Docker's socket. */
const WORKER = "worker";
/** Variables that the file or the image sets, that are for another engine than the mounted socket's, or whose name is open-ended. */
const NOT_PASSED_ON =
  /^(HOST|PORT|NODE_ENV|DOCKER_[A-Z_]+|(MONGO|REDIS)_PASSWORD|CA_BUNDLE|QUICKSAND_DATA_DIR|QUICKSAND_IMAGE_.*)$/;
/** What a worker reads; everything else is for the web processes, whose secrets a worker must not have. */
const WORKERS =
  /^(MONGODB_URI|REDIS_URL|QUICKSAND_(CONCURRENCY|WARM|ISOLATION|RUNTIME|LANGUAGES|PLANS|STORE_BYTES|LOG_LEVEL)|OTEL_.*)$/;
/** Those that only a worker reads. */
const WORKERS_ALONE = /^QUICKSAND_(CONCURRENCY|WARM|ISOLATION|RUNTIME)$/;

/** What nobody starts without, each with a value to check by. */
const MUST_BE_SET = { MONGO_PASSWORD: "a", REDIS_PASSWORD: "b", NEXTAUTH_SECRET: "c" };

/** The command for Compose: Docker's plugin or the stand-alone program, in any version. `undefined` without either. */
export async function composeCommand() {
  if (await succeeds("docker", ["compose", "version"])) return ["docker", "compose"];
  const program = findProgram("docker-compose");
  return program && (await succeeds(program, ["version"])) ? [program] : undefined;
}

/** The problems of a compose file, as we wrote it or as `docker compose config` prints it. */
export function composeProblems(text) {
  const problems = [];
  const expect = (holds, problem) => holds || problems.push(problem);
  const services = blocksIn(text, "services");
  const inner = [...blocksIn(text, "networks")].filter(([, lines]) => /^\s*internal: true$/m.test(lines));

  const web = services.get(WEB) ?? "";
  const worker = services.get(WORKER) ?? "";
  expect(/127\.0\.0\.1/.test(web), `${WEB} is published beyond this machine`);
  expect(
    worker.includes(":/var/run/docker.sock") || /target: \/var\/run\/docker\.sock/.test(worker),
    `${WORKER} has no Docker socket`,
  );
  for (const name of [WEB, WORKER]) {
    const lines = services.get(name) ?? "";
    expect(/^ {4}read_only: true$/m.test(lines), `${name} may write to its own file system`);
    for (const other of ["mongo", "redis"]) {
      const waits = new RegExp(`^ {6}${other}:\\n {8}condition: service_healthy`, "m").test(lines);
      expect(waits, `${name} does not wait for ${other}`);
    }
  }
  for (const secret of ["NEXTAUTH_SECRET", "SMTP_URL", "GITHUB_SECRET", "GOOGLE_SECRET", "OIDC_SECRET"])
    expect(!worker.includes(secret), `${WORKER} is given ${secret}, which it does not need`);
  const redis = services.get("redis") ?? "";
  expect(/requirepass/.test(redis), "redis lets everybody in");
  expect(/noeviction/.test(redis), "redis may throw away waiting runs");
  expect(/appendonly\s+- "?yes/.test(redis), "redis forgets what waits when it is restarted");
  for (const [, name] of text.matchAll(/\$\{([A-Z_]*(?:PASSWORD|SECRET)[A-Z_]*)(?!:\?)[^}]*\}/g))
    problems.push(`${name} may be forgotten: demand it with :?`);

  for (const [name, lines] of services) {
    const property = (key) => new RegExp(`^ {4}${key}:`, "m").test(lines);
    const given = [...lines.matchAll(/^ {6}- ([A-Z][A-Z0-9_]*)(?:=|$)/gm)].map(([, variable]) => variable);
    for (const variable of new Set(given.filter((it, index) => given.indexOf(it) !== index)))
      problems.push(`${name} is given ${variable} twice, and the second counts`);
    expect(property("restart"), `${name} stays down when it ends`);
    expect(property("healthcheck") || name === WEB, `${name} has no health check`);
    expect(property("mem_limit") && property("pids_limit"), `${name} may take all memory or all processes`);
    expect(
      !property("container_name") && !property("hostname"),
      `${name} has a name that a second one clashes with`,
    );
    expect(/cap_drop:\s+- ALL\b/.test(lines), `${name} keeps capabilities`);
    expect(/no-new-privileges:true/.test(lines), `${name} may gain privileges`);
    expect(
      !/privileged: true|(network_mode|pid|ipc): "?host/.test(lines),
      `${name} is let out of its container`,
    );
    if (name !== WORKER) expect(!/docker\.sock|DOCKER_SOCKET/.test(lines), `${name} has the Docker socket`);
    if (name === WEB) continue;
    expect(!property("ports"), `${name} publishes a port`);
    const networks = namesUnder(lines, "networks");
    expect(
      networks.length > 0 && networks.every((network) => inner.some(([is]) => is === network)),
      `${name} is on a network that is not internal`,
    );
  }
  const [ofMongo, ofRedis] = ["mongo", "redis"].map((name) =>
    namesUnder(services.get(name) ?? "", "networks"),
  );
  expect(!ofMongo.some((network) => ofRedis.includes(network)), "mongo and redis share a network");
  return problems;
}

/** Variables that `.env.example` documents and docker-compose.yml does not pass to whom they are for, as `service: NAME`. */
export function forgottenVariables(compose, example) {
  const services = blocksIn(compose, "services");
  const forgotten = (service, name) =>
    !new RegExp(`^\\s+- ${name}(=|$)`, "m").test(services.get(service) ?? "");
  const names = [...example.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
  return names
    .filter((name) => !NOT_PASSED_ON.test(name))
    .flatMap((name) => [
      ...(!WORKERS_ALONE.test(name) && forgotten(WEB, name) ? [`${WEB}: ${name}`] : []),
      ...(WORKERS.test(name) && forgotten(WORKER, name) ? [`${WORKER}: ${name}`] : []),
    ]);
}

/**
 * The entries of a top-level key, by name. Not a YAML parser: it relies on the usual form of Compose files, two spaces per level.
 */
function blocksIn(text, key) {
  const blocks = new Map();
  const bare = text.replace(/^\s*#.*\n/gm, "");
  const section = new RegExp(`^${key}:\\n((?: .*\\n|\\n)*)`, "m").exec(`${bare}\n`)?.[1] ?? "";
  for (const block of section.split(/^(?= {2}\w)/m)) {
    const name = /^ {2}([\w-]+):/.exec(block)?.[1];
    if (name) blocks.set(name, block);
  }
  return blocks;
}

/** The entries of a property, written as a list or as a mapping. */
function namesUnder(lines, key) {
  const entries = new RegExp(`^ {4}${key}:\\n((?: {4}(?:-| ).*\\n)*)`, "m").exec(lines)?.[1] ?? "";
  return [...entries.matchAll(/^ {4}(?:- | {2}- | {2})([\w-]+)/gm)].map(([, name]) => name);
}

async function check(root) {
  const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
  const source = read("docker-compose.yml");
  const command = await composeCommand();
  if (!command)
    return [
      "There is no Docker Compose: install `docker-compose`, or Docker's plugin `docker-compose-plugin`.",
    ];
  const [file, ...before] = command;
  // `.env.example` sets nothing: it stands for a machine where nothing was set, and keeps this machine's own .env out.
  const config = (environment) => {
    const given = { ...process.env, ...environment };
    const options = { cwd: root, env: given };
    return run(file, [...before, "--env-file", ".env.example", "config"], options);
  };
  const resolved = await config({ ...MUST_BE_SET, PORT: "3000-3002" });
  const startsWithout = [];
  for (const name of Object.keys(MUST_BE_SET)) {
    const error = await config({ ...MUST_BE_SET, [name]: undefined }).catch((problem) => problem);
    if (!String(error?.log).includes(name)) startsWithout.push(`Compose starts without ${name}`);
  }
  return [
    ...startsWithout,
    ...composeProblems(source).map((problem) => `docker-compose.yml: ${problem}`),
    ...composeProblems(resolved).map((problem) => `as Compose reads it: ${problem}`),
    ...forgottenVariables(source, read(".env.example")).map(
      (name) => `docker-compose.yml does not pass on ${name}`,
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await check(path.resolve(process.argv[2] ?? ".")).catch((error) => [explain(error)]);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${(await composeCommand())?.join(" ")} accepts docker-compose.yml`);
}
