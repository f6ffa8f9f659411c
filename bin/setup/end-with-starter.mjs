/**
 * Preloaded into the app (`--import`) by bin/start.mjs: when the starter dies without stopping the app (SIGKILL, out of memory), the app shuts
 * down as on SIGTERM instead of keeping the port. An app that is started directly (Docker, systemd, pm2) does not load this.
 */
import net from "node:net";
import { isMainThread } from "node:worker_threads";

// The read end of a pipe; only the starter has the other end, so it closes when the starter is gone.
const fd = process.env.QUICKSAND_STARTER_FD;
if (isMainThread && fd !== undefined) {
  // Not for child processes of the app, where this descriptor is something else.
  delete process.env.QUICKSAND_STARTER_FD;
  const pipe = new net.Socket({ fd: Number(fd) });
  pipe.on("error", () => {});
  pipe.on("close", () => process.kill(process.pid, "SIGTERM"));
  pipe.resume();
  // The pipe alone must not keep the process alive.
  pipe.unref();
}
