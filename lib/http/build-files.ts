import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { prefers } from "./accept-encoding";

const PREFIX = "/_next/static/";
const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};
/** The names of these files change with their content. */
const FOR_EVER = "public, max-age=31536000, immutable";
/** Of 11: the highest that takes less than a second for the largest file. */
const QUALITY = 9;

const compressed = promisify(brotliCompress);

/**
 * Scripts and styles of the build, compressed once. Next.js compresses them anew for every request, and less: the editor alone costs it a tenth
 * of a second of processor time each, which thirty people who come at once wait for.
 */
export class BuildFiles {
  readonly #directory: string;
  /** By what comes after the prefix; only what was there at the start is looked for on the disk. */
  readonly #names: ReadonlySet<string>;
  readonly #ready = new Map<string, Buffer>();
  readonly #asked = new Set<string>();
  #compressing: Promise<void> = Promise.resolve();

  /** `directory` is that of the build's static files; one that is not there has none. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#names = new Set(namesIn(directory));
  }

  /**
   * Answers a request for a file that is ready. `false` leaves it to Next.js: what is none of these files, and for the first time also what is,
   * since sending it as it is compressed is faster than waiting for the better one.
   */
  answer(request: IncomingMessage, response: ServerResponse, at: string): boolean {
    const name = at.startsWith(PREFIX) ? at.slice(PREFIX.length) : "";
    const type = TYPES[path.extname(name)];
    if (type === undefined || !this.#names.has(name)) return false;
    const { method, headers } = request;
    if ((method !== "GET" && method !== "HEAD") || headers.range !== undefined) return false;
    if (!prefers("br", headers["accept-encoding"]?.toString())) return false;
    const bytes = this.#ready.get(name);
    if (!bytes) {
      this.#compress(name);
      return false;
    }
    response.writeHead(200, {
      "Content-Type": type,
      "Content-Encoding": "br",
      "Content-Length": bytes.length,
      "Cache-Control": FOR_EVER,
      Vary: "Accept-Encoding",
    });
    response.end(method === "HEAD" ? undefined : bytes);
    return true;
  }

  /** One after the other: the threads that do it are few, and others wait for them, too. */
  #compress(name: string): void {
    if (this.#asked.has(name)) return;
    this.#asked.add(name);
    this.#compressing = this.#compressing.then(async () => {
      try {
        const bytes = await readFile(path.join(this.#directory, name));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        this.#ready.set(name, await compressed(bytes, { params }));
      } catch {
        // Next.js goes on to answer for it, and says what is wrong where something is.
        this.#asked.delete(name);
      }
    });
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" }).map((name) =>
      name.split(path.sep).join("/"),
    );
  } catch {
    return [];
  }
}
