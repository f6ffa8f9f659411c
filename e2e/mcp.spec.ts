import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { expect, type Page, test } from "@playwright/test";
import { PORT } from "../playwright.config";
import { becomeUser, freshEmail } from "./people";

const SERVER = `http://localhost:${PORT}`;
/** One white pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==";

async function newKey(page: Page): Promise<string> {
  await becomeUser(page, SERVER, freshEmail());
  const made = await page.request.post(`${SERVER}/api/keys`, { data: { name: "assistant" } });
  return ((await made.json()) as { key: string }).key;
}

test("an assistant runs a program with a key: its output as it comes, its picture, and the run as a resource", async ({
  page,
}) => {
  const key = await newKey(page);
  const client = new Client({ name: "e2e", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL(`${SERVER}/api/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  await client.connect(transport as Transport);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(["run_code", "list_languages", "get_run"]);

  const code = [
    "import base64, os, time, util",
    "print('first', flush=True)",
    "time.sleep(1)",
    "print(util.double(int(input())))",
    `open(os.environ['OUTPUT_DIR'] + '/dot.png', 'wb').write(base64.b64decode('${PIXEL}'))`,
  ].join("\n");
  const files = [{ path: "util.py", content: "def double(n): return 2 * n\n" }];
  const told: (string | undefined)[] = [];
  const answer = await client.callTool(
    { name: "run_code", arguments: { language: "python", code, stdin: "21\n", files } },
    undefined,
    { onprogress: ({ message }) => told.push(message) },
  );
  expect(told[0]).toBe("first");
  const { id } = answer.structuredContent as { id: string };
  expect(answer.structuredContent).toMatchObject({ status: "success", stdout: "first\n42\n", exitCode: 0 });
  expect(answer.content).toMatchObject([
    { type: "text", text: expect.stringContaining("stdout:\nfirst\n42\n") },
    { type: "image", mimeType: "image/png", data: PIXEL },
  ]);
  const { contents } = await client.readResource({ uri: `quicksand://runs/${id}` });
  expect(contents[0]).toMatchObject({ text: expect.stringContaining("util.double") });
  await client.close();

  const refused = await page.request.post(`${SERVER}/api/mcp`, { data: {} });
  expect([refused.status(), refused.headers()["www-authenticate"]]).toEqual([
    401,
    'Bearer realm="quicksand"',
  ]);
});

test("an assistant that starts programs has the same by `qs mcp`", async ({ page }) => {
  const env = { QUICKSAND_SERVER: SERVER, QUICKSAND_API_KEY: await newKey(page) };
  const client = new Client({ name: "e2e", version: "1" });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: ["bin/qs.mjs", "mcp"], env }) as Transport,
  );
  expect(client.getServerVersion()?.name).toBe("quicksand");
  const program = { language: "python", code: "print(6 * 7)" };
  const answer = await client.callTool({ name: "run_code", arguments: program });
  expect(answer.structuredContent).toMatchObject({ status: "success", stdout: "42\n" });
  await client.close();
});
