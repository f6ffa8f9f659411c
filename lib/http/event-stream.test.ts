import assert from "node:assert/strict";
import { test } from "node:test";
import { AppError } from "../errors";
import { EventLog } from "../queue/memory/event-log";
import { watchRun } from "../runs/events";
import { eventStream } from "./event-stream";

const onError = () => new AppError("internal", "Broken.");
const decoder = new TextDecoder();

/** The events of a log as the routes get them. */
function eventsOf(log: EventLog) {
  return watchRun({ watch: (_runId, afterSeq) => log.watch(afterSeq) }, "", 0);
}

function open(log: EventLog, heartbeatMs?: number) {
  const { signal } = new AbortController();
  const response = eventStream(eventsOf(log), { signal, onError, ...(heartbeatMs ? { heartbeatMs } : {}) });
  assert.ok(response.body);
  return response.body.getReader();
}

test("a silent run is kept alive by comments, and its next event comes once", async () => {
  const log = new EventLog();
  const reader = open(log, 5);
  for (let i = 0; i < 3; i++) {
    const { value } = await reader.read();
    assert.equal(decoder.decode(value), ": still running\n\n");
  }
  log.append({ type: "stage", stage: "run" });
  log.close();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    rest += decoder.decode(value);
  }
  assert.equal(
    rest.replaceAll(": still running\n\n", ""),
    'id: 1\nevent: stage\ndata: {"type":"stage","stage":"run"}\n\n',
  );
});

test("nothing is read ahead for a client that does not read", async () => {
  const log = new EventLog();
  let read = 0;
  const events = eventsOf(log);
  const counting = {
    ...events,
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      read++;
      return events.next();
    },
  };
  for (let i = 0; i < 1_000; i++) log.append({ type: "queued", id: "x", position: i });
  const { body } = eventStream(counting, { signal: new AbortController().signal, onError });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(read, 0);
  await body?.getReader().read();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(read <= 2, `${read} events were read`);
});

test("a client that was gone before the stream began gets an end, and nothing waits", async () => {
  const log = new EventLog();
  const response = eventStream(eventsOf(log), { signal: AbortSignal.abort(), onError });
  assert.equal(await response.text(), "");
  assert.equal(log.waiting, 0);
});

test("a client that leaves while nothing happens is let go of at once", async () => {
  const log = new EventLog();
  const client = new AbortController();
  const text = eventStream(eventsOf(log), { signal: client.signal, onError }).text();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(log.waiting, 1);
  client.abort();
  assert.equal(await text, "");
  assert.equal(log.waiting, 0);
});
