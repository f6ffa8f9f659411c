// @ts-check
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SetupProblem } from "../setup/problem.mjs";

/** @typedef {{ server: string, apiKey: string }} Login */
/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

const USUAL_SERVER = "http://localhost:3000";

/** Where the login is kept. @param {Environment} environment */
export function configFile(environment) {
  const home = environment.XDG_CONFIG_HOME || path.join(environment.HOME || os.homedir(), ".config");
  return path.join(home, "quicksand", "config.json");
}

/**
 * Which server to talk to and as whom: an option beats the environment, which beats what `qs login` kept. The kept key goes to the server
 * that it was kept for and to no other.
 * @param {{ server?: string | undefined, environment: Environment }} asked
 * @returns {{ server: string, apiKey: string | undefined }}
 */
export function settings({ server: option, environment }) {
  const login = readLogin(environment);
  const server = addressOf(
    option ?? (environment.QUICKSAND_SERVER || undefined) ?? login?.server ?? USUAL_SERVER,
  );
  const kept = login?.server === server ? login.apiKey : undefined;
  return { server, apiKey: environment.QUICKSAND_API_KEY?.trim() || kept };
}

/** An address as it is kept and compared. Throws for what is none. @param {string} text */
export function addressOf(text) {
  const address = text.trim().replace(/\/+$/, "");
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new SetupProblem(`\`${text}\` is no address of a server.`, {
    remedy: ["Use one that begins with https:// or http://, such as https://code.example.org."],
  });
}

/** Whether a key that is sent there could be read on the way. @param {string} server */
export function isOpenToOthers(server) {
  const { protocol, hostname } = new URL(server);
  return protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** @param {Environment} environment @returns {Login | null} `null` where nobody is logged in */
export function readLogin(environment) {
  const file = configFile(environment);
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new SetupProblem(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    const { server, apiKey } = JSON.parse(text);
    if (typeof server === "string" && typeof apiKey === "string") return { server, apiKey };
  } catch {
    // What is no JSON is as useless as JSON of something else.
  }
  throw new SetupProblem(`${file} is not what \`qs login\` wrote.`, { remedy: ["Log in again: qs login"] });
}

/** Keeps a login for this user's eyes only. @param {Environment} environment @param {Login} login @returns {string} the file */
export function keepLogin(environment, login) {
  const file = configFile(environment);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // A file that is there keeps its mode when it is written, so it is replaced.
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(fresh, file);
  return file;
}

/** @param {Environment} environment */
export function forgetLogin(environment) {
  rmSync(configFile(environment), { force: true });
}
