/**
 * Loaded into the app by its starter, with `--import`: when the starter is gone without a word (SIGKILL, out of memory), the app stops in
 * order, as if asked to by SIGTERM, instead of holding the port. An app that is started without it (Docker, systemd, pm2) is nobody's
 * child in this sense and keeps running.
 */
import net from "node:net";
import { isMainThread } from "node:worker_threads";

// A descriptor: one end of a pipe whose other end only the starter holds.
const fd = process.env.QUICKSAND_STARTER_FD;
if (isMainThread && fd !== undefined) {
  // Processes that the app starts are told nothing: their descriptor of that number is another.
  delete process.env.QUICKSAND_STARTER_FD;
  const pipe = new net.Socket({ fd: Number(fd) });
  pipe.on("error", () => {});
  pipe.on("close", () => process.kill(process.pid, "SIGTERM"));
  pipe.resume();
  // It must not be what keeps a process alive that has nothing else to do.
  pipe.unref();
}
