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
/** A terminal's Ctrl+C reaches us twice, from the terminal and from npm; what comes later than this is meant. */
const SAME_KEYPRESS_MS = 1000;
/** Next's own greeting; ours follows it. */
const BANNER = /^\s*(▲|✓|-|⚠|○|$)/;

/**
 * Starts the app in a process of its own. `answering` resolves once it answers, `over` with its exit code; what it writes before it
 * answers is kept for the error, and shown afterwards.
 */
function launch(terminal, root, { port, host, dev }) {
  const mode = dev ? "dev" : "start";
  const child = spawn(
    process.execPath,
    ["--import", END_WITH_STARTER, "node_modules/next/dist/bin/next", mode, "-H", host, "-p", String(port)],
    {
      cwd: root,
      // A group of its own: the terminal's Ctrl+C comes to us alone, and we pass it on once.
      detached: true,
      // The fourth is never written to: its end is the sign that we are gone.
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
 * Runs the app until it ends or we are told to. `ready` resolves when it answers and its address was said; `over` with its exit code, or
 * rejects when it never answered.
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

/** Any answer will do: a 503 of the health endpoint says in words what is missing, which is more than we could. */
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
