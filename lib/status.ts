import type { HourFigures } from "./metrics";
import type { QueueState } from "./queue";
import type { SandboxHealth } from "./sandbox/sandbox";
import type { Health } from "./schemas/language";
import type { PartState, ServerStatus, StatusPart } from "./schemas/status";

export interface Asked {
  engine: Omit<SandboxHealth, "version">;
  images: Health["images"];
  store: Health["store"];
  queue: QueueState & { ok: boolean; message?: string };
}

type Part = ServerStatus["parts"][number];

/** What is said of the server in answer to `GET /api/status`, but its versions. */
export function serverStatus(asked: Asked, figures: HourFigures): Omit<ServerStatus, "versions" | "workers"> {
  const { engine, queue } = asked;
  const parts = partsOf(asked);
  const { running, concurrency, waiting, limit } = queue;
  return {
    state: worstOf(parts),
    parts,
    sandboxes: { warm: engine.warm, running: engine.running },
    queue: { running, concurrency, waiting, limit },
    hour: figures.hour(),
    minutes: figures.minutes(),
  };
}

function partsOf({ engine, images, store, queue }: Asked): Part[] {
  const { ok, message, impaired } = engine;
  const part = (name: StatusPart, state: PartState, text: string | undefined): Part => ({
    part: name,
    state,
    message: text ?? null,
  });
  // An engine that works and has something to say says how it isolates programs.
  const isolation: PartState = !ok ? "unknown" : message === undefined ? "ok" : "degraded";
  const full = queue.ok && queue.limit > 0 && queue.waiting >= queue.limit;
  return [
    part("docker", !ok ? "down" : impaired === undefined ? "ok" : "degraded", ok ? impaired : message),
    part("isolation", isolation, ok ? message : undefined),
    part("images", !ok ? "unknown" : images.ok ? "ok" : "down", ok ? images.message : undefined),
    // Full, it takes no runs, and everything that was kept can still be read.
    part("store", store.ok ? "ok" : store.full ? "degraded" : "down", store.message),
    part(
      "queue",
      !queue.ok ? "down" : full ? "degraded" : "ok",
      !queue.ok
        ? queue.message
        : full
          ? `${queue.waiting} runs wait, which is as many as may (QUICKSAND_QUEUE_LIMIT); new ones are refused until some have ended.`
          : undefined,
    ),
  ];
}

function worstOf(parts: readonly Part[]): ServerStatus["state"] {
  if (parts.some(({ state }) => state === "down")) return "down";
  return parts.some(({ state }) => state === "degraded") ? "degraded" : "ok";
}
