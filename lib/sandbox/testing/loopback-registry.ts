/** An image registry on loopback, in a temporary folder, with one image that no engine has yet. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import type Docker from "dockerode";
import { tarOf } from "../image-recipe";
import { eventually } from "./sandbox-fixture";

export interface LoopbackRegistry {
  /** `host:port/` before an image's name. */
  readonly prefix: string;
  /** Builds an image, pushes it and removes it from the engine: it has to be pulled. Resolves with its name. */
  publish(name: string, recipe: string): Promise<string>;
  close(): Promise<void>;
}

export async function loopbackRegistry(docker: Docker): Promise<LoopbackRegistry> {
  const root = await mkdtemp(path.join(os.tmpdir(), "quicksand-registry-"));
  const port = await freePort();
  const config = path.join(root, "config.yml");
  await writeFile(
    config,
    `version: 0.1\nlog: { level: error }\nstorage: { filesystem: { rootdirectory: ${root}/data } }\nhttp: { addr: 127.0.0.1:${port} }\n`,
  );
  const child = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const prefix = `127.0.0.1:${port}/`;
  await eventually("the registry answers", () =>
    fetch(`http://${prefix}v2/`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const finished = (stream: NodeJS.ReadableStream) =>
    new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
    });
  return {
    prefix,
    async publish(name, recipe) {
      const tag = `${prefix}${name}`;
      const context = tarOf([{ path: "Dockerfile", content: Buffer.from(recipe, "utf8") }]);
      await finished(await docker.buildImage(context, { t: tag, forcerm: true }));
      const image = docker.getImage(tag);
      await finished(await image.push({ authconfig: { username: "", password: "", serveraddress: "" } }));
      await image.remove({ force: true });
      return tag;
    },
    async close() {
      child.kill();
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
