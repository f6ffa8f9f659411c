import type { ApiError } from "@/lib/client/api";
import type { PartState, ServerStatus, StatusPart } from "@/lib/schemas/status";

type Tone = "good" | "warn" | "bad" | "neutral";

export interface Words {
  text: string;
  tone: Tone;
}

export const STATE_WORDS: Readonly<Record<PartState, Words>> = {
  ok: { text: "Works", tone: "good" },
  degraded: { text: "Works in part", tone: "warn" },
  down: { text: "Does not work", tone: "bad" },
  unknown: { text: "Cannot be told now", tone: "neutral" },
};

/** Said of a part that cannot be asked, in the place of what it is for, which would claim that it is there. */
export const UNKNOWN = "This is known again once the sandboxes work.";

interface PartWords {
  name: string;
  /** What it is for, which is said while there is nothing to say of its state. */
  purpose: string;
}

export const PART_WORDS: Readonly<Record<StatusPart, PartWords>> = {
  docker: {
    name: "Sandboxes",
    purpose: "Docker, here or at workers, starts the containers that programs run in.",
  },
  isolation: {
    name: "Isolation",
    purpose: "Each run has a sandbox of its own, without network and within its limits.",
  },
  images: { name: "Languages", purpose: "The images of all languages are there." },
  store: { name: "Database", purpose: "Keeps runs and accounts." },
  queue: { name: "Queue", purpose: "Runs wait here for their turn." },
};

const OVERALL: Readonly<Record<ServerStatus["state"], Words>> = {
  ok: { text: "Everything works", tone: "good" },
  degraded: { text: "Something works in part only", tone: "warn" },
  down: { text: "Programs cannot be run now", tone: "bad" },
};

/** What is said of the server as a whole; `null` while nothing is known. */
export function overallWords(status: ServerStatus | null, error: ApiError | null): Words | null {
  if (error)
    return {
      text: error.status === 0 ? "The server does not answer" : "The status cannot be told",
      tone: "bad",
    };
  return status && OVERALL[status.state];
}
