import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { composeProblems, forgottenVariables } from "./compose.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
const compose = read("docker-compose.yml");

/** Our file with one thing changed; that it was there to be changed is made sure of. */
function changed(from, to, text = compose) {
  assert.ok(text.includes(from), from);
  return text.replace(from, () => to);
}

/** Our file with lines added to a service. */
function withLines(service, lines) {
  return changed(`\n  ${service}:\n`, `\n  ${service}:\n${lines}\n`);
}

/** Our file with one thing changed in the block of one service. */
function changedIn(service, from, to) {
  const start = compose.indexOf(`\n  ${service}:\n`);
  assert.notEqual(start, -1, service);
  const place = compose.indexOf(from, start);
  assert.notEqual(place, -1, from);
  return `${compose.slice(0, place)}${to}${compose.slice(place + from.length)}`;
}

test("docker-compose.yml keeps what the documents promise, and passes every documented variable on", () => {
  assert.deepEqual(composeProblems(compose), []);
  assert.deepEqual(forgottenVariables(compose, read(".env.example")), []);
});

test("only a worker has the Docker socket, and it must have it", () => {
  for (const service of ["web", "mongo", "redis"]) {
    const socket = withLines(service, "    devices:\n      - /var/run/docker.sock:/d");
    assert.deepEqual(composeProblems(socket), [`${service} has the Docker socket`]);
  }
  assert.deepEqual(composeProblems(changed(":/var/run/docker.sock", ":/var/run/other.sock")), [
    "worker has no Docker socket",
  ]);
});

test("worker, database and Redis have neither a port nor the way out, and database and Redis do not meet", () => {
  for (const service of ["worker", "mongo", "redis"]) {
    assert.deepEqual(composeProblems(withLines(service, '    ports: ["27017:27017"]')), [
      `${service} publishes a port`,
    ]);
  }
  const open = composeProblems(changed("    internal: true", "    internal: false"));
  assert.deepEqual(
    open,
    ["worker", "mongo"].map((name) => `${name} is on a network that is not internal`),
  );
  const both = changed("      - database\n    user", "      - database\n      - default\n    user");
  assert.deepEqual(composeProblems(both), ["mongo is on a network that is not internal"]);
  const meeting = changed("      - database\n    user", "      - database\n      - queue\n    user");
  assert.deepEqual(composeProblems(meeting), ["mongo and redis share a network"]);
});

test("the app stays on this machine, and behind its walls", () => {
  assert.deepEqual(composeProblems(changed("127.0.0.1:", "")), ["web is published beyond this machine"]);
  for (const service of ["web", "worker"]) {
    const found = (from, to) => composeProblems(changedIn(service, from, to));
    const writes = [`${service} may write to its own file system`];
    assert.deepEqual(found("    read_only: true\n", ""), writes);
    // A comment holds nothing.
    assert.deepEqual(found("    read_only: true\n", "    # read_only: true\n"), writes);
    const gains = [`${service} may gain privileges`];
    assert.deepEqual(found("no-new-privileges:true", "seccomp:unconfined"), gains);
    assert.deepEqual(found("    cap_drop:\n      - ALL\n", ""), [`${service} keeps capabilities`]);
    const out = [`${service} is let out of its container`];
    assert.deepEqual(found("    image: quicksand\n", "    network_mode: host\n"), out);
    const takesAll = [`${service} may take all memory or all processes`];
    assert.deepEqual(found("    mem_limit: 1g\n", ""), takesAll);
  }
});

test("there is no password that works when it was forgotten, and a worker has no secrets of the web processes", () => {
  const forgotten = changed(
    "--requirepass\n      - ${REDIS_PASSWORD:?",
    "--requirepass\n      - ${REDIS_PASSWORD:-",
  );
  assert.deepEqual(composeProblems(forgotten), ["REDIS_PASSWORD may be forgotten: demand it with :?"]);
  const given = changedIn(
    "worker",
    "      - QUICKSAND_PLANS\n",
    "      - QUICKSAND_PLANS\n      - SMTP_URL\n",
  );
  assert.deepEqual(composeProblems(given), ["worker is given SMTP_URL, which it does not need"]);
});

test("a variable is given once", () => {
  const twice = changedIn("web", "      - QUICKSAND_PLANS\n", "      - QUICKSAND_PLANS\n      - REDIS_URL\n");
  assert.deepEqual(composeProblems(twice), ["web is given REDIS_URL twice, and the second counts"]);
});

