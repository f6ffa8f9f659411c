import { spawn } from "node:child_process";
import { Duplex } from "node:stream";

/**
 * A connection to the engine of another machine, as the `docker` command makes it: `ssh` there, and the engine's socket by
 * `docker system dial-stdio`. The key comes from the agent alone, as it does for the server, so that what is found here works there.
 */
export function connectOverSsh(address) {
  const command = ["docker", "system", "dial-stdio"];
  const child = spawn("ssh", [...sshArguments(address), ...command], { stdio: ["pipe", "pipe", "ignore"] });
  const connection = Duplex.from({ writable: child.stdin, readable: child.stdout });
  connection.once("close", () => child.kill());
  child.once("error", (error) => connection.destroy(error));
  // What `http.request` asks of a socket, and a pipe does not have.
  return Object.assign(connection, {
    setTimeout() {},
    setNoDelay() {},
    setKeepAlive() {},
    ref() {},
    unref() {},
  });
}

export function sshArguments({ host, port, username, sshOptions: { agent } }) {
  const options = ["BatchMode=yes", "ConnectTimeout=10", "IdentityFile=none", `IdentityAgent=${agent}`];
  return [...options.flatMap((option) => ["-o", option]), "-p", String(port), "-l", username, "--", host];
}
