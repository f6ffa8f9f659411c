import type { Language } from "../language";

/**
 * The runtime would start a scheduler for each of the host's processors, of which the sandbox has a share of one; and a scheduler that has
 * nothing to do would look for work in a loop, with processor time that is the program's.
 */
export const ONE_SCHEDULER = "+S 1:1 +SDcpu 1:1 +SDio 1 +sbwt none +sbwtdcpu none +sbwtdio none";

export const elixir: Language = {
  id: "elixir",
  name: "Elixir",
  version: "1.18",
  versionCommand: ["elixir", "--version"],
  aliases: ["ex", "exs", "iex"],
  extension: "exs",
  mainFile: "main.exs",
  editor: "elixir",
  image: { folder: "elixir" },
  core: false,
  run: ["elixir", "main.exs"],
  repl: ["iex"],
  // It has one indent only.
  format: () => ["mix", "format", "-"],
  env: { ERL_AFLAGS: ONE_SCHEDULER },
};
