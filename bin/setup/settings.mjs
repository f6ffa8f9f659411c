import fs from "node:fs";
import path from "node:path";
import { SetupProblem } from "./problem.mjs";

/**
 * The few settings that are needed before packages are installed. All others are read and validated in `lib/env.ts`, which has the same
 * defaults for these.
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

/** Whether `npm start` is to run programs itself. With `REDIS_URL` workers do, wherever they are, and this machine needs no Docker (ADR 92). */
export function runsPrograms(environment = process.env) {
  return !environment.REDIS_URL;
}

/** Whether runs are to be in cells: then AppArmor needs a profile for them before the app starts. */
export function wantsCells(environment = process.env) {
  return ["cell", "auto"].includes(environment.QUICKSAND_ISOLATION ?? "");
}

/** Loads `.env` into the environment if it exists. Variables that are already set take precedence. */
export function loadEnvFile(file = ".env") {
  if (fs.existsSync(file)) process.loadEnvFile(file);
}
