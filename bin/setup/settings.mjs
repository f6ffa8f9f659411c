import fs from "node:fs";
import path from "node:path";
import { SetupProblem } from "./problem.mjs";

/**
 * The few settings that are needed before the packages are there. Everything else is read, and checked, in `lib/env.ts`; the defaults
 * are the same there.
 */
export function listenAddress(environment = process.env) {
  const port = Number(environment.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SetupProblem(`Expected \`PORT\` to be 0–65535, got \`${environment.PORT}\`.`);
  }
  return {
    port,
    host: environment.HOST || "127.0.0.1",
    dataDir: path.resolve(environment.QUICKSAND_DATA_DIR || ".data"),
  };
}

/** Reads `.env` into the environment where there is one. A variable that is set already stays: the command line wins over the file. */
export function loadEnvFile(file = ".env") {
  if (fs.existsSync(file)) process.loadEnvFile(file);
}
