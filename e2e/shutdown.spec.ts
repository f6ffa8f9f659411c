import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { connectDocker } from "../lib/sandbox/images";
import type { RunResult } from "../lib/schemas/run";
import { OwnServer } from "./own-server";

const LIVE = { language: "python", code: "print('first', flush=True)\nimport time\ntime.sleep(9)" };

/** Ids of all containers, running or not, that servers with this data directory have made. */
async function containersOf(dataDir: string): Promise<string[]> {
  const owner = readFileSync(path.join(dataDir, "instances", "owner"), "utf8");
  const found = await connectDocker().listContainers({
    all: true,
    filters: { label: [`quicksand.owner=${owner}`] },
  });
  return found.map(({ Id }) => Id);
}

/** A run's events, read until some text is there; `rest` reads on to the end. */
async function watch(response: Response, wanted: string) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("There is no body.");
  let text = "";
  const readOn = async (enough: () => boolean) => {
    while (!enough()) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
    }
  };
  await readOn(() => text.includes(wanted));
  const rest = async () => {
    await readOn(() => false);
    return text;
  };
  return { text, rest };
}

test("a server that is told to stop ends a live run as its own fault, records it, and leaves no container", async () => {
  test.setTimeout(120_000);
  const server = new OwnServer();
  try {
    await server.start();
    const response = await fetch(`${server.address}/api/editor/run`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(LIVE),
    });
    const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
    const live = await watch(response, "first");
    expect(await containersOf(server.dataDir)).not.toEqual([]);

    const stopped = server.stop();
    const text = await live.rest();
    const told = JSON.parse(/^event: done\ndata: (.*)$/m.exec(text)?.[1] ?? "null") as RunResult | null;
    expect(told, text).toMatchObject({ status: "system_error", output: { stdout: "first\n" } });
    expect(told?.message).toContain("server was stopped");
    expect(told?.usage.used, "a fault of ours is not charged").toBe(0);
    expect(await stopped).toEqual({ code: 143, signal: null });
    expect(await containersOf(server.dataDir)).toEqual([]);

    await server.start();
    const kept = await fetch(`${server.address}/api/runs/${told?.id}`, { headers: { cookie } });
    expect(kept.status).toBe(200);
    expect(await kept.json()).toMatchObject({ status: "system_error", output: { stdout: "first\n" } });
  } finally {
    await server.dispose();
  }
});
