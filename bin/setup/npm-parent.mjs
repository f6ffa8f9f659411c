import fs from "node:fs";

const LOOK_EVERY_MS = 500;

/**
 * Calls back once when the npm that started this process is gone: it passes signals on, except SIGKILL. Does nothing where npm runs
 * another script, or none: then the parent may be a shell or a session that ends while we are to go on (`nohup`, `setsid`).
 */
export function whenNpmIsGone(callback) {
  if (!["start", "dev"].includes(process.env.npm_lifecycle_event)) return;
  const before = ancestors();
  const timer = setInterval(() => {
    const now = ancestors();
    if (now.join() === before.join()) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our parent, which is npm or the shell that it runs a script with, and, where the system tells it, the parent of that shell. */
function ancestors() {
  const parent = process.ppid;
  return isShell(parent) ? [parent, parentOf(parent)] : [parent];
}

function isShell(pid) {
  return /^(ba|da|z|k|a)?sh$/.test(read(`/proc/${pid}/comm`).trim());
}

function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses, which may hold anything; the parent is the second after it (proc(5)).
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
