import { spawn } from "node:child_process";
import http from "node:http";
import net from "node:net";
import readline from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ended } from "./child.mjs";
import { SetupProblem } from "./problem.mjs";

const READY_LIMIT_MS = 120_000;
/** A terminal's Ctrl+C reaches us twice, from the terminal and from npm; what comes later than this is meant. */
const SAME_KEYPRESS_MS = 1000;
const BANNER = /^\s*(▲|✓|-|⚠|○|$)/;

/** Fails at once, before anything slow, when the port is taken. Answers the port: a free one for 0. */
export function claimPort(port, host) {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error) => reject(portProblem(error, port, host)));
    probe.listen(port, host, () => {
      const chosen = probe.address().port;
      probe.close(() => resolve(chosen));
    });
  });
}

function portProblem(error, port, host) {
  if (error.code === "EADDRINUSE") {
    return new SetupProblem(`Port ${port} on ${host} is taken; perhaps Quicksand is running already.`, {
      remedy: ["Stop what uses it, or take another port:", `  PORT=${port + 1} npm start`],
    });
  }
  if (error.code === "EACCES") {
    return new SetupProblem(`Port ${port} needs rights that this user does not have.`, {
      remedy: ["Take one above 1023:", "  PORT=3000 npm start"],
    });
  }
  return new SetupProblem(`HOST=${host} PORT=${port} cannot be listened on: ${error.message}.`, {
    cause: error,
  });
}

/** The address a person types, for the one the server listens on. */
export function address(host, port) {
  const everywhere = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host);
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Runs the app until it ends or we are told to; says the address once it answers. Resolves to its exit code. */
export async function serve(terminal, root, { port, host, dev }) {
  const mode = dev ? "dev" : "start";
  const child = spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", mode, "-H", host, "-p", String(port)],
    {
      cwd: root,
      // A group of its own: the terminal's Ctrl+C comes to us alone, and we pass it on once.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        NODE_ENV: dev ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        PORT: String(port),
        HOST: host,
      },
    },
  );
  const over = ended(child, "next");
  const stopped = passSignalsOn(child);
  const early = [];
  let ready = false;
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    readline.createInterface({ input: from }).on("line", (line) => {
      if (ready) to.write(`${line}\n`);
      else early.push(line);
    });
  }

  await terminal
    .step("Starting", async () => {
      await answering(host, port, () => child.exitCode !== null || child.signalCode !== null || stopped());
    })
    .catch((error) => {
      if (stopped()) return;
      child.kill("SIGTERM");
      throw new SetupProblem(error.message, { log: early.slice(-25).join("\n") });
    });
  ready = true;
  if (!stopped()) {
    for (const line of early) if (!BANNER.test(line)) process.stdout.write(`${line}\n`);
    process.stdout.write(`Quicksand is ready: ${address(host, port)}\n`);
  }
  const { code } = await over;
  return stopped() ? 0 : (code ?? 1);
}

function passSignalsOn(child) {
  let first;
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
async function answering(host, port, gone) {
  const end = performance.now() + READY_LIMIT_MS;
  const target = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  while (performance.now() < end) {
    if (gone()) throw new Error("The app ended before it answered.");
    const answered = await new Promise((resolve) => {
      const request = http.get({ host: target, port, path: "/api/health", timeout: 10_000 }, (response) => {
        response.resume();
        resolve(true);
      });
      request.on("timeout", () => request.destroy());
      request.on("error", () => resolve(false));
    });
    if (answered) return;
    await sleep(100);
  }
  throw new Error(`The app did not answer within ${READY_LIMIT_MS / 1000} s.`);
}
