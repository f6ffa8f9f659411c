/** One server-sent event, as the wire had it. */
export interface ServerSentEvent {
  /** The last `id:` seen, of this event or an earlier one; where a broken stream is taken up again. */
  id: string;
  name: string;
  data: string;
}

export interface EventParser {
  /** Takes text as it arrives, cut anywhere, and gives back the events that are complete. */
  push(text: string): ServerSentEvent[];
}

const LINE_END = /\r\n|\n|\r/g;

/**
 * The parser of the event-stream format (HTML standard, section 9.2.6). The browser's own `EventSource` cannot send a
 * POST, hence this one over `fetch`. An event that the end of the stream cuts off is dropped, as the standard says.
 */
export function createEventParser(): EventParser {
  let rest = "";
  let started = false;
  let id = "";
  let name = "";
  let data: string[] = [];

  function field(line: string): void {
    const colon = line.indexOf(":");
    const key = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (key === "event") name = value;
    else if (key === "data") data.push(value);
    else if (key === "id" && !value.includes("\0")) id = value;
  }

  function dispatch(events: ServerSentEvent[]): void {
    if (data.length > 0) events.push({ id, name: name || "message", data: data.join("\n") });
    name = "";
    data = [];
  }

  return {
    push(text) {
      const events: ServerSentEvent[] = [];
      rest += started ? text : text.replace(/^\uFEFF/, "");
      started ||= text !== "";
      let start = 0;
      for (const end of rest.matchAll(LINE_END)) {
        // A carriage return at the very end may be the first half of a CRLF: wait for what follows.
        if (end[0] === "\r" && end.index === rest.length - 1) break;
        const line = rest.slice(start, end.index);
        start = end.index + end[0].length;
        if (line === "") dispatch(events);
        else field(line);
      }
      rest = rest.slice(start);
      return events;
    },
  };
}

/** The events of a response's body. Ends when the body does; fails when reading fails. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const parser = createEventParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    // Also when the consumer stops early: the server then learns that nobody reads.
    reader.cancel().catch(() => undefined);
  }
}
