import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type * as z from "zod";
import { type Endpoint, type EndpointName, endpoints } from "../../lib/schemas/endpoints";
import { ERROR_STATUS, errorBodySchema } from "../../lib/schemas/error";
import { EXAMPLES } from "../../lib/schemas/openapi/examples";
import type { ExampleRequest } from "../../lib/schemas/openapi/examples/example";
import { changed, type Mutation, mutations } from "./mutation";
import { openRoutes } from "./routes";
import { Visitor } from "./site";
import { signedIn } from "./world";

/** Of each endpoint; the same ones each time. */
const REQUESTS = process.env.QUICKSAND_TEST_ALL === "1" ? 1_000 : 15;
const SEED = 20_261_127;
const MANY = 10_000_000;

const roomy = {
  runsPerDay: MANY,
  runsPerMinute: MANY,
  parallelRuns: 100,
  requestsPerMinute: MANY,
  programs: MANY,
};
export const routes = await openRoutes({
  variables: { QUICKSAND_PLANS: JSON.stringify({ guest: roomy, free: roomy }) },
});
const PROGRAM = { language: "python", code: "print(1)" };

/** Who sends them, with something of their own that the path can name. */
interface Sender {
  visitor: Visitor;
  run: string;
  program: string;
}

async function newSender({ access }: Endpoint): Promise<Sender> {
  const visitor = new Visitor(routes);
  if (access === "user" || access === "admin") await signedIn(routes, visitor, { admin: access === "admin" });
  if (access === "public") return { visitor, run: "", program: "" };
  const { id: run } = await visitor.json<{ id: string }>("POST", "/api/editor/run", PROGRAM);
  const { id: program } = await visitor.json<{ id: string }>("POST", "/api/programs", PROGRAM);
  return { visitor, run, program };
}

function paramOf(
  endpoint: Endpoint,
  name: string,
  example: ExampleRequest,
  { run, program }: Sender,
): string {
  if (endpoint.path.startsWith("/api/programs")) return program;
  if (name === "runId" || endpoint.path.includes("/runs/{id}")) return name === "name" ? "a.txt" : run;
  return example.params?.[name] ?? "";
}

async function send(
  endpoint: Endpoint,
  example: ExampleRequest,
  { body, raw, query, param, headers }: Mutation,
  sender: Sender,
): Promise<number> {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((param ?? paramOf(endpoint, name, example, sender)).replace(/[\ud800-\udfff]/gu, "")),
  );
  const search = new URLSearchParams({ ...example.query, ...query }).toString();
  const sent = endpoint.body && (raw ?? JSON.stringify(changed(example.body, body)) ?? "");
  const type = sent === undefined ? {} : { "content-type": "application/json" };
  const address = search === "" ? path : `${path}?${search}`;
  const answer = await sender.visitor.askRaw(endpoint.method, address, sent, { ...type, ...headers });
  const what = `${endpoint.method} ${address.slice(0, 300)} ${sent?.slice(0, 500)}`;
  assert.ok(answer.status < 500, `${answer.status} for ${what}`);
  if (answer.status < 400) {
    await answer.body?.cancel();
    return answer.status;
  }
  const { error } = errorBodySchema.parse(await answer.json());
  assert.equal(ERROR_STATUS[error.code as keyof typeof ERROR_STATUS], answer.status, what);
  assert.doesNotMatch(error.message, /\bat .*\.(ts|js):\d|\/(home|tmp|work|root)\//, what);
  return answer.status;
}

/**
 * A property test of each of these endpoints. Every answer is also held against the OpenAPI document, by `Client.send`. Not of all in one
 * process: with a thousand requests to each of 69 it had 4 GB in the end.
 */
export function mutationTests(chosen: (name: EndpointName) => boolean): void {
  for (const name of Object.keys(endpoints) as EndpointName[])
    if (chosen(name)) mutationTest(name, endpoints[name]);
}

function mutationTest(name: EndpointName, endpoint: Endpoint): void {
  test(`${endpoint.method} ${endpoint.path} answers whatever it is sent, and never by a fault of ours`, async () => {
    const examples = EXAMPLES[name] as readonly ExampleRequest[];
    const queryNames = Object.keys((endpoint.query as z.ZodObject | undefined)?.shape ?? {});
    const headerNames = Object.keys(endpoint.headers ?? {}).map((each) => each.toLowerCase());
    let sender = await newSender(endpoint);
    const property = fc.asyncProperty(
      fc.constantFrom(...examples),
      mutations(queryNames, headerNames),
      async (example, mutation) => {
        // Attempts are counted by address: without a new one all but the first would be told to wait.
        if (endpoint.access === "public") sender = { ...sender, visitor: new Visitor(routes) };
        const status = await send(endpoint, example, mutation, sender);
        // Let everything that waits for the event loop run.
        await setImmediate();
        // It worked, and took away what the next one needs; or it ended the session.
        if (status === 401 || (status < 400 && endpoint.method === "DELETE"))
          sender = await newSender(endpoint);
      },
    );
    await fc.assert(property, { numRuns: REQUESTS, seed: SEED, endOnFailure: false });
  });
}
