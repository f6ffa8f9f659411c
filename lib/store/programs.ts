import type { Credential } from "../schemas/account";
import type { PlanId } from "../schemas/plan";
import type { ProgramContent, TitleSource } from "../schemas/program";

/** A program as it is stored. */
export interface StoredProgram {
  id: string;
  owner: string;
  title: string;
  titleSource: TitleSource;
  /** 1 when it is made, one more with each change. */
  revision: number;
  plan: PlanId;
  createdAt: Date;
  /** When it was last changed. */
  updatedAt: Date;
  /** When `prune` may remove it; `null` is never. */
  expiresAt: Date | null;
  content: ProgramContent;
}

/** A row of the list. Nothing in it is large, and reading it reads nothing large. */
export interface ProgramSummary extends Omit<StoredProgram, "owner" | "plan" | "content"> {
  language: string;
  /** How many of each it has. */
  files: number;
  tests: number;
  bytes: number;
}

export interface ProgramQuery {
  /** `nextCursor` of the previous page; left out for the first. Anything else is `invalid_request`. */
  cursor?: string | null | undefined;
  /** Rows per page, 1 to 100; 50 when left out. */
  limit?: number | undefined;
  language?: string | undefined;
  /** Text in the title or the code. Case does not matter, and no character is special. */
  q?: string | undefined;
}

/** The last changed first. Only `nextCursor: null` means the end, as for runs. */
export interface ProgramPage {
  programs: ProgramSummary[];
  nextCursor: string | null;
}

/** How many programs one owner may have, and how large they may be together. */
export interface ProgramLimits {
  programs: number;
  bytes: number;
}

export interface KeptPrograms {
  programs: number;
  bytes: number;
}

/**
 * People's programs. Every method sees and changes only what `owner` owns, and but for `isForeign` treats others' and absent alike. What is
 * acknowledged is on disk.
 */
export interface ProgramStore {
  /**
   * Stores a new program. `taken` when there is one of this id, whoever's; `too_many` and `too_large` when it would pass a limit. Throws
   * `store_full` when there is less room than the reserve, and with a `credential` `unauthorized` when that has ended, as `acceptRun` does.
   */
  create(
    program: StoredProgram,
    limits: ProgramLimits,
    credential?: Credential,
  ): Promise<"created" | "taken" | "too_many" | "too_large">;
  get(id: string, owner: string): Promise<StoredProgram | null>;
  /** Whether the owner has it; reads nothing large. */
  owns(id: string, owner: string): Promise<boolean>;
  /** Whether somebody else has it: `false` also where nobody does. Reads nothing large. */
  isForeign(id: string, owner: string): Promise<boolean>;
  /**
   * Replaces the revision before `program.revision`, and only that: of two at once one is `stale`. `too_large` when it would pass the limit
   * by growing; `absent` when the owner has none of this id. Owner, plan and creation stay as they are stored.
   */
  replace(
    program: StoredProgram,
    limits: ProgramLimits,
  ): Promise<"replaced" | "stale" | "too_large" | "absent">;
  list(owner: string, query: ProgramQuery): Promise<ProgramPage>;
  /** All programs of an owner, the last changed first, one in memory at a time. */
  exportAll(owner: string): AsyncIterable<StoredProgram>;
  /** For good. */
  remove(id: string, owner: string): Promise<boolean>;
  /** Removes all programs of an owner; returns how many. */
  removeAll(owner: string): Promise<number>;
  kept(owner: string): Promise<KeptPrograms>;
  /**
   * Passes a guest's programs to a user; returns how many. They then count for `plan` and expire `keptMs` after their last change, or never
   * with `null`. With the same owner twice it only does that, as for a change of plan. No limit holds: nothing of it is refused.
   */
  adopt(from: string, to: string, keptMs: number | null, plan: PlanId): Promise<number>;
  /** Removes the longest unchanged programs of a plan until those of it take at most `bytes`; returns how many. */
  makeRoom(plan: PlanId, bytes: number): Promise<number>;
}

/** Counted for a program beside its texts: its row, its places in the indexes. */
const ROW_BYTES = 1_024;

/** What a program counts for its owner: its texts once, and its row. The same in every database. */
export function programBytes({ title, content }: Pick<StoredProgram, "title" | "content">): number {
  const { code, stdin, args, files, tests, options = {} } = content;
  const texts = [
    ...[title, code, stdin, args],
    ...files.flatMap((file) => [file.path, file.content]),
    ...tests.flatMap((test) => Object.values(test).map((value) => (typeof value === "string" ? value : ""))),
    ...Object.entries(options).flat(),
  ];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), ROW_BYTES);
}
