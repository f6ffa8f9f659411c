import http from "node:http";
import https from "node:https";
import os from "node:os";
import path from "node:path";
import { DEFAULT_SOCKET, engineAddress } from "../../lib/sandbox/engine-address.mjs";
import { sshAgent } from "../../lib/sandbox/ssh-connection.mjs";
import { canInstallPackages, onDebian } from "./debian.mjs";
import { installEngine, startEngine } from "./docker-engine.mjs";
import { SetupProblem } from "./problem.mjs";

const USUAL_HOST = `unix://${DEFAULT_SOCKET}`;
const OLDEST_API = 1.41;

/**
 * Where engines listen by default: the system's, Docker Desktop's, rootless Docker's, Colima's.
 * @param {{ readonly DOCKER_HOST?: string | undefined, readonly XDG_RUNTIME_DIR?: string | undefined }} [environment]
 */
export function likelyHosts(environment = process.env, home = os.homedir()) {
  if (environment.DOCKER_HOST) return [environment.DOCKER_HOST];
  const sockets = [DEFAULT_SOCKET, path.join(home, ".docker/run/docker.sock")];
  if (environment.XDG_RUNTIME_DIR) sockets.push(path.join(environment.XDG_RUNTIME_DIR, "docker.sock"));
  sockets.push(path.join(home, ".colima/default/docker.sock"));
  return sockets.map((socket) => `unix://${socket}`);
}

/** @typedef {import("../../lib/sandbox/engine-address.mjs").EngineVariables} EngineVariables */

/**
 * The options of `http.request` for an engine, parsed by the same function as in the server. Throws for an unknown form.
 * @param {string} host
 * @param {EngineVariables} [environment]
 */
export function requestTo(host, environment = process.env) {
  const address = engineAddress({ ...environment, DOCKER_HOST: host });
  if ("socketPath" in address) return { client: http, options: address };
  const { protocol, ...options } = address;
  if (protocol === "https") return { client: https, options };
  if (protocol === "http") return { client: http, options };
  return { client: http, options: { agent: sshAgent(address) } };
}

/**
 * Whether an engine answers. Neither a `docker` command on the PATH nor a socket file that was left behind proves that there is one.
 * @param {string} host
 * @param {number} [timeoutMs]
 * @param {EngineVariables} [environment]
 */
export async function ping(
  host,
  timeoutMs = host.startsWith("ssh:") ? 15_000 : 3000,
  environment = process.env,
) {
  const { status, headers, code } = await get(host, "/_ping", timeoutMs, environment);
  if (status === undefined) return { ok: false, code };
  const { "api-version": api, ostype } = headers;
  return { ok: status === 200 && api !== undefined, code: `HTTP ${status}`, api: Number(api), ostype };
}

/** Resolves with `{ status, headers, text }`, or with `{ code }` when there was no response. */
function get(host, path, timeoutMs, environment = process.env) {
  const target = requestTo(host, environment);
  return new Promise((resolve) => {
    const request = target.client.get({ ...target.options, path }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
      response.on("error", (error) => resolve({ code: error.code ?? error.message }));
    });
    const late = Object.assign(new Error("timeout"), { code: "ETIMEDOUT" });
    const timer = setTimeout(() => request.destroy(late), timeoutMs);
    request.on("close", () => clearTimeout(timer));
    request.on("error", (error) => resolve({ code: error.code ?? error.message }));
  });
}

/**
 * Whether an engine answers. If it is not at the default address, `DOCKER_HOST` is set for our child processes. Throws a `SetupProblem` when none
 * answers and we cannot install one.
 */
export async function findDocker() {
  const refusals = new Map();
  for (const host of likelyHosts()) {
    const answer = await ping(host).catch((cause) => {
      throw new SetupProblem(cause.message, { remedy: ["Put it right, then start again."] });
    });
    if (answer.ok) {
      checkKind(answer);
      await checkLimits(host);
      if (host !== USUAL_HOST) process.env.DOCKER_HOST = host;
      return true;
    }
    refusals.set(host, answer.code);
  }
  if (process.env.DOCKER_HOST) throw namedHostIsSilent(process.env.DOCKER_HOST, refusals);
  if (refusals.get(USUAL_HOST) === "EACCES") throw notInGroup();
  if (!canInstallPackages()) throw notOurs();
  return false;
}

