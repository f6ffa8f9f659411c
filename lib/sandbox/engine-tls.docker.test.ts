/** An engine on TCP that demands certificates, as one on another machine does: a second `dockerd` and a certificate authority of our own. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { ping as pingOfSetUp } from "../../bin/setup/docker.mjs";
import { AppError } from "../errors";
import { LANGUAGES } from "../languages";
import { connectDocker } from "./docker";
import type { EngineVariables } from "./engine-address.mjs";
import { createImages } from "./images";
import { CertificateAuthority } from "./testing/certificates";
import { languageOf, openSandbox } from "./testing/sandbox-fixture";
import { type SecondEngine, secondEngine } from "./testing/second-engine";

const languages = LANGUAGES.filter(({ id }) => id === "bash");
let folder: string;
let engine: SecondEngine;
let host: string;
/** The certificates of a client that the engine lets in. */
let admitted: string;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "quicksand-tls-"));
  const authority = await CertificateAuthority.create(path.join(folder, "authority"));
  const server = await authority.issue("server", "serverAuth");
  admitted = await authority.issue("client", "clientAuth");
  const listener = await listening();
  host = `tcp://127.0.0.1:${listener.port}`;
  engine = await secondEngine({
    listener: listener.fd,
    dockerd: [
      "--tlsverify",
      ...["--tlscacert", authority.certificate],
      ...["--tlscert", path.join(server, "cert.pem"), "--tlskey", path.join(server, "key.pem")],
    ],
  });
  await engine.start();
  // Only the engine is to answer on it from here on.
  listener.close();
  const bash = await createImages(connectDocker(), { images: new Map() }).find(languageOf("bash"));
  assert.ok(bash, "the bash image is there");
  await engine.load((await connectDocker().getImage(bash.id).inspect()).RepoTags[0] ?? bash.id);
});

after(async () => {
  await engine.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** A TCP socket on a free port, to be handed to a child by its descriptor. */
async function listening(): Promise<{ port: number; fd: number; close(): void }> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  return { port: (server.address() as net.AddressInfo).port, fd, close: () => server.close() };
}

function withCertificates(of: string): EngineVariables {
  return { DOCKER_HOST: host, DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: of };
}

/** What a run on an engine is refused with. */
async function refusal(variables: EngineVariables): Promise<AppError> {
  // Its own `close` looks for containers that are left, which this engine would not tell it.
  const { underTest } = await openSandbox({
    engine: variables,
    languages,
    dataDir: path.join(folder, "data"),
  });
  try {
    const error = await underTest.prepare(languageOf("bash")).then(
      () => assert.fail("the engine let it in"),
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof AppError, String(error));
    return error;
  } finally {
    await underTest.close();
  }
}

test("a program runs on an engine that is reached by TLS with both sides' certificates", async () => {
  const sandbox = await openSandbox({ engine: withCertificates(admitted), languages, warm: 1 });
  try {
    const ran = await sandbox.run("bash", "read -r name; echo hello $name", { stdin: "TLS\n" });
    assert.deepEqual([ran.status, ran.stdout], ["success", "hello TLS\n"]);
  } finally {
    await sandbox.close();
  }
});

test("the set-up finds that engine by the same variables", async () => {
  const answer = await pingOfSetUp(host, 10_000, withCertificates(admitted));
  assert.equal(answer.ok, true, answer.code);
});

test("an engine does not let in a client without a certificate of its authority, and the words name the certificates", async () => {
  const other = await CertificateAuthority.create(path.join(folder, "other-authority"));
  const strange = await other.issue("stranger", "clientAuth");
  // It knows the engine, which does not know it.
  await copyFile(path.join(admitted, "ca.pem"), path.join(strange, "ca.pem"));
  const error = await refusal(withCertificates(strange));
  assert.equal(error.code, "docker_unavailable");
  assert.match(error.message, /certificate.*DOCKER_CERT_PATH/);
  assert.equal((await pingOfSetUp(host, 10_000, withCertificates(strange))).ok, false);
});

test("an engine that shows a certificate of another authority is not believed", async () => {
  const other = await CertificateAuthority.create(path.join(folder, "third-authority"));
  const error = await refusal(withCertificates(await other.issue("believer", "clientAuth")));
  assert.equal(error.code, "docker_unavailable");
  assert.match(error.message, /certificate.*DOCKER_CERT_PATH/);
});

test("without TLS nothing is answered but that it is wanted", async () => {
  const answer = await pingOfSetUp(host, 10_000, {});
  assert.deepEqual([answer.ok, answer.code], [false, "HTTP 400"]);
});
