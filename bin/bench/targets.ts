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
import { resolvedOptions } from "../../lib/schemas/language-options";
import type { RunResult } from "../../lib/schemas/run";
import type { Server } from "./server";

/** Anything that runs a Python program and returns its standard output. Other engines can be added by a module that exports one. */
export interface Target {
  name: string;
  run(code: string): Promise<string>;
  /** The expected result, if it is not the program's output. */
  expected?: string;
  close?(): Promise<void>;
}

/**
 * The system's own interpreter if there is one. Not the first `python3` on the PATH: a version manager's shim or build starts up to three times
 * as slowly, which would flatter us.
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

/** Quicksand over HTTP and JSON, as clients use it. Calls `onRan` with each result. */
export function ours(server: Server, onRan: (result: RunResult) => void = () => {}): Target {
  return {
    name: "Quicksand (HTTP, warm)",
    async run(code) {
      const result = await server.run({ language: "python", code });
      onRan(result);
      return result.output.stdout;
    },
  };
}

/** Quicksand with the events streamed, as the page runs programs. */
function oursStreamed(server: Server): Target {
  return {
    name: "Quicksand (streamed, warm)",
    run: async (code) => (await server.runStreamed({ language: "python", code })).output.stdout,
  };
}

/** Quicksand with a program that takes almost no time, so that what remains is its own overhead. */
export function oursAlone(server: Server): Target {
  return {
    name: "Quicksand (HTTP, warm), Bash `echo 4`",
    run: async () => (await server.run({ language: "bash", code: "echo 4" })).output.stdout,
  };
}

/** The straightforward way: create, attach, start, wait and remove per request, under the same limits. */
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
        const output = standardOutput(stream);
        await container.start();
        await container.wait();
        return await output;
      } finally {
        await container.remove({ force: true, v: true });
      }
    },
  };
}

/** The straightforward way for any language: a new container whose shell reads the program from stdin, builds and runs it. */
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
      options: resolvedOptions(language.options ?? [], {}),
    }).join(" "),
  );
  return {
    name: "new container for each request",
    async run(code) {
      const container = await docker.createContainer({
        Image: image.id,
        // Only words of our own language definitions; the program comes through stdin.
        Cmd: ["sh", "-c", `cd /tmp && cat > ${mainFileOf(language, "")} && ${steps.join(" && ")}`],
        User: "65534:65534",
        Env: ["HOME=/tmp"],
        ...{ AttachStdin: true, AttachStdout: true, AttachStderr: true, OpenStdin: true, StdinOnce: true },
        HostConfig: hostConfig(limits, stage),
      });
      try {
        const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
        const stream = (await container.attach(options)) as unknown as Duplex;
        const output = standardOutput(stream);
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
 * The engine's own limit: containers created, started and removed without being used; with the same request as our sandboxes, or, as the upper
 * bound, without the interpreter that is started in advance.
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
export async function standardOutput(stream: Duplex): Promise<string> {
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

/** What a single Python program is timed on: the floor, our JSON door, the naive way, our streamed door, then the operator's own targets. */
export async function comparedTargets(
  server: Server,
  files: readonly string[],
  onRan?: (result: RunResult) => void,
): Promise<Target[]> {
  const own = ours(server, onRan);
  return [bareHost(), own, await naive(), oursStreamed(server), ...(await externalTargets(files))];
}

/** Targets from the caller's modules, each of which exports a `Target` by default. */
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
