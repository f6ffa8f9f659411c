import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { SetupProblem } from "./problem.mjs";

/** Which control groups are mounted, from the text of `/proc/self/mountinfo`. */
export function mountedCgroups(mountinfo) {
  const kinds = mountinfo.split("\n").map((line) => {
    const [before = "", after = ""] = line.split(" - ");
    return { where: before.split(" ")[4], type: after.split(" ")[0], options: after.split(" ")[2] ?? "" };
  });
  const v1 = kinds.some(({ type, options }) => type === "cgroup" && options.split(",").includes("memory"));
  const v2 = kinds.some(({ where, type }) => type === "cgroup2" && where === "/sys/fs/cgroup");
  return v1 ? "v1" : v2 ? "v2" : "none";
}

const PLACE = "/sys/fs/cgroup";
const NEEDED = ["memory", "cpu", "pids"];

/** The cgroup v1 controllers that the kernel offers, from the text of `/proc/cgroups`. */
export function offeredControllers(text) {
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/))
    .filter(([, , , enabled]) => enabled === "1")
    .map(([name]) => name);
}

/**
 * Docker needs control groups, and without an init system (in a container) nothing has mounted them. Mounts them as an init system would: v2 at
 * the usual place, or v1 if the controllers are bound to v1 already.
 */
export function ensureCgroups(report) {
  if (mountedCgroups(fs.readFileSync("/proc/self/mountinfo", "utf8")) !== "none") return;
  report("mounting the kernel's control groups");
  if (mountNewer() || mountOlder()) return;
  throw new SetupProblem(
    "The kernel's control groups are not mounted, and without them Docker cannot limit anything.",
    {
      remedy: [
        "In a container: start it with --privileged --cgroupns=host and the mount -v /sys/fs/cgroup:/sys/fs/cgroup.",
        "On a machine of your own: boot it with an init system (systemd), then start again.",
      ],
    },
  );
}

function mountNewer() {
  if (!mount("cgroup2", PLACE)) return false;
  const controllers = fs.readFileSync(path.join(PLACE, "cgroup.controllers"), "utf8").split(/\s/);
  if (NEEDED.every((name) => controllers.includes(name))) return true;
  spawnSync("umount", [PLACE]);
  return false;
}

function mountOlder() {
  const offered = offeredControllers(fs.readFileSync("/proc/cgroups", "utf8"));
  if (!NEEDED.every((name) => offered.includes(name)) || !mount("tmpfs", PLACE)) return false;
  const done = offered.filter((name) => {
    const folder = path.join(PLACE, name);
    fs.mkdirSync(folder);
    return mount("cgroup", folder, ["-o", name]);
  });
  return NEEDED.every((name) => done.includes(name));
}

function mount(type, where, options = []) {
  return spawnSync("mount", ["-t", type, ...options, type, where], { stdio: "ignore" }).status === 0;
}
