import { spawn } from "node:child_process";
import http from "node:http";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ended } from "./child.mjs";
import { whenNpmIsGone } from "./npm-parent.mjs";
import { address } from "./port.mjs";
import { SetupProblem } from "./problem.mjs";

const END_WITH_STARTER = new URL("end-with-starter.mjs", import.meta.url).href;
const READY_LIMIT_MS = 120_000;
/** One Ctrl+C arrives twice, from the terminal and from npm. A signal later than this is a second key press, and kills. */
const SAME_KEYPRESS_MS = 1000;
/** Next.js's start message, which ours replaces. */
const BANNER = /^\s*(▲|✓|-|⚠|○|$)/;

/**
 * Starts the app in its own process. `answering` resolves when it answers HTTP requests, `over` with its exit code. Its output up to then is
 * held back: it is printed afterwards, or becomes part of the error.
 */
function launch(terminal, root, { port, host, dev }) {
  const mode = dev ? "dev" : "start";
  const child = spawn(
    process.execPath,
    ["--import", END_WITH_STARTER, "node_modules/next/dist/bin/next", mode, "-H", host, "-p", String(port)],
    {
      cwd: root,
      // Its own process group: the terminal's Ctrl+C reaches only us, and we forward it once.
      detached: true,
      // The fourth is never written to; it closes when this process is gone.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_ENV: dev ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        PORT: String(port),
        HOST: host,
        QUICKSAND_STARTER_FD: "3",
      },
    },
  );
  const early = [];
  let ready = false;
  const pass = (from, write) =>
    readline.createInterface({ input: from }).on("line", (line) => {
      if (ready) write(line);
      else early.push(line);
    });
  pass(child.stdout, terminal.line);
  pass(child.stderr, terminal.error);

  const gone = () => child.exitCode !== null || child.signalCode !== null;
  const answering = waitForAnswer(host, port, gone).then(
    () => {
      ready = true;
      for (const line of early) if (!BANNER.test(line)) terminal.line(line);
    },
    (error) => {
      child.kill("SIGTERM");
      throw new SetupProblem(error.message, { log: early.slice(-25).join("\n") });
    },
  );
  return { child, answering, over: ended(child, "next").then(({ code }) => code ?? 1) };
}

/**
 * Runs the app until it ends or this process is told to stop. `ready` resolves when it answers and its address is printed; `over` resolves
 * with the exit code, or rejects when the app did not start.
 */
export function serve(terminal, root, { port, host, dev }) {
  const app = launch(terminal, root, { port, host, dev });
  const stopped = passSignalsOn(app.child);
  const ready = terminal
    .step("Starting", () => app.answering)
    .then(() => terminal.line(`Quicksand is ready: ${address(host, port)}`));
  const over = ready.then(
    async () => {
      const code = await app.over;
      return stopped() ? 0 : code;
    },
    (error) => {
      if (!stopped()) throw error;
      return 0;
    },
  );
  return { ready, over };
}

function passSignalsOn(child) {
  let first;
  whenNpmIsGone(() => {
    first ??= performance.now();
    child.kill("SIGTERM");
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (first === undefined) {
        first = performance.now();
        child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      } else if (performance.now() - first > SAME_KEYPRESS_MS) {
        child.kill("SIGKILL");
      }
    });
  }
  return () => first !== undefined;
}

/** Any response counts, 503 included: the health endpoint itself says what is missing. */
async function waitForAnswer(host, port, gone) {
  const end = performance.now() + READY_LIMIT_MS;
  const target = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  while (performance.now() < end) {
    if (gone()) throw new Error("The app ended before it answered.");
    if (await answers({ host: target, port, path: "/api/health", timeout: 10_000 })) return;
    await sleep(100);
  }
  throw new Error(`The app did not answer within ${READY_LIMIT_MS / 1000} s.`);
}

function answers(target) {
  return new Promise((resolve) => {
    const request = http.get(target, (response) => {
      response.resume();
      resolve(true);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}
