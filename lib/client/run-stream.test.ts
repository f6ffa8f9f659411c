import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { RunEvent } from "../schemas/run";
import { ApiError } from "./api";
import { followRun, streamRun } from "./run-stream";

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
});

interface Seen {
  url: string;
  lastEventId: string | null;
}

/** Answers each request with the next of the given responses; a function may throw instead. */
function serve(...answers: (() => Response)[]): Seen[] {
  const seen: Seen[] = [];
  globalThis.fetch = async (input, init) => {
    seen.push({ url: String(input), lastEventId: new Headers(init?.headers).get("last-event-id") });
    const answer = answers[seen.length - 1];
    if (!answer) throw new TypeError("no more answers");
    return answer();
  };
  return seen;
}

function events(...list: [id: number, event: { type: string }][]): () => Response {
  const text = list.map(
    ([id, event]) =>
      `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify("run" in event ? event.run : event)}\n\n`,
  );
  return () => new Response(text.join(""), { headers: { "content-type": "text/event-stream" } });
}

async function collect(retryDelaysMs: readonly number[] = [0, 0]): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  const request = { language: "python", code: "" };
  for await (const event of streamRun(request, { signal: new AbortController().signal, retryDelaysMs }))
    all.push(event);
  return all;
}

const QUEUED = { type: "queued", id: "r 1", position: 0 };
const DONE = {
  type: "done",
  run: {
    id: "r 1",
    language: "python",
    status: "success",
    output: { stdout: "ab", stderr: "", exitCode: 0, signal: null, truncated: false },
    compile: null,
    durationMs: 1,
    cpuMs: 1,
    memoryUsed: 1,
    queuedMs: 0,
    isolation: "container",
    artifacts: [],
    tests: [],
    usage: { plan: "guest", used: 1, limit: 2, remaining: 1, resetsAt: "" },
    message: null,
    createdAt: "",
  },
};

test("a stream that breaks is taken up after the last event it brought", async () => {
  const seen = serve(
    events([1, QUEUED], [2, { type: "stdout", text: "a" } as { type: string }]),
    () => {
      throw new TypeError("network");
    },
    events([3, { type: "stdout", text: "b" } as { type: string }], [4, DONE]),
  );
  const types = (await collect()).map((event) => event.type);
  assert.deepEqual(types, ["queued", "stdout", "stdout", "done"]);
  assert.deepEqual(seen, [
    { url: "/api/editor/run?linger=60", lastEventId: null },
    { url: "/api/runs/r%201/events", lastEventId: "2" },
    { url: "/api/runs/r%201/events", lastEventId: "2" },
  ]);
});

test("an event without an id leaves the place at which the stream is taken up", async () => {
  const printed = 'event: stdout\ndata: {"type":"stdout","text":"a"}\n\n';
  const first = await events([1, QUEUED])().text();
  const seen = serve(() => new Response(first + printed), events([2, DONE]));
  await collect();
  assert.equal(seen[1]?.lastEventId, "1");
});

test("after the last attempt the server counts as unreachable", async () => {
  const seen = serve(events([1, QUEUED]));
  await assert.rejects(collect([0, 0, 0]), { code: "unreachable" });
  assert.equal(seen.length, 4);
});

test("an answer other than 200 fails with the server's own words and the time to wait", async () => {
  const error = { code: "rate_limited", message: "Slow down.", details: [] };
  serve(() => Response.json({ error }, { status: 429, headers: { "retry-after": "12" } }));
  await assert.rejects(collect(), (caught: unknown) => {
    assert.ok(caught instanceof ApiError);
    assert.deepEqual(
      [caught.code, caught.message, caught.status, caught.retryAfterS],
      ["rate_limited", "Slow down.", 429, 12],
    );
    return true;
  });
});

test("an answer that is not ours still fails with words", async () => {
  serve(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await assert.rejects(collect(), /status 502/);
});

test("an error event ends the stream with its words and is not retried", async () => {
  const body = JSON.stringify({
    error: { code: "docker_unavailable", message: "Docker is gone.", details: [] },
  });
  const seen = serve(() => new Response(`event: error\ndata: ${body}\n\n`));
  await assert.rejects(collect(), { code: "docker_unavailable", message: "Docker is gone." });
  assert.equal(seen.length, 1);
});

test("events of an unknown type are passed over", async () => {
  serve(events([1, QUEUED], [2, { type: "weather" }], [3, DONE]));
  assert.deepEqual(
    (await collect()).map((event) => event.type),
    ["queued", "done"],
  );
});

test("a run that was started before is read from its first event on, and taken up where it breaks", async () => {
  const seen = serve(events([1, QUEUED]), events([2, DONE]));
  const types: string[] = [];
  const options = { signal: new AbortController().signal, retryDelaysMs: [0] };
  for await (const event of followRun("r 1", options)) types.push(event.type);
  assert.deepEqual(types, ["queued", "done"]);
  assert.deepEqual(seen, [
    { url: "/api/runs/r%201/events", lastEventId: "0" },
    { url: "/api/runs/r%201/events", lastEventId: "1" },
  ]);
});

test("a body is read to its end after the last event, and may break off there", async () => {
  const text = `event: done\ndata: ${JSON.stringify(DONE.run)}\n\n`;
  for (const end of ["close", "error"] as const) {
    let cancelled = false;
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls += 1;
          if (pulls === 1) controller.enqueue(new TextEncoder().encode(text));
          else if (end === "close") controller.close();
          else controller.error(new TypeError("network error"));
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    serve(() => new Response(body));
    assert.deepEqual(
      (await collect()).map(({ type }) => type),
      ["done"],
    );
    assert.deepEqual([pulls, cancelled], [2, false]);
  }
});
