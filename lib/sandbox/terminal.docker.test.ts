import assert from "node:assert/strict";
import { test } from "node:test";
import { connectDocker } from "./docker";
import { tarOf } from "./image-recipe";
import { createImages } from "./images";
import { inTerminal } from "./testing/at-terminal";
import { languageOf, openSandbox } from "./testing/sandbox-fixture";
import { terminalSuite } from "./testing/suites/terminal";
import { SAMPLED_WALLS } from "./testing/walls";

for (const wall of SAMPLED_WALLS) terminalSuite(wall);

/** An image that an operator might name, made of our own by one more step. */
async function imageWith(step: string, use: (name: string) => Promise<void>): Promise<void> {
  const docker = connectDocker();
  const ours = await createImages(docker, { images: new Map() }).find(languageOf("bash"));
  const name = `quicksand-test/terminal:${process.pid}`;
  const recipe = Buffer.from(`FROM ${ours?.id}\nRUN ${step}\n`);
  const stream = await docker.buildImage(tarOf([{ path: "Dockerfile", content: recipe }]), {
    t: name,
    forcerm: true,
  });
  await new Promise<void>((resolve, reject) =>
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve())),
  );
  try {
    await use(name);
  } finally {
    await docker.getImage(name).remove({ force: true });
  }
}

test("an image of the operator's has terminals where it has Perl, and says in words that it needs it where not", async () => {
  await imageWith("true", async (name) => {
    const sandbox = await openSandbox({ images: new Map([["bash", name]]) });
    const ran = await sandbox.run("bash", "tty; stty size", inTerminal());
    assert.match(ran.stdout, /^\/dev\/pts\/\d+\r\n24 80\r\n$/);
    await sandbox.close();
  });
  await imageWith("rm /usr/bin/perl*", async (name) => {
    const sandbox = await openSandbox({ images: new Map([["bash", name]]) });
    await assert.rejects(
      sandbox.run("bash", "tty", inTerminal()),
      /A terminal needs `perl` in the language's image, and the one that the operator named has none/,
    );
    assert.equal((await sandbox.run("bash", "echo fine")).stdout, "fine\n");
    await sandbox.close();
  });
});
