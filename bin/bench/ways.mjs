import { spawn } from "node:child_process";
import http from "node:http";
import { ended, findProgram } from "../setup/child.mjs";
import { DEFAULT_SOCKET, requestTo } from "../setup/docker.mjs";
import { SetupProblem } from "../setup/problem.mjs";

const PROGRAM = "print(2+2)";
const EXPECTED = "4\n";

/** Python as a person's terminal would start it; the system's own, past any version manager's shim. */
export async function bareHost() {
  const python = findProgram("/usr/bin/python3", "python3");
  if (!python) throw new SetupProblem("There is no `python3` on this machine to compare with.");
  const child = spawn(python, ["-c", PROGRAM], { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await ended(child);
  expectFour(output, "the bare host");
}

/** The whole answer of the API, as one guest, on one connection that is kept open. */
export async function overHttp(origin) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const url = new URL("/api/editor/run", origin);
  const body = JSON.stringify({ language: "python", code: PROGRAM });
  let cookie = "";
  return async () => {
    const { status, headers, text } = await exchange(
      {
        agent,
        host: url.hostname,
        port: url.port,
        path: url.pathname,
        method: "POST",
        headers: { "content-type": "application/json", origin, ...(cookie ? { cookie } : {}) },
      },
      body,
    );
    if (status !== 200) throw new SetupProblem(`The API answered ${status}.`, { log: text });
    const set = headers["set-cookie"];
    if (set) cookie = set.map((line) => line.split(";")[0]).join("; ");
    expectFour(JSON.parse(text).output.stdout, "Quicksand");
  };
}

/** What most runners do: create, start, wait, read, remove. Same image and limits, and no network. */
export async function newContainer() {
  const { options } = requestTo(process.env.DOCKER_HOST || `unix://${DEFAULT_SOCKET}`);
  const engine = async (method, path, body) => {
    const headers = { "content-type": "application/json" };
    const answer = await exchange({ ...options, method, path, headers }, body && JSON.stringify(body));
    if (answer.status >= 400)
      throw new SetupProblem(`Docker answered ${answer.status}.`, { log: answer.text });
    return answer.text;
  };
  const filters = encodeURIComponent(JSON.stringify({ reference: ["quicksand/python"] }));
  const [image] = JSON.parse(await engine("GET", `/images/json?filters=${filters}`));
  if (!image) throw new SetupProblem("There is no image of ours for Python to compare with.");
  const config = {
    Image: image.Id,
    Cmd: ["python3", "-c", PROGRAM],
    User: "65534:65534",
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: "none",
      ReadonlyRootfs: true,
      Memory: 128 * 1_048_576,
      MemorySwap: 128 * 1_048_576,
      NanoCpus: 500_000_000,
      PidsLimit: 64,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Tmpfs: { "/tmp": "rw,size=64m" },
    },
  };
  return async () => {
    const { Id } = JSON.parse(await engine("POST", "/containers/create", config));
    await engine("POST", `/containers/${Id}/start`);
    await engine("POST", `/containers/${Id}/wait`);
    const output = await engine("GET", `/containers/${Id}/logs?stdout=1`);
    // Docker puts 8 bytes before each piece of output.
    expectFour(output.slice(8), "the new container");
    await engine("DELETE", `/containers/${Id}?force=1`);
  };
}

function exchange(target, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(target, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function expectFour(output, who) {
  if (output !== EXPECTED)
    throw new SetupProblem(`${who} answered ${JSON.stringify(output)} instead of "4".`);
}

export function median(times) {
  return percentile(times, 50);
}

export function percentile(times, percent) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
