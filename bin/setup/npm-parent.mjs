import fs from "node:fs";

const LOOK_EVERY_MS = 500;
/** Noted when this file is loaded: npm may be killed during the set-up, before anybody asks. */
const atStart = ancestors();

/**
 * Calls back once when the npm process that started this one is gone. npm forwards signals, except SIGKILL. Does nothing unless npm runs `start`,
 * `dev` or `worker`: any other parent, such as a shell or a session, may end while we keep running (`nohup`, `setsid`).
 */
export function whenNpmIsGone(callback) {
  if (!["start", "dev", "worker"].includes(process.env.npm_lifecycle_event)) return;
  const timer = setInterval(() => {
    if (ancestors().join() === atStart.join()) return;
    clearInterval(timer);
    callback();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our parent process: npm itself, or the shell that npm runs the script with; then also that shell's parent, where `/proc` tells it. */
function ancestors() {
  const parent = process.ppid;
  return isShell(parent) ? [parent, parentOf(parent)] : [parent];
}

function isShell(pid) {
  return /^(ba|da|z|k|a)?sh$/.test(read(`/proc/${pid}/comm`).trim());
}

function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may contain anything; the parent is the second field after it (proc(5)).
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
