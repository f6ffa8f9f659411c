import { spawn } from "node:child_process";
import { ended } from "./child.mjs";
import { whenNpmIsGone } from "./npm-parent.mjs";
import { SetupProblem } from "./problem.mjs";

const END_WITH_STARTER = new URL("end-with-starter.mjs", import.meta.url).href;
/** One Ctrl+C arrives twice, from the terminal and from npm. A signal later than this is a second key press, which hurries. */
const SAME_KEYPRESS_MS = 1000;

/**
 * Runs a worker until it ends or this process is told to stop. `ready` resolves when it takes runs; `over` resolves with the exit code, or rejects
 * when the worker did not start, whose own words are on the terminal then.
 */
export function runWorker(terminal, root) {
  const child = spawn(
    process.execPath,
    ["--import", END_WITH_STARTER, "--import", "tsx", "bin/worker-process.ts"],
    {
      cwd: root,
      // Its own process group: the terminal's Ctrl+C reaches only us, and we pass it on.
      detached: true,
      // The fourth is never written to; it closes when this process is gone.
      stdio: ["ignore", "inherit", "inherit", "pipe", "ipc"],
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV || "production", QUICKSAND_STARTER_FD: "3" },
    },
  );
  const stopped = passSignalsOn(child);
  const exit = ended(child, "the worker");
  const ready = terminal
    .step("Starting a worker", () =>
      Promise.race([
        new Promise((resolve) => child.once("message", resolve)),
        exit.then(() => {
          throw new SetupProblem("The worker ended before it took runs.");
        }),
      ]),
    )
    .then(() => terminal.line("Quicksand's worker is ready: it takes runs."));
  const over = ready.then(
    async () => (await exit).code ?? 1,
    (error) => {
      if (!stopped()) throw error;
      return 0;
    },
  );
  return { ready, over };
}

function passSignalsOn(child) {
  let first;
  const stop = () => {
    const now = performance.now();
    if (first !== undefined && now - first <= SAME_KEYPRESS_MS) return;
    first ??= now;
    child.kill("SIGTERM");
  };
  whenNpmIsGone(stop);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  return () => first !== undefined;
}
