import assert from "node:assert/strict";
import { test } from "node:test";
import { openRoutes } from "./routes";
import { Visitor } from "./site";

const TOKEN = "a-token-of-the-operator";
const BEARER = { authorization: `Bearer ${TOKEN}` };

test("guesses of the token are counted like any request, and what has the token is not", async () => {
  const plans = { guest: { requestsPerMinute: 5 } };
  const own = await openRoutes({
    variables: { QUICKSAND_METRICS_TOKEN: TOKEN, QUICKSAND_PLANS: JSON.stringify(plans) },
  });
  const guesser = new Visitor(own, { authorization: "Bearer guessed-guessed-guessed" });
  const statuses: number[] = [];
  for (let guess = 0; guess < 7; guess++) statuses.push((await guesser.ask("GET", "/api/metrics")).status);
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429, 429]);
  const scraper = new Visitor(own, BEARER);
  for (let scrape = 0; scrape < 7; scrape++)
    assert.equal((await scraper.ask("GET", "/api/metrics")).status, 200);
  await own.services.close();
});

test("without a token that is set, no token lets in", async () => {
  const own = await openRoutes();
  for (const headers of [BEARER, { authorization: "Bearer undefined" }, { authorization: "Bearer " }])
    assert.equal((await new Visitor(own, headers).ask("GET", "/api/metrics")).status, 401);
  await own.services.close();
});
