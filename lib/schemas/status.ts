import * as z from "zod";
import { ISOLATION_CHOICES } from "./run";

/** Half of them, and 95 % of them, were done within so many milliseconds; to 5 %. */
const spreadSchema = z.object({ p50: z.number(), p95: z.number() });
export type Spread = z.infer<typeof spreadSchema>;

const figuresSchema = z.object({
  /** Runs that ended, and those of them that ended by a fault of ours (`system_error`). */
  runs: z.number().int(),
  failed: z.number().int(),
  /** From a run's acceptance to the start of its program; `null` without runs. */
  wait: spreadSchema.nullable(),
  /** From its acceptance to its end; of runs that nobody typed into. */
  total: spreadSchema.nullable(),
});

/** The runs of one minute, which begins at `at`. */
const minuteFiguresSchema = figuresSchema.extend({ at: z.string() });
export type MinuteFigures = z.infer<typeof minuteFiguresSchema>;

/** What running a program takes. */
export const STATUS_PARTS = ["docker", "isolation", "images", "store", "queue"] as const;
export type StatusPart = (typeof STATUS_PARTS)[number];

/** `unknown` is a part that cannot be asked, because the one that it stands on does not work. */
const partStateSchema = z.enum(["ok", "degraded", "down", "unknown"]);
export type PartState = z.infer<typeof partStateSchema>;

/** A worker by its own words, at most some seconds old. */
const workerSchema = z.object({
  id: z.string(),
  host: z.string(),
  startedAt: z.string(),
  /** Quicksand's. */
  version: z.string(),
  /** Programs that it runs at once, and those that it runs. */
  concurrency: z.number().int(),
  running: z.number().int(),
  warm: z.number().int(),
  /** It takes no more runs, since it stops. */
  draining: z.boolean(),
  isolation: z.enum(ISOLATION_CHOICES),
  /** Its engine's version; `null` while that does not answer. */
  docker: z.string().nullable(),
  message: z.string().nullable(),
});
export type WorkerStatus = z.infer<typeof workerSchema>;

/** How the server is, for the page at `/status`. */
export const serverStatusSchema = z.object({
  /** The worst of the parts. */
  state: partStateSchema.exclude(["unknown"]),
  parts: z.array(
    z.object({
      part: z.enum(STATUS_PARTS),
      state: partStateSchema,
      /** What is wrong and what to do about it; `null` when there is nothing to say. */
      message: z.string().nullable(),
    }),
  ),
  sandboxes: z.object({ warm: z.number().int(), running: z.number().int() }),
  queue: z.object({
    running: z.number().int(),
    concurrency: z.number().int(),
    waiting: z.number().int(),
    limit: z.number().int(),
  }),
  /** The last hour, and each of its minutes, oldest first, none left out; since the server's start. */
  hour: figuresSchema,
  minutes: z.array(minuteFiguresSchema),
  /**
   * The machines that run programs, where this one does not itself, one by one. For admins only; `null` for others, and for a server of a single
   * process.
   */
  workers: z.array(workerSchema).nullable(),
  /** For admins only, since versions say which holes to try; `null` for others. */
  versions: z
    .object({ quicksand: z.string(), node: z.string(), docker: z.string().nullable(), store: z.string() })
    .nullable(),
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;
