// @ts-check
import { createClient } from "../../lib/client/node/index.mjs";
import { textOf } from "./arguments.mjs";
import { settings } from "./config.mjs";
import { createNotes } from "./notes.mjs";
import { requestOf, startByName } from "./request.mjs";
import { runInTerminal } from "./terminal.mjs";
import { exitCodeOf } from "./verdict.mjs";

/** @import { LiveRun, RunRequestInput } from "../../lib/client/node/types" */
/** @import { Asked } from "./arguments.mjs" */

/** How a shell names the end by a signal. */
const ENDINGS = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
/** As a shell names the end of a program whose reader has left. */
const READER_LEFT = 141;

/** `qs run`. @param {Asked} asked @returns {Promise<number>} the exit code */
export async function runCommand(asked) {
  const { values, paths } = asked;
  const client = createClient(settings({ server: textOf(values, "server"), environment: process.env }));
  const json = values.json === true;
  const typed = process.stdin.isTTY && !json;
  const codeFromInput = paths[0] === "-";
  const request = await requestOf(client, asked, { paths, readStdin, say: createNotes(process.stderr).say });
  if (typed && process.stdout.isTTY && !codeFromInput && values["no-terminal"] !== true) {
    return runInTerminal(client, request);
  }
  if (typed && !codeFromInput) return follow(request, { mode: "interactive" });
  const stdin = codeFromInput || process.stdin.isTTY ? "" : await readStdin();
  return follow(request, { stdin });

  /** @param {RunRequestInput} program @param {Partial<RunRequestInput>} more */
  async function follow(program, more) {
    const run = await startByName({ ...program, ...more }, async (named) => {
      const started = client.run(named);
      await started.id;
      return started;
    });
    return show(run, { json, interactive: more.mode === "interactive", server: client.server });
  }
}

/**
 * @param {LiveRun} run
 * @param {{ json: boolean, interactive: boolean, server: string }} how
 */
async function show(run, { json, interactive, server }) {
  const notes = createNotes(process.stderr);
  /** @type {number | null} */
  let ended = null;
  const end = (/** @type {number} */ code) => {
    // A second Ctrl-C exits at once, without waiting for the server to confirm the cancel.
    if (ended !== null) process.exit(code);
    ended = code;
    run.cancel().catch(() => process.exit(code));
  };
  for (const [name, code] of Object.entries(ENDINGS)) process.on(name, () => end(code));
  process.stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") end(READER_LEFT);
    else throw error;
  });
  if (interactive) typeInto(run);

  let compiling = false;
  for await (const event of run) {
    if (event.type === "stage") compiling = event.stage === "compile";
    if (event.type === "queued" || event.type === "preparing") notes.progress(event);
    if (event.type !== "stdout" && event.type !== "stderr") continue;
    notes.clear();
    if (json) continue;
    await write(event.type === "stdout" && !compiling ? process.stdout : process.stderr, event.text);
  }
  const result = await run.result;
  process.stdin.pause();
  notes.clear();
  if (json) await write(process.stdout, `${JSON.stringify(result, null, 2)}\n`);
  else {
    if (result.message !== null && ended === null) notes.say(result.message);
    notes.files(result.artifacts, server);
  }
  return ended ?? exitCodeOf(result);
}

/** Sends lines as they are typed, and Ctrl-D as the end. @param {LiveRun} run */
function typeInto(run) {
  // A run that has ended takes no more; its end is on its way.
  const ignore = () => {};
  let sent = Promise.resolve();
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => {
    sent = sent.then(() => run.input(String(text))).catch(ignore);
  });
  process.stdin.on("end", () => {
    sent = sent.then(() => run.endInput()).catch(ignore);
  });
}

/** Resolves when the reader has room for more. @param {NodeJS.WriteStream} stream @param {string} text @returns {Promise<void>} */
function write(stream, text) {
  return new Promise((resolve) => {
    // An error comes as an event, too, and is told there.
    stream.write(text, () => resolve());
  });
}

async function readStdin() {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
