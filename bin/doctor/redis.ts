import type { RedisFacts } from "./facts";
import { talk } from "./line-server";

/** Asks a Redis at `redis://` or `rediss://` whether it is there and how it keeps what it has. Only three commands: it needs no client. */
export async function pingRedis(address: string, limitMs: number): Promise<RedisFacts> {
  const url = new URL(address);
  const password = decodeURIComponent(url.password);
  const signIn =
    password === ""
      ? []
      : [["AUTH", ...(url.username === "" ? [] : [decodeURIComponent(url.username)]), password]];
  const asked = [...signIn, ["PING"], ["CONFIG", "GET", "maxmemory-policy"], ["CONFIG", "GET", "appendonly"]];
  const place = { host: hostOf(url), port: Number(url.port || 6379), secure: url.protocol === "rediss:" };
  const answers = await talk(place, asked.map(command), { complete: isComplete, greets: false, limitMs });
  const [ping = "", policy = "", appendOnly = ""] = answers.slice(signIn.length);
  const refusal = [...answers.slice(0, signIn.length), ping].find((answer) => answer.startsWith("-"));
  if (refusal) throw new Error(`Redis refuses: ${refusal.slice(1).trim()}`);
  const found = settingIn(appendOnly);
  return { policy: settingIn(policy), appendOnly: found === null ? null : found === "yes" };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** As Redis takes it: a list of texts with their lengths. */
function command(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;
}

/** Simple answers are one line; a list says how many texts follow, each with a line for its length. */
function isComplete(answer: string): boolean {
  if (!answer.endsWith("\r\n")) return false;
  const [first = "", ...rest] = answer.slice(0, -2).split("\r\n");
  return !first.startsWith("*") || rest.length >= 2 * Number(first.slice(1));
}

/** Of a list of a name and its value; `null` where it is refused or empty, as with hosted servers. */
function settingIn(answer: string): string | null {
  const lines = answer.split("\r\n");
  return answer.startsWith("*2") ? (lines[4] ?? null) : null;
}
