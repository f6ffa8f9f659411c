// @ts-check
import { QuicksandError } from "../../lib/client/node/index.mjs";
import { chosenOptions, durationMs, memoryBytes, textOf, textsOf } from "./arguments.mjs";
import { readProgram } from "./program.mjs";

/** @import { Client, RunRequestInput } from "../../lib/client/node/types" */
/** @import { Say } from "./files.mjs" */
/** @import { Asked } from "./arguments.mjs" */

/**
 * The request that the options and files of a command make.
 * @param {Client} client
 * @param {Asked} asked
 * @param {{ paths: readonly string[], readStdin: () => Promise<string>, say: Say }} program
 * @returns {Promise<RunRequestInput>}
 */
export async function requestOf(client, { values, programArgs }, { paths, readStdin, say }) {
  const timeout = textOf(values, "timeout");
  const memory = textOf(values, "memory");
  // Before anything is sent: what is wrong on the command line needs no server.
  const limits = {
    ...(timeout === undefined ? {} : { timeoutMs: durationMs(timeout) }),
    ...(memory === undefined ? {} : { memoryBytes: memoryBytes(memory) }),
  };
  const options = chosenOptions(textsOf(values, "option"));
  const program = await readProgram(paths, {
    lang: textOf(values, "lang"),
    languages: () => client.languages(),
    readStdin,
    say,
  });
  return {
    ...program,
    args: [...textsOf(values, "arg"), ...programArgs],
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
}

/**
 * Starts a run under its file's own name, which its messages then have, or under the language's where it takes no other. The server knows which.
 * @template T
 * @param {RunRequestInput} request
 * @param {(request: RunRequestInput) => Promise<T>} start rejects when the run is refused
 * @returns {Promise<T>}
 */
export async function startByName(request, start) {
  try {
    return await start(request);
  } catch (error) {
    if (request.mainFile === undefined || !isAboutName(error)) throw error;
    const { mainFile: _, ...unnamed } = request;
    return start(unnamed);
  }
}

/** @param {unknown} error */
function isAboutName(error) {
  return error instanceof QuicksandError && error.details.some(({ path }) => path === "mainFile");
}
