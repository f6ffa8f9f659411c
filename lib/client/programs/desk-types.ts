import type { DeskApi, SavedProgram } from "./desk-api";
import type { KeptProgram } from "./kept";
import type { Shelf } from "./shelf";

/** How far a program is saved. `local`: in this browser only, since nothing was typed in it. */
export type SaveState =
  | { name: "local" }
  | { name: "saving" }
  | { name: "saved" }
  | { name: "offline" | "refused"; message: string };

export interface OpenProgram extends KeptProgram {
  state: SaveState;
  /** Changes when something other than its own fields has changed it. */
  epoch: number;
  /** This browser's storage took it. */
  shelved: boolean;
}

/** What people are told: what is typed here became another program, because its own was changed or deleted elsewhere. */
export interface Moved {
  type: "split" | "orphaned";
  from: string;
  to: string;
  title: string;
}

export interface Timers {
  now(): number;
  set(work: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export interface DeskOptions {
  api: DeskApi;
  shelf: Shelf;
  timers: Timers;
  newId: () => string;
  onMoved: (moved: Moved) => void;
}

/** How a new program comes to be. */
export interface Placing {
  title: string;
  titleSource: "derived" | "typed";
  save?: boolean;
}

/** An open program with what the desk does about it. */
export interface Work {
  program: OpenProgram;
  /** As the server has it in `revision`; `null` where it has none. */
  base: SavedProgram | null;
  /** As it was last written to the storage, from where another tab may have saved it. */
  written: KeptProgram | null;
  shelving: unknown;
  saving: unknown;
  firstTypedAt: number | null;
  inFlight: Promise<void> | null;
  failures: number;
}
