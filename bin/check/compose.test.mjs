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

/** Our file with lines added to the database's service. */
function databaseWith(lines) {
  return changed("  mongo:\n    image: mongo:8\n", `  mongo:\n    image: mongo:8\n${lines}\n`);
}

test("docker-compose.yml keeps what the documents promise, and passes every documented variable on", () => {
  assert.deepEqual(composeProblems(compose), []);
  assert.deepEqual(forgottenVariables(compose, read(".env.example")), []);
});

test("the database gets neither the Docker socket nor a port nor the way out", () => {
  const socket = databaseWith("    devices:\n      - /var/run/docker.sock:/d");
  assert.deepEqual(composeProblems(socket), ["mongo has the Docker socket"]);
  assert.deepEqual(composeProblems(databaseWith('    ports: ["27017:27017"]')), ["mongo publishes a port"]);
  const open = ["mongo is on a network that is not internal"];
  assert.deepEqual(composeProblems(changed("    internal: true", "    internal: false")), open);
  const both = changed("      - database\n    user", "      - database\n      - default\n    user");
  assert.deepEqual(composeProblems(both), open);
});

test("the app stays on this machine, and behind its walls", () => {
  assert.deepEqual(composeProblems(changed("127.0.0.1:", "")), ["app is published beyond this machine"]);
  assert.deepEqual(composeProblems(changed("    read_only: true\n", "")), [
    "app may write to its own file system",
  ]);
  assert.deepEqual(composeProblems(changed("no-new-privileges:true", "seccomp:unconfined")), [
    "app may gain privileges",
  ]);
  assert.deepEqual(composeProblems(changed("    cap_drop:\n      - ALL\n", "")), ["app keeps capabilities"]);
  assert.deepEqual(composeProblems(changed("    image: quicksand\n", "    network_mode: host\n")), [
    "app is let out of its container",
  ]);
  // A comment holds nothing.
  assert.deepEqual(composeProblems(changed("    read_only: true\n", "    # read_only: true\n")), [
    "app may write to its own file system",
  ]);
});

test("a service comes up again, and tells whether it is well", () => {
  assert.deepEqual(
    composeProblems(changed("    image: mongo:8\n    restart: unless-stopped\n", "    image: mongo:8\n")),
    ["mongo stays down when it ends"],
  );
  assert.deepEqual(composeProblems(changed("    healthcheck:", "    x-healthcheck:")), [
    "mongo has no health check",
  ]);
});

test("the form that Compose puts out is understood: 1.29's with flush lists, 2's with mappings", () => {
  const written = (app, mongo, volume) => `
name: quicksand
services:
  app:
    build:
      context: /srv
    cap_drop:
${app}    - ALL
    depends_on:
      mongo:
        condition: service_healthy
    restart: always
    read_only: true
    security_opt:
${app}    - no-new-privileges:true
    ${volume}
  mongo:
    image: mongo:8
    cap_drop:
${app}    - ALL
    healthcheck:
      test: x
    networks:
      ${mongo}: null
    restart: always
    security_opt:
${app}    - no-new-privileges:true
networks:
  database:
    internal: true
  default:
    name: quicksand_default
`;
  const old =
    "ports:\n    - 127.0.0.1:3000:3000/tcp\n    volumes:\n    - /var/run/docker.sock:/var/run/docker.sock:rw";
  const long =
    "ports:\n      - host_ip: 127.0.0.1\n    volumes:\n      - type: bind\n        target: /var/run/docker.sock";
  assert.deepEqual(composeProblems(written("", "database", old)), []);
  assert.deepEqual(composeProblems(written("  ", "database", long)), []);
  assert.deepEqual(composeProblems(written("  ", "default", long)), [
    "mongo is on a network that is not internal",
  ]);
});

test("a variable that the compose file forgets is named; one that it sets itself is not missed", () => {
  const example = "# Words.\n# PORT=3000\n# VALKEY_URL=redis://x\n# QUICKSAND_IMAGE_PYTHON=x\n";
  assert.deepEqual(forgottenVariables(compose, example), ["VALKEY_URL"]);
  assert.deepEqual(forgottenVariables(changed("      - NEXTAUTH_URL\n", "      - VALKEY_URL\n"), example), []);
});
