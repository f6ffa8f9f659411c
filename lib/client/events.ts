import { createParser, type EventSourceMessage } from "eventsource-parser";

/**
 * The server-sent events of a response. `EventSource` cannot send a POST, hence a parser over `fetch`. Ends with the body,
 * dropping an incomplete last event; rejects when reading fails.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const parsed: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => parsed.push(event) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* parsed.splice(0);
    }
  } finally {
    // Also when the consumer stops early, so that the server notices the disconnect.
    reader.cancel().catch(() => {});
  }
}
