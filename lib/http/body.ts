import { AppError } from "../errors";

/** A sender who takes longer over a body is not waited for. */
const BODY_TIMEOUT_MS = 20_000;

/** Far beyond any valid body; both keep small requests from becoming large structures in memory. */
const MAX_DEPTH = 32;
const MAX_VALUES = 10_000;

/** The JSON value of a body that was read with `readBody`. */
export function parseJson(headers: Headers, body: Uint8Array): unknown {
  refuseOtherTypes(headers);
  const json = decode(body);
  if (json.trim() === "") throw new AppError("invalid_json", "The body is empty; send a JSON object.");
  refuseBombs(json);
  try {
    return JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "";
    throw new AppError("invalid_json", `The body is not valid JSON: ${reason}`);
  }
}

function refuseOtherTypes(headers: Headers): void {
  const given = headers.get("content-type") ?? "";
  const [essence = "", ...parameters] = given.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))?.slice(8);
  const utf8 = charset === undefined || /^"?utf-?8"?$/.test(charset);
  if (essence !== "application/json" || !utf8) {
    const got = given === "" ? "none" : `"${given.slice(0, 100)}"`;
    throw new AppError(
      "unsupported_media_type",
      `\`Content-Type\` is ${got}; send \`Content-Type: application/json\` (UTF-8).`,
    );
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw new AppError(
      "unsupported_media_type",
      `\`Content-Encoding\` is "${encoding.slice(0, 100)}"; send the body uncompressed.`,
    );
  }
}

/**
 * The bytes of a request's body, for every door: at most `maxBytes` are held, and a body that is not there after `timeoutMs` is a
 * `request_timeout`. Who sends it is asked afterwards: a body that is held back must not keep the rights of its first byte.
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  timeoutMs = BODY_TIMEOUT_MS,
): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > maxBytes) throw bodyTooLarge(`${announced.toLocaleString("en")} bytes`, maxBytes);
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // Ends the read that waits.
    reader.cancel().catch(() => {});
  }, timeoutMs);
  try {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (late) throw bodyTooLate(timeoutMs);
      if (done) return Buffer.concat(chunks, bytes);
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        // The rest is not read, and nothing depends on how the sender takes that.
        reader.cancel().catch(() => {});
        throw bodyTooLarge(`more than ${maxBytes.toLocaleString("en")} bytes`, maxBytes);
      }
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
  }
}

function bodyTooLate(timeoutMs: number): AppError {
  return new AppError(
    "request_timeout",
    `The body was not there after ${timeoutMs / 1_000} s; send the request again, and its body at once.`,
    { headers: { Connection: "close" } },
  );
}

function bodyTooLarge(size: string, maxBytes: number): AppError {
  return new AppError(
    "body_too_large",
    `The body is ${size}; the limit is ${maxBytes.toLocaleString("en")} bytes. Send less.`,
  );
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new AppError("invalid_json", "The body is not valid UTF-8; encode it as UTF-8.");
  }
}

/** One pass over the text, before `JSON.parse` turns 8 MB of brackets into hundreds of megabytes of arrays. */
function refuseBombs(json: string): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === '"') at = endOfString(json, at);
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    else if (char === ",") values++;
    if (depth > MAX_DEPTH) {
      throw new AppError("invalid_request", `The body is nested more than ${MAX_DEPTH} levels deep.`);
    }
    if (values > MAX_VALUES) {
      throw new AppError(
        "invalid_request",
        `The body holds more than ${MAX_VALUES.toLocaleString("en")} values; no request of this API needs as many.`,
      );
    }
  }
}

function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const char = json[at];
    if (char === "\\") at++;
    else if (char === '"') return at;
  }
  return json.length;
}
