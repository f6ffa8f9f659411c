import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Client as McpClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { AppError } from "../../lib/errors";
import { outcome, printing } from "../../lib/runs/testing/runs-fixture";
import type { KeyScope } from "../../lib/schemas/account";
import { Client, ORIGIN, openRoutes, type RouteFile } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
const { sandbox, services } = routes;
const file = (await import("../api/mcp/route")) as RouteFile;
const ADDRESS = "/api/mcp";

afterEach(() => {
  sandbox.script = printing("hello\n");
});

/** Somebody with a key, and the protocol's own client with it, which talks to the route as Next.js does. */
async function connected(scopes: readonly KeyScope[] = ["run", "read"]) {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const { headers } = await keyOf(routes, user, scopes);
  const sender = new Client();
  const fetch = (url: string | URL, init: RequestInit = {}) =>
    sender.send(file, new URL(url).pathname, {
      method: init.method ?? "GET",
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === "string" ? { body: init.body } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
    });
  const client = new McpClient({ name: "test", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL(ADDRESS, ORIGIN), {
    requestInit: { headers },
    fetch,
  });
  await client.connect(transport as Transport);
  return { client, visitor, user, headers };
}

/** One message without a client around it. */
function post(
  headers: Record<string, string>,
  body: unknown = { jsonrpc: "2.0", id: 1, method: "tools/list" },
) {
  return new Client().send(file, ADDRESS, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
      ...headers,
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

const RUN = { name: "run_code", arguments: { language: "python", code: "print(1)" } };

/** The texts of an answer, one after the other. */
function textOf(answer: object): string {
  const { content } = answer as { content: { text?: string }[] };
  return content.map(({ text = "" }) => text).join("");
}

test("a client that connects learns what this is and which tools there are", async () => {
  const { client } = await connected();
  assert.equal(client.getServerVersion()?.name, "quicksand");
  assert.match(client.getInstructions() ?? "", /fresh sandbox without network: at most 10 s and 256 MB/);
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []]),
    [
      ["run_code", ["language", "code"]],
      ["list_languages", []],
      ["get_run", ["id"]],
    ],
  );
  await client.close();
});

test("a program is run with all that it is given, and its answer is text and a structure", async () => {
  const { client } = await connected();
  const sent = { stdin: "in\n", args: ["-v"], files: [{ path: "a.txt", content: "a" }] };
  const answer = await client.callTool({ name: "run_code", arguments: { ...RUN.arguments, ...sent } });
  assert.match(textOf(answer), /^Status: success, exit code 0, \d+ ms\. Run [\w-]{22}\n\nstdout:\nhello\n$/);
  const { id, url, stdout, status } = answer.structuredContent as Record<string, string>;
  assert.deepEqual([stdout, status, url], ["hello\n", "success", `${ORIGIN}/r/${id}`]);
  const { files, args } = sandbox.specs.at(-1) ?? {};
  assert.deepEqual([files, args], [sent.files, sent.args]);

  const found = await client.callTool({ name: "get_run", arguments: { id } });
  const { code, stdin } = found.structuredContent as Record<string, string>;
  assert.deepEqual([code, stdin], ["print(1)", "in\n"]);
  await client.close();
});

test("a program that fails is no error of the tool, and what it printed too much of is cut in its middle", async () => {
  const { client } = await connected();
  const stdout = `${"a".repeat(30_000)}the end`;
  const output = { stdout, stderr: "", exitCode: 3, signal: null, truncated: false };
  sandbox.script = async function* () {
    yield { type: "done", outcome: outcome({ status: "error", output }) };
  };
  const answer = await client.callTool(RUN);
  assert.equal(answer.isError, undefined);
  assert.match(
    textOf(answer),
    /^Status: error, exit code 3, [\s\S]*\n\[10,007 characters left out\]\na+the end$/,
  );
  assert.equal((answer.structuredContent as { truncated: boolean }).truncated, true);
  await client.close();
});

test("what is wrong with the arguments is told to the model, with what would be right", async () => {
  const { client } = await connected();
  const refused = async (name: string, args: Record<string, unknown>) => {
    const answer = await client.callTool({ name, arguments: args });
    assert.equal(answer.isError, true);
    return textOf(answer);
  };
  assert.match(
    await refused("run_code", { language: "pythn", code: "" }),
    /Did you mean python\?.*\(unknown_language\)$/,
  );
  const two = await refused("run_code", { code: 1 });
  assert.match(
    two,
    /^`language` is missing; it must be a string\..*\n`code` must be a string, got the number 1\.$/,
  );
  assert.match(await refused("get_run", { id: "nothing" }), /\(not_found\)$/);
  await assert.rejects(client.callTool({ name: "rm", arguments: {} }), /There is no tool rm\./);
  await client.close();
});

test("a picture that cannot be read is a link, and what the program printed is there", async (t) => {
  const { client } = await connected();
  sandbox.script = async function* () {
    const artifacts = [{ name: "plot.png", type: "image/png", bytes: Buffer.of(1, 2, 3) }];
    yield { type: "done", outcome: outcome({ artifacts }) };
  };
  t.mock.method(services.runs, "artifact", async () => {
    throw new AppError("not_found", "It has been removed meanwhile.");
  });
  const answer = await client.callTool(RUN);
  assert.equal(answer.isError, undefined);
  const [text, link] = answer.content as Record<string, unknown>[];
  assert.match(String(text?.text), /^Status: success/);
  assert.deepEqual([link?.type, link?.name], ["resource_link", "plot.png"]);
  await client.close();
});

