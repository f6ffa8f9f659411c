#!/usr/bin/env node
/**
 * `npm run restore -- FILE [--replace]`: fills an empty store, of either kind, from what `npm run backup` wrote. The server must be stopped.
 * `-` is standard input.
 */
import { backupCommand } from "./setup/backup-command.mjs";
import { command } from "./setup/terminal.mjs";

await command(async () => {
  process.exitCode = backupCommand("restore");
});
