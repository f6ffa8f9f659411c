/** People who go away in the middle of a run, and people who read slowly. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import net from "node:net";
import { after, before, test } from "node:test";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { noteFault } from "./report";
import { FaultSite, PATIENCE_MS, watched } from "./site";

const ENDLESS = "import time\nprint('begun', flush=True)\ntime.sleep(9)";
const FLOOD = "while True: print('x' * 1023)";
const SLOW_READERS = 10;
/** The whole output of each is at most 1 MB; the rest is for what Node keeps of what it has freed. */
const MOST_GROWTH_BYTES = 100 * 1_048_576;

let site: FaultSite;
before(async () => {
  site = await FaultSite.start({ QUICKSAND_WARM: "0", QUICKSAND_CONCURRENCY: "4" });
  await site.recovered();
  await site.assertNothingTaken(0);
});
after(() => site?.dispose());

test("a client that goes away in the middle of its stream ends the run: its container and its turn are free", async () => {
  const leaving = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${site.web.port}/api/editor/run`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", cookie: site.guest.cookie },
    body: JSON.stringify({ language: "python", code: ENDLESS }),
    signal: leaving.signal,
  });
  const run = await watched(answer);
  await run.seen(({ type }) => type === "stdout");
  assert.ok((await site.containers()).length > 0);
  leaving.abort();
  const since = performance.now();
  await eventually(
    "the container is gone",
    async () => (await site.containers()).length === 0,
    // 2 s are promised; by itself it would last as long as the run.
    8_000,
  );
  const goneMs = performance.now() - since;
  assert.equal((await site.ended(run.id)).status, "cancelled");
  await site.assertNothingTaken(0);
  noteFault({
    ...{ kind: "client", fault: "A client goes away in the middle of its run's stream" },
    ...{ seen: "`cancelled` in its history", lost: "the rest of its run", recoveredMs: goneMs },
  });
});

test("readers that take nothing hold no run past its limits, and the server's memory is bounded", async () => {
  // What the first runs make the server keep for good is not theirs.
  await site.run(FLOOD);
  const before = residentBytes(site.web.pid);
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, residentBytes(site.web.pid));
  }, 50);
  const readers = Array.from({ length: SLOW_READERS }, () => slowReader());
  try {
    await eventually(
      "every run has ended",
      async () => {
        const flooded = (await site.history()).filter(({ status }) => status === "output_limit");
        return flooded.length === SLOW_READERS + 1;
      },
      PATIENCE_MS,
    );
    await site.assertNothingTaken(0);
  } finally {
    clearInterval(watching);
    for (const reader of readers) reader.destroy();
  }
  const grownMb = Math.round((most - before) / 1_048_576);
  assert.ok(most - before < MOST_GROWTH_BYTES, `it grew by ${grownMb} MB`);
  noteFault({
    ...{ kind: "client", fault: `${SLOW_READERS} clients read nothing of programs that print without end` },
    seen: `\`output_limit\` in their history; the server's memory grows by ${grownMb} MB`,
    ...{ lost: "what is beyond the limit", recoveredMs: null },
  });
});

/** Asks for a run's stream and reads none of it. */
function slowReader(): net.Socket {
  const body = JSON.stringify({ language: "python", code: FLOOD });
  const socket = net.connect(site.web.port, "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  const head = [
    "POST /api/editor/run?detach=1 HTTP/1.1",
    ...["Host: 127.0.0.1", `Cookie: ${site.guest.cookie}`, "Accept: text/event-stream"],
    ...["Content-Type: application/json", `Content-Length: ${body.length}`],
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  return socket;
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1_024;
}