/** Installs and starts an engine (as root on Debian), and waits until it answers. */
export async function installDocker(terminal, { dataDir }) {
  await terminal.step("Installing Docker", installEngine);
  await terminal.step("Starting Docker", (report) =>
    startEngine({ report, dataDir, answers: async () => (await ping(USUAL_HOST)).ok }),
  );
  await checkLimits(USUAL_HOST);
}

export async function ensureDocker(terminal, { dataDir }) {
  if (!(await findDocker())) await installDocker(terminal, { dataDir });
}

/** A GET request to the engine that was found. Resolves like `get`. */
export function askEngine(path, timeoutMs) {
  return get(process.env.DOCKER_HOST || USUAL_HOST, path, timeoutMs);
}

function checkKind({ api, ostype }) {
  if (ostype && ostype !== "linux") {
    throw new SetupProblem(`Docker runs ${ostype} containers; Quicksand needs Linux containers.`, {
      remedy: ['Switch it over in Docker\'s menu: "Switch to Linux containers", then start again.'],
    });
  }
  if (api < OLDEST_API) {
    throw new SetupProblem(
      `This Docker speaks API ${api}; Quicksand needs ${OLDEST_API} (Docker 20.10) or newer.`,
      {
        remedy: ["Update Docker, then start again."],
      },
    );
  }
}

const LIMITS = { MemoryLimit: "memory", CpuCfsQuota: "processor time", PidsLimit: "processes" };

/** The limits that an engine cannot enforce: without control groups it only warns, and starts containers anyway. */
export function missingLimits(info) {
  return Object.keys(LIMITS)
    .filter((name) => info[name] === false)
    .map((name) => LIMITS[name]);
}

async function checkLimits(host) {
  const { status, text } = await get(host, "/info", 30_000);
  const missing = status === 200 ? missingLimits(JSON.parse(text)) : [];
  if (missing.length === 0) return;
  throw new SetupProblem(`This Docker cannot limit ${missing.join(", ")}: runs would not be contained.`, {
    remedy: [
      "The kernel's control groups are missing or not given to it. Rootless Docker needs cgroup v2 with systemd:",
      "  https://docs.docker.com/engine/security/rootless/",
      "Put it right, then start again.",
    ],
  });
}

function namedHostIsSilent(host, refusals) {
  return new SetupProblem(`No Docker engine answers at DOCKER_HOST=${host} (${refusals.get(host)}).`, {
    remedy: [
      "Start the engine there, or unset DOCKER_HOST to use the one of this machine, then start again.",
    ],
  });
}

function notInGroup() {
  return new SetupProblem(
    `Docker is running, but ${os.userInfo().username} may not use it (${DEFAULT_SOCKET}).`,
    {
      remedy: [
        "Join its group, log in anew, then start again:",
        `  sudo usermod -aG docker ${os.userInfo().username}`,
        "Members of that group can do on this machine whatever root can.",
      ],
    },
  );
}

/** No engine, and no right to install one: the exact commands for this kind of machine. */
function notOurs() {
  const again = "Then start again.";
  const remedy =
    process.platform === "darwin"
      ? [
          "Start Docker Desktop (`open -a Docker`). Without it: https://docs.docker.com/desktop/install/mac-install/",
          again,
        ]
      : process.platform === "win32"
        ? ["Start Docker Desktop, with WSL 2, and start Quicksand inside WSL.", again]
        : onDebian()
          ? [
              "Install and start it, and join its group:",
              "  sudo apt-get update && sudo apt-get install -y docker.io",
              `  sudo usermod -aG docker ${os.userInfo().username}   (then log in anew)`,
              "Or run this command as root once, and it does that by itself.",
              again,
            ]
          : [
              "Install Docker (https://docs.docker.com/engine/install/), start it, and join its group:",
              "  sudo systemctl enable --now docker",
              `  sudo usermod -aG docker ${os.userInfo().username}   (then log in anew)`,
              again,
            ];
  return new SetupProblem("Docker is not running: no engine answers on this machine.", { remedy });
}