test("Redis keeps what waits, and keeps strangers out", () => {
  assert.deepEqual(composeProblems(changed("      - noeviction\n", "      - allkeys-lru\n")), [
    "redis may throw away waiting runs",
  ]);
  assert.deepEqual(composeProblems(changed('--appendonly\n      - "yes"', '--appendonly\n      - "no"')), [
    "redis forgets what waits when it is restarted",
  ]);
  assert.deepEqual(composeProblems(changed("      - --requirepass\n", "")), ["redis lets everybody in"]);
});

test("a service comes up again, tells whether it is well, waits for its database, and can be there more than once", () => {
  assert.deepEqual(
    composeProblems(changed("    image: mongo:8\n    restart: unless-stopped\n", "    image: mongo:8\n")),
    ["mongo stays down when it ends"],
  );
  for (const service of ["worker", "mongo", "redis"]) {
    assert.deepEqual(composeProblems(changedIn(service, "    healthcheck:", "    x-healthcheck:")), [
      `${service} has no health check`,
    ]);
  }
  for (const name of ["container_name", "hostname"]) {
    assert.deepEqual(composeProblems(withLines("worker", `    ${name}: worker`)), [
      "worker has a name that a second one clashes with",
    ]);
  }
  const waits = changedIn("worker", "      redis:\n        condition: service_healthy\n", "");
  assert.deepEqual(composeProblems(waits), ["worker does not wait for redis"]);
});

test("the form that Compose puts out is understood: 1.29's with flush lists, 2's with mappings", () => {
  const written = ({ indent, published, volume, workers = "queue" }) => {
    const behindWalls = `
    cap_drop:
${indent}    - ALL
    mem_limit: 1g
    pids_limit: 200
    restart: always
    security_opt:
${indent}    - no-new-privileges:true`;
    const waits = `
    depends_on:
      mongo:
        condition: service_healthy
      redis:
        condition: service_healthy
    read_only: true`;
    return `
name: quicksand
services:
  mongo:${behindWalls}
    healthcheck:
      test: x
    networks:
      database: null
  redis:${behindWalls}
    command:
${indent}    - --requirepass
${indent}    - b
${indent}    - --appendonly
${indent}    - "yes"
${indent}    - --maxmemory-policy
${indent}    - noeviction
    healthcheck:
      test: x
    networks:
      queue: null
  web:${behindWalls}${waits}
    ${published}
  worker:${behindWalls}${waits}
    healthcheck:
      test: x
    networks:
      ${workers}: null
    ${volume}
networks:
  database:
    internal: true
  queue:
    internal: true
  default:
    name: quicksand_default
`;
  };
  const old = {
    indent: "",
    published: "ports:\n    - 127.0.0.1:3000:3000/tcp",
    volume: "volumes:\n    - /var/run/docker.sock:/var/run/docker.sock:rw",
  };
  const long = {
    indent: "  ",
    published: "ports:\n      - host_ip: 127.0.0.1",
    volume: "volumes:\n      - type: bind\n        target: /var/run/docker.sock",
  };
  assert.deepEqual(composeProblems(written(old)), []);
  assert.deepEqual(composeProblems(written(long)), []);
  assert.deepEqual(composeProblems(written({ ...long, workers: "default" })), [
    "worker is on a network that is not internal",
  ]);
});

test("a variable that the compose file forgets is named, with whom it is for", () => {
  const example =
    "# Words.\n# PORT=3000\n# QUICKSAND_NEW=x\n# QUICKSAND_WARM=8\n# QUICKSAND_IMAGE_PYTHON=x\n";
  assert.deepEqual(forgottenVariables(compose, example), ["web: QUICKSAND_NEW"]);
  const added = changedIn("web", "      - NEXTAUTH_URL\n", "      - QUICKSAND_NEW\n");
  assert.deepEqual(forgottenVariables(added, example), []);
  assert.deepEqual(forgottenVariables(changed("      - QUICKSAND_WARM\n", ""), "# QUICKSAND_WARM=8\n"), [
    "worker: QUICKSAND_WARM",
  ]);
  assert.deepEqual(forgottenVariables(compose, "# REDIS_URL=redis://x\n# MONGODB_URI=x\n"), []);
});
