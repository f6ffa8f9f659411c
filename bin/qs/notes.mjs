// @ts-check
import { size } from "../setup/table.mjs";
import { colours } from "./colours.mjs";

/** @import { RunEvent } from "../../lib/client/node/types" */

/**
 * What qs itself says beside a program's output: on standard error, and what is only for eyes in a terminal only.
 * @param {NodeJS.WriteStream} stream
 */
export function createNotes(stream) {
  const { dim } = colours(stream);
  let shown = false;
  const clear = () => {
    if (shown) stream.write("\r\x1b[K");
    shown = false;
  };
  return {
    /** Why it has not begun, as one line that gives way to output. @param {Extract<RunEvent, { type: "queued" | "preparing" }>} event */
    progress(event) {
      if (!stream.isTTY) return;
      clear();
      const text = progressText(event);
      if (text === null) return;
      stream.write(dim(text.slice(0, Math.max(20, stream.columns - 1))));
      shown = true;
    },
    clear,
    /** @param {string} text */
    say: (text) => stream.write(`qs: ${text}\n`),
    /** @param {readonly { name: string, bytes: number, url: string }[]} artifacts @param {string} server */
    files(artifacts, server) {
      if (!stream.isTTY) return;
      for (const { name, bytes, url } of artifacts) {
        stream.write(dim(`qs: the program left ${name}, ${size(bytes)}: ${server}${url}\n`));
      }
    },
  };
}

/** @param {Extract<RunEvent, { type: "queued" | "preparing" }>} event */
function progressText(event) {
  if (event.type === "queued")
    return event.position > 0 ? `Waiting; ${event.position} before this one` : null;
  return event.percent === undefined ? event.message : `${event.message}, ${Math.round(event.percent)} %`;
}
