import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureCgroups } from "./cgroups.mjs";
import { findProgram, run, succeeds } from "./child.mjs";
import { aptInstall } from "./debian.mjs";
import { SetupProblem } from "./problem.mjs";

/** The engine's pid file, and that of the containerd that it starts and, when it finds one running, takes over. */
const PID_FILES = {
  dockerd: "/var/run/docker.pid",
  containerd: "/var/run/docker/containerd/containerd.pid",
};
const START_LIMIT_MS = 90_000;

/** Installs Debian's engine (20.10 on Debian 12, 26 on 13) unless one is installed that only has to be started. */
export async function installEngine(report) {
  if (findProgram("dockerd") && findProgram("iptables")) return "it is there already";
  // debootstrap builds the base image when no registry can be reached; a second apt call would take longer.
  const packages = ["docker.io", "iptables", "ca-certificates", "tini", "debootstrap"];
  // On a kernel with AppArmor, the engine needs its parser to start containers.
  if (kernelHasAppArmor()) packages.push("apparmor");
  await aptInstall(packages, report);
}

function kernelHasAppArmor() {
  try {
    return fs.readFileSync("/sys/module/apparmor/parameters/enabled", "utf8").startsWith("Y");
  } catch {
    return false;
  }
}

/** Starts the engine, which keeps running after this process, and waits until it answers. */
export async function startEngine({ report, dataDir, answers }) {
  if (fs.existsSync("/run/systemd/system")) return startBySystemd(answers);
  if (!(await waitFor(answers, runningProgram("dockerd") ? 30_000 : 0))) {
    ensureCgroups(report);
    const log = openLog(dataDir);
    const since = log.size;
    let exit;
    const child = await spawnEngine(log.fd);
    child.once("exit", (code, signal) => {
      exit = signal ?? `exit code ${code}`;
    });
    report("waiting for it to answer");
    if (!(await waitFor(answers, START_LIMIT_MS, () => exit !== undefined))) {
      const written = fs.readFileSync(log.file).subarray(since).toString("utf8");
      throw didNotStart(exit ? `it ended with ${exit}` : "it does not answer", log.file, written);
    }
    child.unref();
    return `its log is ${log.file}`;
  }
}

async function startBySystemd(answers) {
  await run("systemctl", ["start", "docker"]);
  if (await waitFor(answers, START_LIMIT_MS)) return;
  throw didNotStart("it does not answer", "journalctl -u docker", "");
}

/**
 * In a container, PID 1 often does not reap orphaned processes, and each run would leave a zombie. With `-s` the init process that we put above
 * the engine reaps them.
 */
async function spawnEngine(log) {
  const dockerd = findProgram("dockerd");
  if (!dockerd) throw new SetupProblem("Docker was installed, but there is no `dockerd`.");
  const init = findProgram("docker-init", "/usr/libexec/docker/docker-init", "tini");
  const [file, args] = init ? [init, ["-s", "--", dockerd]] : [dockerd, []];
  removeStalePidFiles();
  return spawn(file, args, {
    detached: true,
    stdio: ["ignore", log, log],
    cwd: "/",
    env: { ...process.env, PATH: await pathWithWorkingIptables() },
  });
}

/** The process id in a pid file, if that process runs and is the `program` that the file is of. */
export function runningProgram(program, pidFile = PID_FILES[program], proc = "/proc") {
  try {
    const pid = Number.parseInt(fs.readFileSync(pidFile, "utf8"), 10);
    const [, name, state] = /\((.*)\) (\S)/s.exec(
      fs.readFileSync(path.join(proc, String(pid), "stat"), "utf8"),
    );
    return name === program && !"ZX".includes(state) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * After a crash or a restart of the container that holds all of this, the pid files are still there and their numbers may be those of unrelated
 * processes. dockerd then refuses to start ("is docker already running?"), or waits 15 s for a containerd that nobody started.
 */
function removeStalePidFiles() {
  for (const [program, file] of Object.entries(PID_FILES)) {
    if (runningProgram(program) === undefined) fs.rmSync(file, { force: true });
  }
}

/** A PATH on which `iptables` works: kernels without nf_tables need `iptables-legacy`, which the same package provides. */
async function pathWithWorkingIptables() {
  const usual = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;
  const legacy = findProgram("iptables-legacy");
  const list = ["-w", "5", "-nL"];
  const current = findProgram("iptables");
  if (!legacy || (current && (await succeeds(current, list))) || !(await succeeds(legacy, list)))
    return usual;
  const folder = fs.mkdtempSync("/run/quicksand-iptables-");
  for (const name of [
    "iptables",
    "iptables-save",
    "iptables-restore",
    "ip6tables",
    "ip6tables-save",
    "ip6tables-restore",
  ]) {
    const program = findProgram(name.replace("tables", "tables-legacy"));
    if (program) fs.symlinkSync(program, path.join(folder, name));
  }
  return `${folder}:${usual}`;
}

function openLog(dataDir) {
  for (const folder of ["/var/log", dataDir]) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      const file = path.join(folder, "quicksand-dockerd.log");
      const fd = fs.openSync(file, "a");
      return { file, fd, size: fs.fstatSync(fd).size };
    } catch {}
  }
  throw new SetupProblem(
    `Neither /var/log nor ${dataDir} can be written, and Docker needs a place for its log.`,
  );
}

/** Polls until `answers` returns true, the time is up, or `hopeless` returns true. */
async function waitFor(answers, limitMs, hopeless = () => false) {
  const end = performance.now() + limitMs;
  for (;;) {
    if (await answers()) return true;
    if (performance.now() >= end || hopeless()) return false;
    await sleep(200);
  }
}

/** The most frequent reasons in the engine's log, and their remedies. */
const REASONS = [
  [
    /cgroup/i,
    "The kernel's control groups cannot be used here. In a container: start it with --privileged --cgroupns=host.",
  ],
  [
    /iptables|nf_tables|nftables/i,
    "The firewall cannot be set up. In a container: start it with --privileged (or --cap-add NET_ADMIN).",
  ],
  [
    /operation not permitted|permission denied/i,
    "The system forbids it. In a container: start it with --privileged.",
  ],
  [/no space left/i, "The disk is full: make room in /var/lib/docker."],
];

export function didNotStart(why, logFile, written) {
  const all = written.trimEnd().split("\n");
  const telling = all.filter((line) => !/level=(info|debug)/.test(line));
  const lines = (telling.length > 0 ? telling : all).slice(-20).join("\n");
  const known = REASONS.filter(([pattern]) => pattern.test(lines)).map(([, advice]) => advice);
  return new SetupProblem(`Docker was started, but ${why}.`, {
    log: lines,
    remedy: [...known.slice(0, 1), `The whole log: ${logFile}`, "Put it right, then start again."],
  });
}
