import { writeFileSync } from "node:fs";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { argvOf, type Language, limitsOf, mainFileOf } from "../../lib/languages";
import { sampleOf } from "../../lib/languages/examples";
import { PLANS } from "../../lib/plans";
import { createOptions, stageResources } from "../../lib/sandbox/container/limits";
import { SUPERVISOR_SHELL } from "../../lib/sandbox/container/supervisor";
import { createContainer } from "../../lib/sandbox/docker";
import { versionLine } from "../../lib/sandbox/image-versions";
import { createImages } from "../../lib/sandbox/images";
import { profileOf } from "../../lib/sandbox/profile";
import { openSandbox, type TestSandbox } from "../../lib/sandbox/testing/sandbox-fixture";
import { resolvedOptions } from "../../lib/schemas/language-options";
import { percentile, round } from "./figures";
import { standardOutput } from "./targets";

const RUNS = 7;
const FLOOR_RUNS = 5;
/** Not counted: the first reads the image from the disk. */
const WARM_UPS = 2;
const WARM_WITHIN_MS = 60_000;
/** Characters in the table. */
const VERSION_WIDTH = 48;

/** A figure is not a number where there is none: no compiler, or a wrong result. */
export interface LanguageFigures {
  /** In the words of its own tool. */
  version: string;
  /** Medians: from the request to the result, and the compiler's part of it. */
  runMs: number;
  compileMs: number;
  /** Once, with nothing of the image in memory: what the first run after a start or a busy hour takes. Only root can empty the page cache. */
  coldMs: number;
  /** The median of the run command alone, in a container that runs already. */
  floorMs: number;
  /** Of the run without its compiler to the floor. */
  ratio: number;
}

/** What a language's sample costs in the sandbox as the product runs it, beside the same command in its image. */
export async function measureLanguage(language: Language): Promise<LanguageFigures> {
  // As a core language one sandbox of it is kept warm, and of no other.
  const sandbox = await openSandbox({ warm: 1, languages: [{ ...language, core: true }] });
  try {
    await sandbox.underTest.prepare({ ...language, core: true });
    const { runMs, compileMs, ownMs } = await inSandbox(sandbox, language);
    const coldMs = emptyPageCache() ? round((await runSample(sandbox, language)).ms) : Number.NaN;
    const { version, floorMs } = await inImage(sandbox.docker, language);
    return { version, runMs, compileMs, coldMs, floorMs, ratio: round(ownMs / floorMs) };
  } finally {
    await sandbox.close();
  }
}

async function inSandbox(sandbox: TestSandbox, language: Language) {
  const all: number[] = [];
  const compile: number[] = [];
  const own: number[] = [];
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const { ms, compileMs } = await runSample(sandbox, language);
    if (run < 0) continue;
    all.push(ms);
    own.push(ms - (compileMs ?? 0));
    if (compileMs !== null) compile.push(compileMs);
  }
  const median = (values: readonly number[]) => round(percentile(values, 0.5));
  return { runMs: median(all), compileMs: median(compile), ownMs: median(own) };
}

/** Once in a warm sandbox. Throws unless it succeeds within the limits of a guest and prints what it should. */
async function runSample(sandbox: TestSandbox, language: Language) {
  const { code, stdin, expected } = sampleOf(language);
  await untilWarm(sandbox);
  const since = performance.now();
  const ran = await sandbox.run(language.id, code, { stdin });
  const ms = performance.now() - since;
  if (ran.status !== "success" || ran.stdout !== expected)
    throw new Error(`its sample ended as ${ran.status}: ${ran.stderr.slice(0, 500)}`);
  return { ms, compileMs: ran.compile?.durationMs ?? null };
}

/** Whether it could: the files of images are read from the disk again. */
function emptyPageCache(): boolean {
  try {
    writeFileSync("/proc/sys/vm/drop_caches", "3");
    return true;
  } catch {
    return false;
  }
}

async function untilWarm({ underTest }: TestSandbox): Promise<void> {
  const end = performance.now() + WARM_WITHIN_MS;
  while ((await underTest.health()).warm === 0) {
    if (performance.now() > end) throw new Error(`no warm sandbox within ${WARM_WITHIN_MS / 1000} s`);
    await sleep(50);
  }
}

/** In one container under the limits of a run, which waits while commands are executed in it. */
async function inImage(docker: Docker, language: Language): Promise<{ version: string; floorMs: number }> {
  const image = await createImages(docker, { images: new Map() }).prepare(language);
  const limits = limitsOf(PLANS.guest.limits, language, "batch");
  const { Cmd: _, ...options } = createOptions(profileOf(language, image, limits), {
    ...{ userId: 65_534, labels: {} },
  });
  const container = await createContainer(docker, { ...options, Entrypoint: ["sleep", "infinity"] });
  try {
    await container.start();
    const { code, stdin, expected } = sampleOf(language);
    const files = [{ path: mainFileOf(language, code), content: code }];
    const ownImage = image.shell === SUPERVISOR_SHELL;
    await executed(container, ["mkdir", "-p", "/tmp/work", "/tmp/output"], "/tmp");
    for (const { path, content } of [...files, { path: ".input", content: stdin }]) {
      const base64 = Buffer.from(content, "utf8").toString("base64");
      await executed(container, ["sh", "-c", 'printf %s "$1" | base64 -d >"$2"', "sh", base64, path]);
    }
    const printed = (await executed(container, language.versionCommand)).stdout;
    const version = (versionLine(printed) ?? "–").slice(0, VERSION_WIDTH);
    if (language.compile) {
      const chosen = resolvedOptions(language.options ?? [], {});
      const context = { limits: limits.compile, files, ownImage, options: chosen };
      await executed(container, argvOf(language.compile, context));
      await container.update(stageResources(limits.run));
    }
    const run = argvOf(language.run, { limits: limits.run, ownImage });
    const times: number[] = [];
    for (let turn = -1; turn < FLOOR_RUNS; turn++) {
      const { stdout, ms } = await executed(container, ["sh", "-c", 'exec "$@" <.input', "sh", ...run]);
      if (stdout !== expected) throw new Error(`its sample printed ${JSON.stringify(stdout.slice(0, 200))}`);
      if (turn >= 0) times.push(ms);
    }
    return { version, floorMs: round(percentile(times, 0.5)) };
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** Like `docker exec`: its standard output, and the time from the start to the end of both streams. */
async function executed(container: Docker.Container, command: readonly string[], folder = "/tmp/work") {
  const exec = await container.exec({
    ...{ Cmd: [...command], WorkingDir: folder, AttachStdout: true, AttachStderr: true },
  });
  const since = performance.now();
  const stream: Duplex = await exec.start({ hijack: true, stdin: false });
  const stdout = await standardOutput(stream);
  const ms = performance.now() - since;
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0)
    throw new Error(`\`${command.slice(0, 3).join(" ")}\` ended with ${ExitCode} in its image`);
  return { stdout, ms };
}
