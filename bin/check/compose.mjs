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

const APP = "app";
/** Variables that the file or the image sets, that are for another engine than the mounted socket's, or whose name is open-ended. */
const NOT_PASSED_ON =
  /^(HOST|PORT|NODE_ENV|DOCKER_[A-Z_]+|MONGO_PASSWORD|QUICKSAND_DATA_DIR|QUICKSAND_IMAGE_.*)$/;

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

  const app = services.get(APP) ?? "";
  expect(
    app.includes(":/var/run/docker.sock") || /target: \/var\/run\/docker\.sock/.test(app),
    `${APP} has no Docker socket`,
  );
  expect(/127\.0\.0\.1/.test(app), `${APP} is published beyond this machine`);
  expect(/^ {4}read_only: true$/m.test(app), `${APP} may write to its own file system`);
  expect(/condition: service_healthy/.test(app), `${APP} does not wait for the database`);
  expect(services.size > 1, "there is no database");

  for (const [name, lines] of services) {
    const property = (key) => new RegExp(`^ {4}${key}:`, "m").test(lines);
    expect(property("restart"), `${name} stays down when it ends`);
    expect(property("healthcheck") || property("build"), `${name} has no health check`);
    expect(/cap_drop:\s+- ALL\b/.test(lines), `${name} keeps capabilities`);
    expect(/no-new-privileges:true/.test(lines), `${name} may gain privileges`);
    expect(
      !/privileged: true|(network_mode|pid|ipc): "?host/.test(lines),
      `${name} is let out of its container`,
    );
    if (name === APP) continue;
    expect(!/docker\.sock|DOCKER_SOCKET/.test(lines), `${name} has the Docker socket`);
    expect(!property("ports"), `${name} publishes a port`);
    const networks = namesUnder(lines, "networks");
    expect(
      networks.length > 0 && networks.every((network) => inner.some(([is]) => is === network)),
      `${name} is on a network that is not internal`,
    );
  }
  return problems;
}

/** Variables that `.env.example` documents and docker-compose.yml does not pass to the app. */
export function forgottenVariables(compose, example) {
  const app = blocksIn(compose, "services").get(APP) ?? "";
  return [...example.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)]
    .map(([, name]) => name)
    .filter((name) => !NOT_PASSED_ON.test(name) && !new RegExp(`^\\s+- ${name}(=|$)`, "m").test(app));
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
  // Not this machine's own .env.
  const resolved = await run(file, [...before, "--env-file", ".env.example", "config"], { cwd: root });
  return [
    ...composeProblems(source).map((problem) => `docker-compose.yml: ${problem}`),
    ...composeProblems(resolved).map((problem) => `as Compose reads it: ${problem}`),
    ...forgottenVariables(source, read(".env.example")).map(
      (name) => `docker-compose.yml does not pass ${name} on`,
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await check(path.resolve(process.argv[2] ?? ".")).catch((error) => [explain(error)]);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${(await composeCommand())?.join(" ")} accepts docker-compose.yml`);
}
