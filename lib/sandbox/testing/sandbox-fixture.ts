/** Shared by the tests on real Docker: a sandbox of their own, which must leave nothing behind. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import type Docker from "dockerode";
import type * as z from "zod";
import { LANGUAGES, type Language, limitsOf } from "../../languages";
import { createLog } from "../../log";
import { PLANS } from "../../plans";
import type { ChosenOptions } from "../../schemas/language-options";
import { type RunFile, type RunMode, type TerminalSize, USUAL_SIZE } from "../../schemas/run";
import type { RunLimits } from "../../schemas/run-limits";
import { keptTestsSchema } from "../../schemas/run-test";
import { createSandbox, type SandboxOptions } from "..";
import { connectDocker } from "../docker";
import { registerInstance } from "../instance";
import { OWNER_LABEL } from "../labels";
import type { RunOutcome, RunSpec, Said, Sandbox, SandboxEvent } from "../sandbox";
import type { Wall } from "./walls";

export const MB = 1_048_576;
export const LIMITS: RunLimits = { ...PLANS.guest.limits, attended: null };

/** What the tests on real Docker are isolated by where they do not say: `QUICKSAND_TEST_ISOLATION=cell` runs them all in cells. */
export const ISOLATION = process.env.QUICKSAND_TEST_ISOLATION === "cell" ? "cell" : "container";

export interface RunOptions {
  stdin?: string | AsyncIterable<Said>;
  terminal?: TerminalSize;
  repl?: boolean;
  /** What is chosen of the language's options. */
  options?: ChosenOptions;
  args?: readonly string[];
  files?: readonly RunFile[];
  /** Named and compared as a request without these would be. */
  tests?: z.input<typeof keptTestsSchema>;
  mode?: RunMode;
  signals?: boolean;
  limits?: RunLimits;
  env?: Readonly<Record<string, string>>;
  mainFile?: string;
  signal?: AbortSignal;
  onEvent?: (event: SandboxEvent) => void;
}

/** How a run ended, with its events. */
export interface Ran extends RunOutcome {
  stdout: string;
  stderr: string;
  events: readonly SandboxEvent[];
}

export interface TestSandbox {
  /** The sandbox itself, as the product uses it. */
  readonly underTest: Sandbox;
  readonly docker: Docker;
  readonly dataDir: string;
  /** Label of every container of this sandbox. */
  readonly owner: string;
  run(languageId: string, code: string, options?: RunOptions): Promise<Ran>;
  /** Containers of this sandbox as the engine lists them. */
  containers(): Promise<Docker.ContainerInfo[]>;
  /** Closes the sandbox; fails when a container of it is left. */
  close(): Promise<void>;
}

/** Opens a sandbox with a data directory of its own. The caller closes it. */
export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), "quicksand-sandbox-")));
  const underTest = await createSandbox({
    warm: 0,
    isolation: ISOLATION,
    images: new Map(),
    languages: LANGUAGES,
    limits: PLANS.guest.limits,
    log: createLog("silent"),
    ...options,
    dataDir,
  });
  const docker = connectDocker(options.engine);
  const owner = await ownerOf(dataDir);
  const containers = () => containersOf(docker, owner);
  return {
    underTest,
    docker,
    dataDir,
    owner,
    containers,
    run: (languageId, code, runOptions) =>
      collect(underTest, specOf(languageId, code, runOptions), runOptions),
    async close() {
      await underTest.close();
      const left = await containers();
      await rm(dataDir, { recursive: true, force: true });
      assert.deepEqual(
        left.map(({ Id, State }) => `${Id.slice(0, 12)} ${State}`),
        [],
        "containers were left after close()",
      );
    },
  };
}

/** A sandbox for all tests of a file or a `describe`. Options as a function are asked for when the tests begin. */
export function testSandbox(options: Wall["options"] = {}): TestSandbox {
  let current: TestSandbox | null = null;
  before(async () => {
    current = await openSandbox(typeof options === "function" ? await options() : options);
  });
  after(() => current?.close());
  return new Proxy({} as TestSandbox, {
    get(_, name) {
      assert.ok(current, "the sandbox is opened by a hook; use it inside tests");
      return current[name as keyof TestSandbox];
    },
  });
}

export function specOf(languageId: string, code: string, options: RunOptions = {}): RunSpec {
  const { files = [], args = [], tests = [], mode = "batch" } = options;
  const { terminal = USUAL_SIZE, repl = false } = options;
  const language = languageOf(languageId);
  const limits = options.limits ?? limitsOf(PLANS.guest.limits, language, mode);
  return {
    id: "test-run",
    language,
    options: options.options,
    code,
    files,
    args,
    tests: keptTestsSchema.parse(tests),
    mode,
    signals: options.signals,
    terminal,
    repl,
    limits,
    env: options.env,
    mainFile: options.mainFile,
  };
}

export function languageOf(id: string): Language {
  const language = LANGUAGES.find((known) => known.id === id);
  assert.ok(language, `there is no language ${id}`);
  return language;
}

/** The guest's limits with a different run stage: most tests of a limit have no time for 10 s. */
export function limitsWith(run: Partial<RunLimits["run"]>, others: Partial<RunLimits> = {}): RunLimits {
  return { ...LIMITS, ...others, run: { ...LIMITS.run, ...run } };
}

/** The source of a hostile or probing program from `attacks/`. */
export function attack(name: string): Promise<string> {
  return readFile(path.join(import.meta.dirname, "attacks", name), "utf8");
}

/** Runs to the end and keeps every event. */
export async function collect(sandbox: Sandbox, spec: RunSpec, options: RunOptions = {}): Promise<Ran> {
  const events: SandboxEvent[] = [];
  const { signal = new AbortController().signal, stdin = "", onEvent } = options;
  for await (const event of sandbox.run(spec, { signal, stdin })) {
    events.push(event);
    onEvent?.(event);
  }
  const last = events.at(-1);
  assert.equal(last?.type, "done", "a run ends with `done`");
  assert.equal(events.filter(({ type }) => type === "done").length, 1, "`done` comes once");
  const { outcome } = last;
  return { ...outcome, stdout: outcome.output.stdout, stderr: outcome.output.stderr, events };
}

/** A figure that must be known. */
export function known(figure: number | null): number {
  assert.notEqual(figure, null, "the figure is known");
  return figure ?? Number.NaN;
}

export async function ownerOf(dataDir: string): Promise<string> {
  const instance = await registerInstance(dataDir);
  await instance.close();
  return instance.owner;
}

export function containersOf(docker: Docker, owner: string): Promise<Docker.ContainerInfo[]> {
  return docker.listContainers({ all: true, filters: { label: [`${OWNER_LABEL}=${owner}`] } });
}

/** Waits until a condition holds; fails with `what` when it has not in time. */
export async function eventually(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeoutMs = 10_000,
) {
  const end = performance.now() + timeoutMs;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
