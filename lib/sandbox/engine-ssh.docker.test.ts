/** An engine behind SSH, as one on another machine is: a server of this protocol in the test leads to this machine's own engine. */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import ssh from "ssh2";
import { ping as pingOfSetUp } from "../../bin/setup/docker.mjs";
import { AppError } from "../errors";
import { LANGUAGES } from "../languages";
import { DEFAULT_SOCKET, type EngineVariables } from "./engine-address.mjs";
import { eventually, languageOf, openSandbox } from "./testing/sandbox-fixture";

const run = promisify(execFile);
const languages = LANGUAGES.filter(({ id }) => id === "bash");
const { PATH: usersPath, SSH_AUTH_SOCK: usersAgent } = process.env;

let folder: string;
let server: ssh.Server;
let agent: ChildProcess;
let variables: EngineVariables;
/** The line of `known_hosts` that makes the server a known one. */
let known: string;

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "quicksand-ssh-"));
  for (const name of ["host", "user"]) {
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", at(name)]);
  }
  const admitted = ssh.utils.parseKey(await readFile(at("user.pub"), "utf8"));
  assert.ok(!(admitted instanceof Error));
  const hostKeys = [await readFile(at("host"), "utf8")];
  server = new ssh.Server({ hostKeys }, (client) => serve(client, admitted));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  known = `[127.0.0.1]:${port} ${(await readFile(at("host.pub"), "utf8")).trim()}\n`;
  variables = { DOCKER_HOST: `ssh://root@127.0.0.1:${port}` };

  agent = spawn("ssh-agent", ["-D", "-a", at("agent")], { stdio: "ignore" });
  await eventually("the agent listens", () => existsSync(at("agent")));
  process.env.SSH_AUTH_SOCK = at("agent");
  await run("ssh-add", ["-q", at("user")]);
  // The user's own configuration and known hosts are none of the test's business, and `ssh` looks for them by user id.
  const command = `exec ${await found("ssh")} -F none -o UserKnownHostsFile=${at("known_hosts")} "$@"`;
  await writeFile(at("ssh"), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  process.env.PATH = `${folder}:${usersPath}`;
});

after(async () => {
  Object.assign(process.env, { PATH: usersPath, SSH_AUTH_SOCK: usersAgent ?? "" });
  agent.kill();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function at(name: string): string {
  return path.join(folder, name);
}

async function found(program: string): Promise<string> {
  return (await run("sh", ["-c", `command -v ${program}`])).stdout.trim();
}

/** What `sshd` and `docker system dial-stdio` do at the other end. */
function serve(client: ssh.Connection, admitted: ssh.ParsedKey): void {
  client.on("error", () => {});
  client.on("authentication", (attempt) => {
    const right = attempt.method === "publickey" && attempt.key.data.equals(admitted.getPublicSSH());
    const signed =
      !right || !attempt.signature || admitted.verify(attempt.blob ?? "", attempt.signature) === true;
    if (right && signed) attempt.accept();
    else attempt.reject(["publickey"]);
  });
  client.on("session", (accept) => {
    accept().on("exec", (acceptCommand, refuse, { command }) => {
      if (command !== "docker system dial-stdio") return refuse();
      const stream = acceptCommand();
      const engine = net.connect(DEFAULT_SOCKET);
      stream.pipe(engine).pipe(stream);
      for (const end of [stream, engine]) end.on("error", () => engine.destroy());
      stream.on("close", () => engine.destroy());
    });
  });
}

async function isKnown(yes: boolean): Promise<void> {
  await writeFile(at("known_hosts"), yes ? known : "");
}

test("a program runs on an engine that is reached by SSH with a key of the agent", async () => {
  await isKnown(true);
  const sandbox = await openSandbox({ engine: variables, languages, warm: 1 });
  try {
    const ran = await sandbox.run("bash", "read -r name; echo hello $name", { stdin: "SSH\n" });
    assert.deepEqual([ran.status, ran.stdout], ["success", "hello SSH\n"]);
  } finally {
    await sandbox.close();
  }
});

test("the set-up finds that engine by the same variables", async () => {
  await isKnown(true);
  const answer = await pingOfSetUp(variables.DOCKER_HOST ?? "", 30_000, variables);
  assert.equal(answer.ok, true, answer.code);
});

test("a host that is not among the known ones is not believed, by neither of both", async () => {
  await isKnown(false);
  assert.equal((await pingOfSetUp(variables.DOCKER_HOST ?? "", 30_000, variables)).ok, false);
  const dataDir = at("data");
  const { underTest } = await openSandbox({ engine: variables, languages, dataDir });
  try {
    const error = await underTest.prepare(languageOf("bash")).then(
      () => assert.fail("an unknown host was believed"),
      (cause: unknown) => cause,
    );
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, "docker_unavailable");
    assert.match(error.message, /cannot be entered by SSH \(ssh: Host key verification failed/);
  } finally {
    await underTest.close();
  }
});
