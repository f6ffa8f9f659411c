/** For the tests of the forking launcher: one cell of Python, driven step by step. */
import { createLog } from "../../../log";
import type { Frame, Step, Trailer } from "../../cell";
import { Container } from "../../container/container";
import { Runtime } from "../../container/runtime";
import { SUPERVISOR_SHELL } from "../../container/supervisor";
import { Engine } from "../../engine";
import { profileOf } from "../../profile";
import { languageOf, limitsWith, type TestSandbox } from "../../testing/sandbox-fixture";
import type { Architecture } from "../launcher";
import { cellOptions } from "../options";

/** What a program or a step printed, and how it ended; `trailer` is `null` when the cell ended. */
export interface Printed {
  stdout: string;
  stderr: string;
  trailer: Trailer | null;
}

export class ForkingCell {
  readonly container: Container;
  readonly #docker: TestSandbox["docker"];

  private constructor(container: Container, docker: TestSandbox["docker"]) {
    this.container = container;
    this.#docker = docker;
  }

  /** `owner` labels it, so that the fixture sees when it is left. */
  static async open(sandbox: TestSandbox, id = "python"): Promise<ForkingCell> {
    const language = languageOf(id);
    const { image } = await sandbox.run(id, "");
    const limits = limitsWith({});
    const profile = profileOf(language, { id: image ?? "", shell: SUPERVISOR_SHELL, versions: {} }, limits);
    const labels = { "quicksand.test": sandbox.owner };
    const container = await Container.create(new Engine(sandbox.docker), profile, {
      labels,
      runtime: new Runtime(undefined, createLog("silent")),
      request: (adapted, identity) =>
        cellOptions(adapted, identity, { architecture: process.arch as Architecture, appArmor: false }),
    });
    return new ForkingCell(container, sandbox.docker);
  }

  /** A cell for a test that ends it. */
  static async within(sandbox: TestSandbox, use: (own: ForkingCell) => Promise<void>): Promise<void> {
    const own = await ForkingCell.open(sandbox);
    try {
      await use(own);
    } finally {
      await own.close();
    }
  }

  /** Runs one step; a plain program that stands by where nothing else is said. */
  async step(code: string, options: Partial<Step> = {}, onFrame?: (frame: Frame) => void): Promise<Printed> {
    const printed = { stdout: "", stderr: "" };
    const frames = this.container.step({
      argv: [],
      standby: true,
      flushes: true,
      input: { kind: "none" },
      terminal: null,
      last: true,
      endable: false,
      measure: false,
      collect: true,
      cpuSeconds: 12,
      ...options,
      files: [{ path: "main.py", content: code }, ...(options.files ?? [])],
    });
    for (;;) {
      const next = await frames.next();
      if (next.done) return { ...printed, trailer: next.value };
      printed[next.value.stream] += next.value.data.toString("utf8");
      onFrame?.(next.value);
    }
  }

  /** Makes the cell ready for the next run; `false` when it cannot be. */
  async next(): Promise<boolean> {
    if (!(await this.container.turn())) return false;
    await this.container.untilReady();
    return true;
  }

  /** A plain program, and the cell made ready for the next. */
  async run(code: string, options: Partial<Step> = {}): Promise<Printed> {
    const printed = await this.step(code, options);
    if (!(await this.next())) throw new Error(`The cell ended after ${JSON.stringify(printed)}`);
    return printed;
  }

  /** Process number of the launcher on the host. */
  async launcherPid(): Promise<number> {
    return (await this.#docker.getContainer(this.container.id).inspect()).State.Pid;
  }

  async close(): Promise<void> {
    await this.container.remove();
  }
}
