import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { mountedCgroups, offeredControllers } from "./cgroups.mjs";
import { parseAptStatus, parseOsRelease } from "./debian.mjs";
import { likelyHosts, missingLimits, ping } from "./docker.mjs";
import { didNotStart, runningProgram } from "./docker-engine.mjs";
import { checkNode } from "./node-version.mjs";
import { explain } from "./problem.mjs";

function temporary(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-machine-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("Node 20.19 is new enough, 20.18 and 18 are not, 22.0 is", () => {
  for (const good of ["20.19.0", "20.20.2", "22.0.0", "26.1.0"]) checkNode(good);
  for (const old of ["20.18.3", "18.20.4"]) assert.throws(() => checkNode(old), /needs Node 20\.19 or newer/);
});

test("Debian, Ubuntu and their children are the Debian family; Fedora is not", () => {
  assert.equal(parseOsRelease('ID=debian\nVERSION_ID="12"').debian, true);
  assert.equal(parseOsRelease('ID=linuxmint\nID_LIKE="ubuntu debian"').debian, true);
  assert.equal(parseOsRelease("ID=raspbian\nID_LIKE=debian").debian, true);
  assert.equal(parseOsRelease('ID=fedora\nPRETTY_NAME="Fedora Linux 42"').debian, false);
});

test("apt's status lines become progress; its other lines do not", () => {
  assert.deepEqual(parseAptStatus("dlstatus:3:12.5:Retrieving file 3 of 9"), {
    message: "downloading",
    percent: 12.5,
  });
  assert.equal(parseAptStatus("pmstatus:docker.io:45.0:Unpacking docker.io (amd64)")?.percent, 45);
  assert.equal(parseAptStatus("Reading package lists..."), undefined);
});

test("DOCKER_HOST is the only place asked when it is set", () => {
  assert.deepEqual(likelyHosts({ DOCKER_HOST: "tcp://10.0.0.2:2375" }, "/home/a"), ["tcp://10.0.0.2:2375"]);
  assert.equal(likelyHosts({}, "/home/a")[0], "unix:///var/run/docker.sock");
  assert.ok(likelyHosts({}, "/home/a").includes("unix:///home/a/.docker/run/docker.sock"));
});

test("an engine is there only when it answers as one", async (t) => {
  const folder = temporary(t);
  const socket = path.join(folder, "docker.sock");
  let headers = { "Api-Version": "1.41", Ostype: "linux" };
  const server = http.createServer((_, response) => response.writeHead(200, headers).end("OK"));
  await new Promise((resolve) => server.listen(socket, resolve));
  assert.equal((await ping(`unix://${socket}`)).ok, true);
  headers = {};
  assert.equal((await ping(`unix://${socket}`)).ok, false, "some other server");
  await new Promise((resolve) => server.close(resolve));
  assert.equal((await ping(`unix://${socket}`)).ok, false, "nobody listens");
  fs.writeFileSync(socket, "");
  assert.equal((await ping(`unix://${socket}`)).ok, false, "a file left behind");
});

test("an engine that accepts and never answers is not waited for long", async (t) => {
  const socket = path.join(temporary(t), "docker.sock");
  const server = http.createServer(() => {});
  await new Promise((resolve) => server.listen(socket, resolve));
  assert.deepEqual(await ping(`unix://${socket}`, 100), { ok: false, code: "ETIMEDOUT" });
  server.closeAllConnections();
  server.close();
});

test("a pid file counts only while its process runs and is the program that it is of", (t) => {
  const folder = temporary(t);
  const pidFile = path.join(folder, "docker.pid");
  const proc = path.join(folder, "proc");
  for (const [pid, stat] of [
    ["7", "7 (dockerd) S 1 7 7"],
    ["8", "8 (bash) S 1 8 8"],
    ["10", "10 (dockerd) Z 1 10 10"],
    ["11", "11 (containerd) S 7 11 11"],
  ]) {
    fs.mkdirSync(path.join(proc, pid), { recursive: true });
    fs.writeFileSync(path.join(proc, pid, "stat"), `${stat}\n`);
  }
  assert.equal(runningProgram("dockerd", pidFile, proc), undefined, "no file");
  for (const [program, content, expected] of [
    ["dockerd", "7", 7],
    ["dockerd", "8", undefined],
    ["dockerd", "9", undefined],
    ["dockerd", "10", undefined],
    ["dockerd", "11", undefined],
    ["dockerd", "", undefined],
    ["containerd", "11", 11],
    ["containerd", "8", undefined],
  ]) {
    fs.writeFileSync(pidFile, content);
    assert.equal(runningProgram(program, pidFile, proc), expected, `${program} in ${content}`);
  }
});

test("an engine that did not start is explained by its last lines and what helps", () => {
  const words = explain(
    didNotStart("it ended with exit code 1", "/var/log/x.log", "first\nDevices cgroup isn't mounted\n"),
  );
  assert.match(words, /it ended with exit code 1/);
  assert.match(words, /\| Devices cgroup isn't mounted/);
  assert.match(words, /--privileged --cgroupns=host/);
  assert.match(words, /\/var\/log\/x\.log/);
});

test("control groups are told apart by what is mounted", () => {
  const v1 = "30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory";
  const named = "30 25 0:26 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd";
  const v2 = "30 25 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw";
  const unified = "30 25 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw";
  assert.equal(mountedCgroups(`${v1}\n${unified}`), "v1");
  assert.equal(mountedCgroups(v2), "v2");
  assert.equal(mountedCgroups(`${named}\n${unified}`), "none");
  assert.equal(mountedCgroups(""), "none");
});

test("only controllers that the kernel has switched on are offered", () => {
  const text = "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t36\t1\nmemory\t0\t126\t0\n";
  assert.deepEqual(offeredControllers(text), ["cpu"]);
});

test("an engine that cannot limit is found out by what it says of itself", () => {
  assert.deepEqual(missingLimits({ MemoryLimit: true, CpuCfsQuota: true, PidsLimit: true }), []);
  assert.deepEqual(missingLimits({ MemoryLimit: false, CpuCfsQuota: true, PidsLimit: false }), [
    "memory",
    "processes",
  ]);
});
