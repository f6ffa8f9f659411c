/** LibreChat's addresses with the real route files behind them. */
import assert from "node:assert/strict";
import { outcome, type Script } from "../../lib/runs/testing/runs-fixture";
import { Client, type RouteFile, type Routes } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const files = {
  exec: () => import("../v1/exec/route"),
  upload: () => import("../v1/upload/route"),
  download: () => import("../v1/download/[sessionId]/[fileId]/route"),
  list: () => import("../v1/files/[sessionId]/route"),
  file: () => import("../v1/files/[sessionId]/[fileId]/route"),
  elsewhere: () => import("../v1/[...path]/route"),
};

export interface Uploaded {
  message: string;
  session_id: string;
  files: { fileId: string; filename: string }[];
}
export interface Executed {
  run: { stdout: string; stderr: string; output: string; code: number | null; status: string | null };
  session_id: string;
  files: { id: string; name: string }[];
  stdout: string;
  stderr: string;
  language: string;
  version: string;
}

/** What LibreChat sends, by a key of its own. */
export class LibreChat extends Client {
  readonly headers: Record<string, string>;

  constructor(headers: Record<string, string> = {}) {
    super();
    this.headers = headers;
  }

  async ask(of: keyof typeof files, method: string, options: Parameters<Client["send"]>[2] = {}) {
    const file = (await files[of]()) as unknown as RouteFile;
    const [session, id] = [options?.params?.sessionId, options?.params?.fileId];
    const path = { exec: "exec", upload: "upload", elsewhere: "nowhere", list: `files/${session}` }[
      of as "exec"
    ];
    const { headers = {}, ...rest } = options ?? {};
    return this.send(file, `/v1/${path ?? `${of}/${session}/${id}`}`, {
      ...{ method, params: {}, ...rest, headers: { ...this.headers, ...headers } },
    });
  }

  /** Names of a session's files. */
  async names(sessionId: string): Promise<string[]> {
    const response = await this.ask("list", "GET", { params: { sessionId } });
    const listed = (await response.json()) as { metadata: { "original-filename": string } }[];
    return listed.map(({ metadata }) => metadata["original-filename"]);
  }

  async exec(body: unknown): Promise<{ status: number; body: Executed & { error?: string } }> {
    const headers = { "content-type": "application/json" };
    const response = await this.ask("exec", "POST", { headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Executed };
  }

  upload(...sent: [name: string, bytes: Uint8Array | string, type?: string][]): Promise<Response> {
    const form = new FormData();
    form.append("entity_id", "agent");
    for (const [name, bytes, type = "text/csv"] of sent)
      form.append("file", new Blob([Buffer.from(bytes)], { type }), name);
    return this.uploadForm(form);
  }

  async uploadForm(form: FormData): Promise<Response> {
    const encoded = new Response(form);
    const headers = { "content-type": encoded.headers.get("content-type") ?? "" };
    return this.ask("upload", "POST", { headers, body: new Uint8Array(await encoded.arrayBuffer()) });
  }

  async uploaded(...sent: Parameters<LibreChat["upload"]>): Promise<Uploaded> {
    const response = await this.upload(...sent);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Uploaded;
  }
}

/** Somebody with a key for it. */
export async function librechatOf(routes: Routes): Promise<{ client: LibreChat; visitor: Visitor }> {
  const visitor = new Visitor(routes);
  const { headers } = await keyOf(routes, await signedIn(routes, visitor), ["run", "read"]);
  return { client: new LibreChat({ "x-api-key": headers.authorization.replace("Bearer ", "") }), visitor };
}

/** A program that leaves files. */
export const leaving = (...left: [name: string, type: string, bytes: Buffer][]): Script =>
  async function* () {
    yield { type: "stage", stage: "run" };
    const artifacts = left.map(([name, type, bytes]) => ({ name, type, bytes }));
    const output = { stdout: "done\n", stderr: "", exitCode: 0, signal: null, truncated: false };
    yield { type: "done", outcome: outcome({ artifacts, output }) };
  };
