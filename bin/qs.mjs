#!/usr/bin/env node
// @ts-check
/** `qs`: programs on a Quicksand server, from a shell. Nothing is imported that the command does not need, so that it starts at once. */
import { readArguments } from "./qs/arguments.mjs";
import { failureText, OWN_FAILURE } from "./qs/failure.mjs";
import { checkNode } from "./setup/node-version.mjs";

/** @import { Asked } from "./qs/arguments.mjs" */

/** @type {Readonly<Record<string, (asked: Asked) => Promise<number>>>} */
const COMMANDS = {
  run: async (asked) => (await import("./qs/run.mjs")).runCommand(asked),
  test: async (asked) => (await import("./qs/tests.mjs")).testCommand(asked),
  login: async (asked) => (await import("./qs/account.mjs")).loginCommand(asked),
  logout: async () => (await import("./qs/account.mjs")).logoutCommand(),
  whoami: async (asked) => (await import("./qs/account.mjs")).whoamiCommand(asked),
  history: async (asked) => (await import("./qs/lists.mjs")).historyCommand(asked),
  share: async (asked) => (await import("./qs/lists.mjs")).shareCommand(asked),
  languages: async (asked) => (await import("./qs/lists.mjs")).languagesCommand(asked),
  mcp: async (asked) => (await import("./qs/mcp.mjs")).mcpCommand(asked),
  async help({ paths }) {
    process.stdout.write(`${(await import("./qs/help.mjs")).helpText(paths[0])}\n`);
    return 0;
  },
  async version() {
    const { readFileSync } = await import("node:fs");
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    process.stdout.write(`qs ${version}\n`);
    return 0;
  },
};

try {
  checkNode();
  const asked = readArguments(process.argv.slice(2));
  process.exitCode = (await COMMANDS[asked.command]?.(asked)) ?? OWN_FAILURE;
} catch (error) {
  process.stderr.write(`qs: ${failureText(error)}\n`);
  process.exitCode = OWN_FAILURE;
}
