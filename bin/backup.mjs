#!/usr/bin/env node
/**
 * `npm run backup -- FILE [--without-secret]`: everything that is kept, in one file that `npm run restore` reads, while the server runs or not.
 * `-` is standard output (`npm run --silent backup -- -`).
 */
import { backupCommand } from "./setup/backup-command.mjs";
import { command } from "./setup/terminal.mjs";

await command(async () => {
  process.exitCode = backupCommand("backup");
});
