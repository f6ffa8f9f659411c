import { readdirSync, readFileSync } from "node:fs";

/** A process in `/proc`. */
interface Process {
  pid: number;
  parent: number;
  name: string;
  rssBytes: number;
}

function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        const field = (key: string) => new RegExp(`^${key}:\\s+(\\S+)`, "m").exec(status)?.[1] ?? "";
        return [
          {
            pid: Number(name),
            parent: Number(field("PPid")),
            name: field("Name"),
            rssBytes: Number(field("VmRSS")) * 1024,
          },
        ];
      } catch {
        // The process has ended meanwhile.
        return [];
      }
    });
}

/** The server process: the last descendant in the chain that the start command created. */
export function serverPid(startPid: number, all = processes()): number {
  const children = all.filter(({ parent }) => parent === startPid).map(({ pid }) => pid);
  return children.length > 0 ? serverPid(Math.max(...children), all) : startPid;
}

/** Resident memory in MB of the processes of a running Quicksand: the server, the engine, and a shim per sandbox. */
export function memoryMb(startPid: number): { server: number; engine: number; shims: number } {
  const all = processes();
  const sum = (wanted: (process: Process) => boolean) =>
    Math.round(all.filter(wanted).reduce((total, { rssBytes }) => total + (rssBytes || 0), 0) / 1_048_576);
  const own = serverPid(startPid, all);
  return {
    server: sum(({ pid }) => pid === own),
    engine: sum(({ name }) => name === "dockerd" || name === "containerd"),
    shims: sum(({ name }) => name.startsWith("containerd-shim")),
  };
}

/** The same as a line of text. */
export function memoryLine(startPid: number): string {
  const { server, engine, shims } = memoryMb(startPid);
  return `Memory: server ${server} MB, engine ${engine} MB, shims of all sandboxes ${shims} MB.`;
}
