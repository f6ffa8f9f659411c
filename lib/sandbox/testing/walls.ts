import type { SandboxOptions } from "..";

/**
 * A way of walling in programs, with the options that a sandbox needs for it. The suites of `testing/suites` are functions of
 * one: they open a sandbox of their own, so a further way is one more call of each. Options that are only known
 * later (the address of an engine that is started for them) are given as a function.
 */
export interface Wall {
  name: string;
  /** Whose kernel a program talks to. What differs with gVisor's is in the suites, side by side with what holds for the host's. */
  kernel: "host" | "gVisor";
  options: Partial<SandboxOptions> | (() => Promise<Partial<SandboxOptions>>);
}

/** The ways that need nothing but the machine's own engine. */
export const WALLS: readonly Wall[] = [{ name: "container", kernel: "host", options: {} }];
