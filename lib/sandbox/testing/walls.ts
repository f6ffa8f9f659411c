import type { SandboxOptions } from "..";

/**
 * A way of walling in programs, with the options that a sandbox needs for it. The suites of `testing/suites` are functions of
 * one: they open a sandbox of their own, so a further way is one more call of each. Options that are only known
 * later (the address of an engine that a hook starts) are given as a function.
 */
export interface Wall {
  name: string;
  options: Partial<SandboxOptions> | (() => Partial<SandboxOptions>);
}

/** The ways that need nothing but the machine's own engine. */
export const WALLS: readonly Wall[] = [{ name: "container", options: {} }];
