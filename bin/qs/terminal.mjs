// @ts-check
import { createNotes } from "./notes.mjs";
import { startByName } from "./request.mjs";
import { exitCodeOf } from "./verdict.mjs";

/** @import { Client, RunRequestInput, TerminalSignal } from "../../lib/client/node/types" */

/** Signals that qs forwards to the program. @type {readonly TerminalSignal[]} */
const FORWARDED = ["SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
/** How a shell names the end by a signal. */
const TERMINATED = 143;
const HUNG_UP = 129;

/** Gives the program this terminal. @param {Client} client @param {RunRequestInput} request @returns {Promise<number>} the exit code */
export async function runInTerminal(client, request) {
  const { stdin, stdout, stderr } = process;
  const notes = createNotes(stderr);
  const sizeNow = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const terminal = await startByName(request, (named) =>
    client.terminal(named, {
      size: sizeNow(),
      onEvent: (event) => {
        if (event.type === "queued" || event.type === "preparing") notes.progress(event);
        else notes.clear();
      },
    }),
  );
  /** @type {number | null} */
  let left = null;
  for (const name of FORWARDED) process.on(name, () => terminal.signal(name));
  process.once("SIGTERM", () => {
    terminal.signal("SIGTERM");
    // The program may ignore the first SIGTERM; a second one cancels the run.
    process.on("SIGTERM", () => {
      left = TERMINATED;
      client.cancel(terminal.id).catch(() => terminal.leave());
    });
  });
  const hangUp = () => {
    left = HUNG_UP;
    terminal.signal("SIGHUP");
    terminal.leave();
  };
  process.on("SIGHUP", hangUp);
  stdout.on("error", hangUp);
  stdout.on("resize", () => terminal.resize(sizeNow()));
  stdin.on("data", (typed) => terminal.write(typed));
  stdin.setRawMode(true);
  stdin.resume();
  try {
    for await (const bytes of terminal) {
      notes.clear();
      await new Promise((resolve) => stdout.write(bytes, resolve));
    }
  } catch (error) {
    if (left === null) throw error;
    return left;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
  const result = await terminal.result;
  if (result.message !== null && left === null) notes.say(result.message);
  notes.files(result.artifacts, client.server);
  return left ?? exitCodeOf(result);
}
