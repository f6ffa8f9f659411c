import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PistonClient, PROGRAM } from "./piston-site";
import { openRoutes } from "./routes";

const guest = { runsPerDay: 1, runsPerMinute: 100, requestsPerMinute: 4 };
const routes = await openRoutes({ variables: { QUICKSAND_PLANS: JSON.stringify({ guest }) } });
after(() => routes.services.close());

test("who has used their runs, or asks too often, is told with a message and when to come again", async () => {
  const client = new PistonClient(routes);
  assert.equal((await client.execute(PROGRAM)).status, 200);
  const used = await client.execute<{ message: string }>(PROGRAM);
  assert.deepEqual([used.status, Object.keys(used.body)], [429, ["message"]]);
  assert.match(used.body.message, /runs of today/);
  assert.ok(Number(used.headers.get("Retry-After")) > 0);
  await client.ask("GET", "/api/v2/runtimes");
  await client.ask("GET", "/api/v2/nowhere");
  const often = await client.ask<{ message: string }>("GET", "/api/v2/runtimes");
  assert.deepEqual([often.status, Object.keys(often.body)], [429, ["message"]]);
  assert.ok(Number(often.headers.get("Retry-After")) > 0);
});
