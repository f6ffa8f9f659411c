import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./child.mjs";

/** Parses the fields of `/etc/os-release` that are used here. */
export function parseOsRelease(text) {
  const values = Object.fromEntries(
    text
      .split("\n")
      .map((line) => /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/.exec(line.trim()))
      .filter(Boolean)
      .map(([, name, double, single, bare]) => [name, double ?? single ?? bare]),
  );
  const ids = [values.ID ?? "", ...(values.ID_LIKE ?? "").split(" ")];
  return {
    name: values.PRETTY_NAME ?? values.ID ?? "",
    debian: ids.includes("debian") || ids.includes("ubuntu"),
  };
}

/** Whether system packages can be installed: as root, on a Debian-based system. */
export function canInstallPackages() {
  return process.getuid?.() === 0 && onDebian();
}

export function onDebian() {
  try {
    return parseOsRelease(fs.readFileSync("/etc/os-release", "utf8")).debian;
  } catch {
    return false;
  }
}

/** apt's progress lines: `pmstatus:docker.io:45.5:Unpacking docker.io` and `dlstatus:3:12.0:Retrieving …`. */
export function parseAptStatus(line) {
  const match = /^(pmstatus|dlstatus):([^:]*):([\d.]+):(.*)$/.exec(line);
  if (!match) return undefined;
  return { message: match[1] === "dlstatus" ? "downloading" : "unpacking", percent: Number(match[3]) };
}

const APT_OPTIONS = [
  "-q",
  ...["DPkg::Lock::Timeout=300", "Acquire::Retries=3", "APT::Status-Fd=3"].flatMap((option) => [
    "-o",
    option,
  ]),
];

let queue = Promise.resolve();
let listsAreNew = false;

/** Installs Debian packages, one call after another: apt allows only one at a time. */
export function aptInstall(packages, report = () => {}) {
  const result = queue.then(() => install(packages, report));
  queue = result.catch(() => {});
  return result;
}

async function install(packages, report) {
  const apt = (...words) =>
    patiently(() =>
      run("apt-get", [...APT_OPTIONS, ...words], {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", APT_LISTCHANGES_FRONTEND: "none" },
        statusFd: true,
        onStatus(line) {
          const status = parseAptStatus(line);
          if (status) report(status.message, status.percent);
        },
      }),
    );
  if (!listsAreNew) {
    report("reading the package lists");
    // A package source that fails may not matter; if it does, the installation below fails with the reason.
    await apt("update").catch(() => {});
    listsAreNew = true;
  }
  await apt("install", "-y", "--no-install-recommends", ...packages);
}

/** Waits for another apt process (unattended upgrades at boot) to release the lock. */
async function patiently(work) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 60 || !/could not get lock|unable to lock/i.test(error.log ?? "")) throw error;
      await sleep(5000);
    }
  }
}
