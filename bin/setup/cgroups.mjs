import { spawnSync } from "node:child_process";
import fs from "node:fs";
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

/**
 * An engine needs control groups, and on a machine without an init system nobody has mounted them. Then we do it as systemd would:
 * the newer kind, at its usual place.
 */
export function ensureCgroups(report) {
  if (mountedCgroups(fs.readFileSync("/proc/self/mountinfo", "utf8")) !== "none") return;
  report("mounting the kernel's control groups");
  const mounted = spawnSync("mount", ["-t", "cgroup2", "cgroup2", "/sys/fs/cgroup"], { encoding: "utf8" });
  const controllers =
    mounted.status === 0 ? fs.readFileSync("/sys/fs/cgroup/cgroup.controllers", "utf8") : "";
  if (["memory", "cpu", "pids"].every((name) => controllers.split(/\s/).includes(name))) return;
  throw new SetupProblem(
    "The kernel's control groups are not mounted, and without them Docker cannot limit anything.",
    {
      log: mounted.stderr ?? "",
      remedy: [
        "In a container: start it with --privileged --cgroupns=host and the mount -v /sys/fs/cgroup:/sys/fs/cgroup.",
        "On a machine of your own: apt-get install cgroupfs-mount && cgroupfs-mount, then start again.",
      ],
    },
  );
}
