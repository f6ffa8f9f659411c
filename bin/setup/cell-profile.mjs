import fs from "node:fs";
import path from "node:path";
import {
  CELL_PROFILE,
  CELL_PROFILE_FILE,
  CELL_PROFILE_SOURCE,
  LOAD_CELL_PROFILE,
} from "../../lib/sandbox/cell/apparmor.mjs";
import { engineAddress } from "../../lib/sandbox/engine-address.mjs";
import { findProgram, run } from "./child.mjs";
import { askEngine } from "./docker.mjs";
import { SetupProblem } from "./problem.mjs";
import { wantsCells } from "./settings.mjs";

const INFO_LIMIT_MS = 30_000;

/** Where AppArmor has its profiles: the file that it loads at boot, and the kernel's list of those that are loaded. */
const PLACES = { file: CELL_PROFILE_FILE, loaded: "/sys/kernel/security/apparmor/profiles" };

/**
 * Has AppArmor know the profile of cells, where the engine's machine is this one, has AppArmor, and cells are wanted: Docker's own profile lets
 * nobody mount. Never throws: without it containers serve, and the server says so too. A machine elsewhere is left to the server, which finds out
 * by its first cell.
 */
export async function ensureCellProfile(terminal, root) {
  if (!wantsCells() || !("socketPath" in engineAddress(process.env)) || !(await engineHasAppArmor())) return;
  const source = path.join(root, CELL_PROFILE_SOURCE);
  const user = process.getuid?.();
  try {
    if (cellProfileState(fs.readFileSync(source, "utf8"), { user }) === "ready") return;
    if (user !== 0) throw new Error("only root can load it");
    await terminal.step("Loading the AppArmor profile of cells", () => loadCellProfile(source));
  } catch (error) {
    terminal.error(withoutCells(error));
  }
}

async function engineHasAppArmor() {
  const { status, text } = await askEngine("/info", INFO_LIMIT_MS);
  return status === 200 && hasAppArmor(JSON.parse(text));
}

/** Whether AppArmor holds an engine's containers, from what it says of itself. */
export function hasAppArmor({ SecurityOptions: options }) {
  return (options ?? []).some((option) => option.split(",").includes("name=apparmor"));
}

/**
 * Whether the profile is where it belongs, as we have it now, and in force; others than root cannot see the latter, and take it that what is in
 * the file was loaded when the machine booted.
 * @returns {"ready" | "missing"}
 */
export function cellProfileState(text, { user, places = PLACES }) {
  if (textOf(places.file) !== text) return "missing";
  if (user !== 0) return "ready";
  return textOf(places.loaded)?.split("\n").includes(`${CELL_PROFILE} (enforce)`) ? "ready" : "missing";
}

function textOf(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Loads the profile, for this boot and the next ones. */
export async function loadCellProfile(
  source,
  { places = PLACES, parser = findProgram("apparmor_parser") } = {},
) {
  if (!parser)
    throw new SetupProblem("There is no `apparmor_parser` here (on Debian: the package apparmor).");
  // What AppArmor does not take must not be there when the machine boots.
  await run(parser, ["--skip-kernel-load", "--skip-cache", source]);
  fs.copyFileSync(source, places.file);
  fs.chmodSync(places.file, 0o644);
  await run(parser, ["--replace", "--write-cache", places.file]);
}

/** What to say where the profile could not be loaded. */
export function withoutCells({ message, log = "" }) {
  const lines = [
    `! AppArmor does not know the profile of cells (${CELL_PROFILE}), so runs have containers of their own: ${message}`,
    ...(log ? log.trimEnd().split("\n") : []),
    "Start once as root, or load it in this folder:",
    `  ${LOAD_CELL_PROFILE}`,
  ];
  return lines.join("\n  ");
}
