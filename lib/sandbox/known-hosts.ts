import { execFile } from "node:child_process";

/**
 * Whether an SSH host shows a key that this user's `known_hosts` has for it. The SSH library by itself takes any, and whoever stands in
 * the middle would have the engine. `ssh-keygen` reads the file, which may hold its names hashed.
 */
export function isKnownHost(host: string, port: number, key: Buffer): Promise<boolean> {
  const name = port === 22 ? host : `[${host}]:${port}`;
  return new Promise((resolve) => {
    execFile("ssh-keygen", ["-F", name], (error, found) => {
      // Each line: names, kind of key, key. A line that begins with a marker (`@revoked`) does not have the key in third place.
      const keys = found.split("\n").map((line) => line.split(" ")[2]);
      resolve(error === null && keys.includes(key.toString("base64")));
    });
  });
}
