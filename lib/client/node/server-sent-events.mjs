// @ts-check

/** @typedef {{ id: string | null, event: string, data: string }} ServerSentEvent */

/**
 * The events of a `text/event-stream`, as the HTML standard reads it. What is unfinished at its end is no event.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<ServerSentEvent, void>}
 */
export async function* readServerSentEvents(chunks) {
  const decoder = new TextDecoder();
  let rest = "";
  let event = fresh();
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR that is last may be half of a CR LF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") {
        take(event, line);
        continue;
      }
      if (event.lines.length > 0) {
        yield { id: event.id, event: event.name || "message", data: event.lines.join("\n") };
      }
      event = fresh();
    }
  }
}

function fresh() {
  return { id: /** @type {string | null} */ (null), name: "", lines: /** @type {string[]} */ ([]) };
}

/**
 * @param {ReturnType<typeof fresh>} event
 * @param {string} line
 */
function take(event, line) {
  const colon = line.indexOf(":");
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (field === "id" && !value.includes("\0")) event.id = value;
  else if (field === "event") event.name = value;
  else if (field === "data") event.lines.push(value);
}
