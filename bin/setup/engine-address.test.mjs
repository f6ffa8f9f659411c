/** The set-up, which knows no package, and the server must find the same engine: each host here is read by both. */
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import Docker from "dockerode";
import { connectDocker } from "../../lib/sandbox/docker.ts";
import { engineAddress } from "../../lib/sandbox/engine-address.mjs";
import { sshArguments } from "../../lib/sandbox/ssh-connection.mjs";
import { requestTo } from "./docker.mjs";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-certificates-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
/** dockerode looks for the bounds of a certificate. */
const PEM = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
for (const part of ["ca", "cert", "key"]) fs.writeFileSync(path.join(folder, `${part}.pem`), PEM);

const TLS = { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder };
const CERTIFIED = { ca: true, cert: true, key: true };

/** Each host with its companions, and what it means. `alone`: dockerode's own parser reads it otherwise, and how. */
const HOSTS = [
  { host: "unix:///run/d.sock", means: { socketPath: "/run/d.sock" } },
  { host: "tcp://10.0.0.2:2375", means: { protocol: "http", host: "10.0.0.2", port: 2375 } },
  { host: "tcp://engine:2375/", means: { protocol: "http", host: "engine", port: 2375 } },
  {
    host: "tcp://engine:99",
    with: TLS,
    means: { protocol: "https", host: "engine", port: 99, ...CERTIFIED },
  },
  {
    host: "tcp://engine:2376",
    with: { DOCKER_CERT_PATH: folder },
    means: { protocol: "https", host: "engine", port: 2376, ...CERTIFIED },
  },
  { host: "http://engine:99", means: { protocol: "http", host: "engine", port: 99 } },
  {
    host: "ssh://root@engine:2222",
    means: { protocol: "ssh", host: "engine", port: 2222, username: "root" },
  },
  { host: "tcp://[::1]:99", means: { protocol: "http", host: "::1", port: 99 }, alone: { host: "[::1]" } },
  {
    host: "tcp://engine",
    means: { protocol: "http", host: "engine", port: 2375 },
    alone: { port: undefined },
  },
  {
    host: "tcp://engine",
    with: TLS,
    means: { protocol: "https", host: "engine", port: 2376, ...CERTIFIED },
    alone: { port: undefined },
  },
  {
    host: "ssh://root@engine",
    means: { protocol: "ssh", host: "engine", username: "root" },
  },
  {
    host: "https://engine:443",
    with: { DOCKER_CERT_PATH: folder },
    means: { protocol: "https", host: "engine", port: 443, ...CERTIFIED },
    // Nor does it see a port that is the web's own.
    alone: { protocol: "http", port: undefined, ca: undefined, cert: undefined, key: undefined },
  },
];

for (const { host, with: companions = {}, means, alone = {} } of HOSTS) {
  const variables = { DOCKER_HOST: host, ...companions };
  const name = [host, ...Object.keys(companions)].join(" ");

  test(`${name} means the same to the set-up, the server and dockerode`, () => {
    assert.deepEqual(ofModem(connectDocker(variables).modem), means, "the server");
    assert.deepEqual(ofRequest(requestTo(host, companions)), means, "the set-up");
    assert.deepEqual(
      ofModem(withEnvironment(variables, () => new Docker()).modem),
      withoutUndefined({ ...means, ...alone }),
      "dockerode",
    );
  });
}

test("a server that was started with another DOCKER_HOST still takes the address that it is given", () => {
  const { modem } = withEnvironment({ DOCKER_HOST: "tcp://elsewhere:99" }, () =>
    connectDocker({ DOCKER_HOST: "unix:///run/d.sock" }),
  );
  assert.deepEqual(ofModem(modem), { socketPath: "/run/d.sock" });
});

test("nothing set is Docker's usual socket", () => {
  assert.deepEqual(engineAddress({}), { socketPath: "/var/run/docker.sock" });
  assert.deepEqual(engineAddress({ DOCKER_HOST: "" }), { socketPath: "/var/run/docker.sock" });
});

test("an address that cannot be used is refused in words, with what to do", () => {
  assert.throws(
    () => engineAddress({ DOCKER_HOST: "engine:2375" }),
    /DOCKER_HOST=engine:2375: use unix:\/\/\/path, tcp/,
  );
  assert.throws(() => engineAddress({ DOCKER_HOST: "fd://3" }), /use unix:/);
  const empty = { DOCKER_HOST: "tcp://engine:2376", DOCKER_CERT_PATH: path.join(folder, "gone") };
  assert.throws(() => engineAddress(empty), /DOCKER_CERT_PATH=.*gone: it has no ca\.pem/);
});

/** What `make` answers while the environment has just these of the engine's variables. */
function withEnvironment(variables, make) {
  const names = ["DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"];
  const before = names.map((name) => [name, process.env[name]]);
  for (const name of names) setVariable(name, variables[name]);
  try {
    return make();
  } finally {
    for (const [name, value] of before) setVariable(name, value);
  }
}

function setVariable(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** A modem's address in the form of the table: certificates only as whether they are there. */
function ofModem({ socketPath, protocol, host, port, username, ca, cert, key, agent }) {
  if (socketPath) return { socketPath };
  if (agent) return ofAgent(agent);
  const certified = protocol === "https" && ca && cert && key ? CERTIFIED : {};
  return withoutUndefined({
    ...{ protocol, host, port: port ? Number(port) : undefined, username: username || undefined },
    ...certified,
  });
}

/** The same of a request of the set-up. */
function ofRequest({ client, options }) {
  if (options.socketPath) return options;
  if (options.agent) return ofAgent(options.agent);
  const { ca, cert, key, ...address } = options;
  const certified = ca && cert && key ? CERTIFIED : {};
  return { protocol: client.globalAgent.protocol.replace(":", ""), ...address, ...certified };
}

/** The same of the words that `ssh` is started with. */
function ofAgent({ address }) {
  const words = sshArguments(address);
  const after = (word) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const port = after("-p") === undefined ? undefined : Number(after("-p"));
  return withoutUndefined({ protocol: "ssh", host: after("--"), port, username: after("-l") });
}

function withoutUndefined(record) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
