import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Duplex } from "node:stream";
import { pathToFileURL } from "node:url";
import type Docker from "dockerode";
import { currentEnv } from "../../lib/env";
import { argvOf, type Language, mainFileOf } from "../../lib/languages";
import { python } from "../../lib/languages/python";
import { PLANS } from "../../lib/plans";
import { createOptions, hostConfig } from "../../lib/sandbox/container/limits";
import { createContainer } from "../../lib/sandbox/docker";
import { connectDocker, createImages } from "../../lib/sandbox/images";
import { profileOf } from "../../lib/sandbox/profile";
import type { Server } from "./server";

/** Whatever can run a Python program and give back its standard output. Other engines join by a module that exports one. */
export interface Target {
  name: string;
  run(code: string): Promise<string>;
  /** What counts as right, where it is not the program's output. */
  expected?: string;
  close?(): Promise<void>;
}

/**
 * The system's own interpreter where there is one. Not whatever `python3` is first on the PATH: a version manager's shim,
 * or a build of its own, starts up to three times as slowly, and would flatter us.
 */
export function hostPython(): string {
  const system = "/usr/bin/python3";
  if (existsSync(system)) return system;
  return execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
}

/** The floor: a bare process, no sandbox at all. */
export function bareHost(): Target {
  const interpreter = hostPython();
  return { name: `bare host (${interpreter})`, run: (code) => runProcess(interpreter, ["-c", code]) };
}

export function runProcess(
  command: string,
  args: readonly string[],
  options: { cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"], ...options });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString("utf8");
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

/** Ours, over HTTP and JSON, as any client sees it. */
export function ours(server: Server): Target {
  return {
    name: "Quicksand (HTTP, warm)",
    run: async (code) => (await server.run({ language: "python", code })).output.stdout,
  };
}

/** Ours with a program that costs next to nothing: what remains is our own doing, and comparable with no program at all. */
export function oursAlone(server: Server): Target {
  return {
    name: "Quicksand (HTTP, warm), Bash `echo 4`",
    run: async () => (await server.run({ language: "bash", code: "echo 4" })).output.stdout,
  };
}

/** What one would write first: create, attach, start, wait, remove for each request, under the same limits as ours. */
export async function naive(docker: Docker = connectDocker(currentEnv().engine)): Promise<Target> {
  const images = createImages(docker, { images: new Map() });
  const image = await images.prepare(python);
  const { limits } = PLANS.guest;
  return {
    name: "new container for each request",
    async run(code) {
      const container = await docker.createContainer({
        Image: image.id,
        Cmd: ["python3", "-c", code],
        User: "65534:65534",
        AttachStdout: true,
        AttachStderr: true,
        HostConfig: hostConfig(limits, limits.run),
      });
      try {
        const stream = (await container.attach({
          stream: true,
          stdout: true,
          stderr: true,
        })) as unknown as Duplex;
        const output = collect(stream);
        await container.start();
        await container.wait();
        return await output;
      } finally {
        await container.remove({ force: true, v: true });
      }
    },
  };
}

/** The naive way for any language: a new container whose shell takes the program from its input, builds it and runs it. */
export async function naiveLanguage(
  language: Language,
  docker: Docker = connectDocker(currentEnv().engine),
): Promise<Target> {
  const image = await createImages(docker, { images: new Map() }).prepare(language);
  const { limits } = PLANS.guest;
  const stage = language.compile ? limits.compile : limits.run;
  const commands = [language.compile, language.run].filter((command) => command !== undefined);
  const steps = commands.map((command) =>
    argvOf(command, {
      limits: stage,
      files: [{ path: mainFileOf(language, ""), content: "" }],
      ownImage: true,
    }).join(" "),
  );
  return {
    name: "new container for each request",
    async run(code) {
      const container = await docker.createContainer({
        Image: image.id,
        // Words of our own language definitions only; the program comes through the input.
        Cmd: ["sh", "-c", `cd /tmp && cat > ${mainFileOf(language, "")} && ${steps.join(" && ")}`],
        User: "65534:65534",
        Env: ["HOME=/tmp"],
        ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true },
        HostConfig: hostConfig(limits, stage),
      });
      try {
        const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
        const stream = (await container.attach(options)) as unknown as Duplex;
        const output = collect(stream);
        await container.start();
        stream.end(code);
        await container.wait();
        return await output;
      } finally {
        await container.remove({ force: true, v: true });
      }
    },
  };
}

/**
 * The engine's own limit: containers made, started and removed without being used. By the very request that our sandboxes are made
 * by, or, as the ceiling of any way, without the interpreter that stands by in them.
 */
export async function rawLifeCycle(
  standby: "interpreter" | "none",
  docker: Docker = connectDocker(currentEnv().engine),
): Promise<Target> {
  const image = await createImages(docker, { images: new Map() }).prepare(python);
  const waiting = profileOf(python, image, PLANS.guest.limits);
  const profile = standby === "none" ? { ...waiting, standby: [] } : waiting;
  return {
    name: `create, start, remove (${standby === "none" ? "nothing in it" : "our request"})`,
    expected: "removed",
    async run() {
      const container = await createContainer(docker, createOptions(profile, { userId: 65_534, labels: {} }));
      try {
        await container.start();
      } finally {
        await container.remove({ force: true, v: true });
      }
      return "removed";
    },
  };
}

/** Standard output of an attach stream: the payload of frames of kind 1. */
async function collect(stream: Duplex): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  const all = Buffer.concat(chunks);
  let output = "";
  for (let at = 0; at + 8 <= all.length; ) {
    const length = all.readUInt32BE(at + 4);
    if (all[at] === 1) output += all.toString("utf8", at + 8, at + 8 + length);
    at += 8 + length;
  }
  return output;
}

/** Targets from modules of the caller's: each exports a `Target` by default. */
export async function externalTargets(files: readonly string[]): Promise<Target[]> {
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(path.resolve(file)).href)) as { default?: Target };
      if (typeof module.default?.run !== "function")
        throw new Error(`${file} has no default export with a \`run\`.`);
      return module.default;
    }),
  );
}