test("pictures come as pictures, other files as links", async () => {
  const { client } = await connected();
  const artifacts = [
    { name: "plot.png", type: "image/png", bytes: Buffer.of(1, 2, 3) },
    { name: "data.csv", type: "text/csv", bytes: Buffer.of(49) },
  ];
  sandbox.script = async function* () {
    yield { type: "done", outcome: outcome({ artifacts }) };
  };
  const { content, structuredContent } = await client.callTool(RUN);
  const { id } = structuredContent as { id: string };
  assert.deepEqual((content as object[]).slice(1), [
    { type: "image", data: "AQID", mimeType: "image/png" },
    {
      ...{ type: "resource_link", name: "data.csv", mimeType: "text/csv", size: 1 },
      uri: `${ORIGIN}/api/runs/${id}/artifacts/data.csv`,
    },
  ]);
  await client.close();
});

test("who asks for progress is told of output while the program runs", async () => {
  const { client } = await connected();
  let goOn = () => {};
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  sandbox.script = async function* () {
    yield { type: "stdout", text: "first\n" };
    await told;
    yield { type: "done", outcome: outcome({}) };
  };
  const messages: (string | undefined)[] = [];
  await client.callTool(RUN, undefined, {
    onprogress({ message }) {
      messages.push(message);
      goOn();
    },
  });
  assert.deepEqual(messages, ["first"]);
  await client.close();
});

test("a client that leaves ends its run", async () => {
  const { headers } = await connected();
  let ended = () => {};
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let began = () => {};
  const running = new Promise<void>((resolve) => {
    began = resolve;
  });
  sandbox.script = async function* (_spec, { signal }) {
    began();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    ended();
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  };
  const controller = new AbortController();
  await new Client().send(file, ADDRESS, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: RUN }),
    signal: controller.signal,
  });
  await running;
  controller.abort();
  await over;
});

test("runs are resources: one's own are listed, and read with what they printed", async () => {
  const { client } = await connected();
  await client.callTool(RUN);
  const { resources } = await client.listResources();
  const [run] = resources;
  assert.deepEqual([resources.length, run?.name, run?.mimeType], [1, "print(1)", "application/json"]);
  const { contents } = await client.readResource({ uri: run?.uri ?? "" });
  const { stdout, code } = JSON.parse((contents[0] as { text: string }).text) as Record<string, string>;
  assert.deepEqual([stdout, code], ["hello\n", "print(1)"]);
  assert.equal(
    (await client.listResourceTemplates()).resourceTemplates[0]?.uriTemplate,
    "quicksand://runs/{id}",
  );
  await assert.rejects(client.readResource({ uri: "quicksand://runs/nothing" }), { code: -32002 });
  await assert.rejects(client.readResource({ uri: "file:///etc/passwd" }), { code: -32002 });
  const other = await connected();
  await assert.rejects(other.client.readResource({ uri: run?.uri ?? "" }), { code: -32002 });
  await client.close();
  await other.client.close();
});

test("a key may do what its scopes say: without `read` it runs and sees no runs, without `run` it is refused", async () => {
  const { client } = await connected(["run"]);
  const { structuredContent } = await client.callTool(RUN);
  const { id } = structuredContent as { id: string };
  const refused = await client.callTool({ name: "get_run", arguments: { id } });
  assert.match(textOf(refused), /lacks the scope `read`/);
  assert.deepEqual(await client.listResources(), { resources: [] });
  await assert.rejects(client.readResource({ uri: `quicksand://runs/${id}` }), /lacks the scope `read`/);
  await client.close();
  await assert.rejects(connected(["read"]), /lacks the scope `run`/);
});

test("guests, browsers' sessions and wrong keys are refused with what to send", async () => {
  const { visitor } = await connected();
  for (const headers of [{}, { cookie: visitor.cookie }, { authorization: "Bearer qs_wrong" }]) {
    const answer = await post(headers as Record<string, string>);
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/);
    const body = (await answer.json()) as { jsonrpc: string; id: null; error: { data: { code: string } } };
    assert.deepEqual([body.jsonrpc, body.id, body.error.data.code], ["2.0", null, "unauthorized"]);
  }
});

test("pages of other sites are refused even with a key, ours and programs are not", async () => {
  const { headers } = await connected();
  assert.equal((await post({ ...headers, origin: "https://evil.example" })).status, 403);
  assert.equal((await post({ ...headers, origin: "null" })).status, 403);
  assert.equal((await post({ ...headers, origin: ORIGIN })).status, 200);
  assert.equal((await post(headers)).status, 200);
});

test("what is no message is refused as JSON-RPC has it, and other methods are", async () => {
  const { headers } = await connected();
  const refusal = async (body: unknown) => {
    const answer = await post(headers, body);
    return [answer.status, ((await answer.json()) as { error: { code: number } }).error.code];
  };
  assert.deepEqual(await refusal("{"), [400, -32700]);
  assert.deepEqual(await refusal([{ jsonrpc: "2.0", id: 1, method: "tools/list" }]), [400, -32600]);
  assert.deepEqual(await refusal({ id: 1 }), [400, -32700]);
  for (const method of ["GET", "DELETE"]) {
    const answer = await new Client().send(file, ADDRESS, { method, headers });
    assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"]);
  }
  const counted = await post(headers);
  assert.match(counted.headers.get("ratelimit-limit") ?? "", /^\d+$/);
});

test("the day's runs are counted as everywhere", async () => {
  const { client, user } = await connected();
  await client.callTool(RUN);
  const viewer = { id: user.id, plan: user.plan, account: user.id } as const;
  assert.equal((await services.runs.usage(viewer)).used, 1);
  await client.close();
});
