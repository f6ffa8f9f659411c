// @ts-check
import { createInterface } from "node:readline";
import { Connection } from "../../lib/client/node/connection.mjs";
import { readServerSentEvents } from "../../lib/client/node/server-sent-events.mjs";
import { SetupProblem } from "../setup/problem.mjs";
import { textOf } from "./arguments.mjs";
import { settings } from "./config.mjs";

/** @import { Asked } from "./arguments.mjs" */

/** @typedef {{ id?: string | number, method?: string, params?: Record<string, unknown>, result?: Record<string, unknown> }} Message */

const PATH = "/api/mcp";
/** "Server error" of JSON-RPC. */
const FAILED = -32_000;

/**
 * `qs mcp`: the Model Context Protocol over standard input and output, for assistants that start programs. Every message goes to the server,
 * which keeps nothing between them. Standard output holds messages alone.
 * @param {Asked} asked
 */
export async function mcpCommand({ values }) {
  const { server, apiKey } = settings({ server: textOf(values, "server"), environment: process.env });
  if (apiKey === undefined) {
    throw new SetupProblem("Assistants need an API key.", {
      remedy: ["Log in: qs login", "or set QUICKSAND_API_KEY."],
    });
  }
  await carry(createInterface({ input: process.stdin }), process.stdout, new Connection({ server, apiKey }));
  return 0;
}

/**
 * Carries messages until there are no more lines, and ends what is not answered then.
 * @param {AsyncIterable<string>} lines
 * @param {{ write(line: string): unknown }} output
 * @param {Pick<Connection, "send">} connection
 */
export async function carry(lines, output, connection) {
  /** @type {Map<string | number, AbortController>} */
  const waiting = new Map();
  let version = "";
  /** @param {object} message */
  const say = (message) => output.write(`${JSON.stringify(message)}\n`);

  /** @param {Message} message */
  async function ask(message) {
    const { id } = message;
    const controller = new AbortController();
    if (id !== undefined && message.method !== undefined) waiting.set(id, controller);
    try {
      for await (const answer of answersTo(message, controller.signal)) {
        if (message.method === "initialize") version = String(answer.result?.protocolVersion ?? version);
        say(answer);
      }
    } catch (error) {
      if (id === undefined || controller.signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      say({ jsonrpc: "2.0", id, error: { code: FAILED, message: reason } });
    } finally {
      if (id !== undefined) waiting.delete(id);
    }
  }

  /** @param {Message} message @param {AbortSignal} signal @returns {AsyncGenerator<Message, void>} */
  async function* answersTo(message, signal) {
    const response = await connection.send(PATH, {
      ...{ method: "POST", body: message, signal },
      headers: {
        accept: "application/json, text/event-stream",
        ...(version === "" ? {} : { "mcp-protocol-version": version }),
      },
    });
    if (!response.body || response.status === 202) return;
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
      yield await response.json();
      return;
    }
    const body = /** @type {AsyncIterable<Uint8Array>} */ (/** @type {unknown} */ (response.body));
    for await (const { data } of readServerSentEvents(body)) yield JSON.parse(data);
  }

  for await (const line of lines) {
    if (line.trim() === "") continue;
    const message = messageOf(line);
    if (!message)
      say({ jsonrpc: "2.0", id: null, error: { code: -32_700, message: "A line is no JSON object." } });
    else if (message.method === "notifications/cancelled") {
      // Without a session, a request is given up by closing its connection.
      waiting.get(/** @type {string | number} */ (message.params?.requestId))?.abort();
    } else void ask(message);
  }
  for (const controller of waiting.values()) controller.abort();
}

/** @param {string} line @returns {Message | null} */
function messageOf(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
