// @ts-check
import { createClient } from "../../lib/client/node/index.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { textTable } from "../setup/table.mjs";
import { textOf } from "./arguments.mjs";
import { settings } from "./config.mjs";

/** @import { RunFilter, RunSummary } from "../../lib/client/node/types" */
/** @import { Asked } from "./arguments.mjs" */

const USUAL_ROWS = 20;
const TITLE_CHARS = 50;

/** @param {Asked["values"]} values */
function clientOf(values) {
  const { server, apiKey } = settings({ server: textOf(values, "server"), environment: process.env });
  return { client: createClient({ server, apiKey }), guest: apiKey === undefined };
}

/** A guest is another one with each command, so nothing would be found. @param {boolean} guest */
function demandKey(guest) {
  if (guest) throw new SetupProblem("A guest has no history here.", { remedy: ["Log in: qs login"] });
}

/** `qs history`. @param {Asked} asked */
export async function historyCommand({ values }) {
  const { client, guest } = clientOf(values);
  demandKey(guest);
  const limit = Number(textOf(values, "limit") ?? USUAL_ROWS);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new SetupProblem(`Expected \`--limit\` to be 1–100, got \`${textOf(values, "limit")}\`.`);
  }
  /** @type {RunSummary[]} */
  const runs = [];
  /** @type {string | undefined} */
  let cursor;
  do {
    const page = await client.list({
      ...{
        cursor,
        limit: limit - runs.length,
        language: textOf(values, "lang"),
        search: textOf(values, "search"),
      },
      status: /** @type {RunFilter["status"]} */ (textOf(values, "status")),
    });
    runs.push(...page.runs);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && runs.length < limit);
  if (values.json === true) process.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  else if (runs.length === 0) process.stderr.write("qs: no such runs.\n");
  else process.stdout.write(`${historyTable(runs)}\n`);
  return 0;
}

/** @param {readonly RunSummary[]} runs */
export function historyTable(runs) {
  const head = ["ID", "WHEN", "LANGUAGE", "STATUS", "TIME", "PROGRAM"];
  const rows = runs.map(({ id, createdAt, language, status, durationMs, title, preview }) => [
    ...[id, localTime(new Date(createdAt)), language, status],
    durationMs === null ? "" : `${Math.round(durationMs)} ms`,
    plain(title ?? preview),
  ]);
  return textTable([head, ...rows], [4]);
}

/** `qs share`. @param {Asked} asked */
export async function shareCommand({ values, paths: [id, ...rest] }) {
  if (id === undefined || rest.length > 0)
    throw new SetupProblem("Which run? qs share ID, or: qs share last");
  if (values.public === true && values.private === true) {
    throw new SetupProblem("A run cannot be both public and private; leave one of the two out.");
  }
  const { client, guest } = clientOf(values);
  demandKey(guest);
  const visibility = values.public === true ? "public" : values.private === true ? "private" : "unlisted";
  const { url } = await client.share(id === "last" ? await lastOf(client) : id, visibility);
  process.stdout.write(visibility === "private" ? "Nobody but you sees it any more.\n" : `${url}\n`);
  return 0;
}

/** @param {ReturnType<typeof createClient>} client */
async function lastOf(client) {
  const { runs } = await client.list({ limit: 1 });
  if (runs[0]) return runs[0].id;
  throw new SetupProblem("You have not run anything yet.", { remedy: ["qs run FILE runs a program."] });
}

/** `qs languages`. @param {Asked} asked */
export async function languagesCommand({ values }) {
  const languages = await clientOf(values).client.languages();
  if (values.json === true) process.stdout.write(`${JSON.stringify(languages, null, 2)}\n`);
  else {
    const rows = languages.map(({ id, name, version, extension, aliases, ready }) => [
      ...[id, name, version, `.${extension}`, aliases.join(", ")],
      ready ? "" : "its image is made at the first run",
    ]);
    process.stdout.write(`${textTable([["ID", "NAME", "VERSION", "FILES", "ALSO", ""], ...rows])}\n`);
  }
  return 0;
}

/** @param {Date} time */
function localTime(time) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** In a terminal, what is in a program must not command it. @param {string} text */
function plain(text) {
  const shown = [...text.replace(/\p{C}+/gu, " ")];
  return shown.length <= TITLE_CHARS ? shown.join("") : `${shown.slice(0, TITLE_CHARS).join("")}…`;
}
