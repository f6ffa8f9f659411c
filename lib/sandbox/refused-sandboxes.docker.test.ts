/** Sandboxes that would not keep what is promised of them refuse to serve, with the remedy. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ContainerCreateOptions } from "dockerode";
import { AppError } from "../errors";
import { connectDocker } from "./docker";
import { createImages } from "./images";
import { type EngineProxy, engineProxy } from "./testing/engine-proxy";
import { eventually, languageOf, openSandbox, type TestSandbox } from "./testing/sandbox-fixture";

const SECCOMP = "seccomp=";

/**
 * The same container without signals inside, as crun has it under Docker's AppArmor profile on Debian 13: whether a process is there
 * may be asked (signal 0), all else is refused. Here seccomp does that.
 */
function withoutSignals(options: ContainerCreateOptions): ContainerCreateOptions {
  const { SecurityOpt = [], ...host } = options.HostConfig ?? {};
  const denied = SecurityOpt.map((option: string) => {
    if (!option.startsWith(SECCOMP)) return option;
    const profile = JSON.parse(option.slice(SECCOMP.length));
    for (const rule of profile.syscalls)
      rule.names = rule.names.filter((name: string) => !/^(kill|tkill|tgkill|pidfd_send_signal)$/.test(name));
    const onlySignalZero = [{ index: 1, value: 0, valueTwo: 0, op: "SCMP_CMP_EQ" }];
    profile.syscalls.push({ names: ["kill"], action: "SCMP_ACT_ALLOW", args: onlySignalZero });
    return `${SECCOMP}${JSON.stringify(profile)}`;
  });
  return { ...options, HostConfig: { ...host, SecurityOpt: denied } };
}

let engine: EngineProxy;
let sandbox: TestSandbox;

before(async () => {
  engine = await engineProxy();
  sandbox = await openSandbox({ engine: { DOCKER_HOST: engine.host } });
});

after(async () => {
  await sandbox.close();
  await engine.close();
});

for (const [name, languageId] of [
  ["without a program that stands by", "bash"],
  ["with one", "python"],
] as const) {
  test(`a sandbox ${name} that cannot end its own processes is refused, with the remedy, and leaves nothing`, async () => {
    engine.rewrite(withoutSignals);
    const tests = [
      { stdin: "", expected: "" },
      { stdin: "", expected: "" },
    ];
    await assert.rejects(sandbox.run(languageId, "", { tests }), (cause) => {
      assert.ok(cause instanceof AppError, String(cause));
      assert.equal(cause.code, "docker_unavailable");
      assert.match(cause.message, /no signals.*QUICKSAND_RUNTIME=runc/);
      return true;
    });
    await eventually("no container is left", async () => (await sandbox.containers()).length === 0);
    engine.rewrite((options) => options);
    const ran = await sandbox.run("bash", "echo fine");
    assert.deepEqual([ran.status, ran.stdout], ["success", "fine\n"]);
  });
}

test("a sandbox of one of our images whose first process can be read by programs is refused", async () => {
  engine.rewrite((options) => ({
    ...options,
    Entrypoint: ["/bin/sh", ...(options.Entrypoint ?? []).slice(1)],
  }));
  await assert.rejects(sandbox.run("bash", "echo no"), {
    code: "docker_unavailable",
    message: /can read the memory.*QUICKSAND_RUNTIME/,
  });
  await eventually("no container is left", async () => (await sandbox.containers()).length === 0);
  engine.rewrite((options) => options);
  assert.equal((await sandbox.run("bash", "echo fine")).stdout, "fine\n");
});

test("an image that an operator named is not refused for a first process that can be read, even one made from ours", async () => {
  const image = await createImages(connectDocker(), { images: new Map() }).find(languageOf("bash"));
  assert.ok(image);
  const named = await openSandbox({ images: new Map([["bash", image.id]]) });
  try {
    assert.equal((await named.run("bash", "echo fine")).stdout, "fine\n");
  } finally {
    await named.close();
  }
});
