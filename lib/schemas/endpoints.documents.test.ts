import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ERROR_STATUS } from "../errors";
import { type Endpoint, endpoints } from "./endpoints";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/api.md"), "utf8");

function audience({ access, scope }: Endpoint): string {
  if (access === "public") return "everybody";
  return scope === null ? access : `${access}, \`${scope}\``;
}

test("docs/api.md lists every endpoint, whom it is for and which scope a key needs, and no other", () => {
  const table = page.split("## All endpoints")[1] ?? "";
  const written = [...table.matchAll(/^\| `([A-Z]+ [^`]+)` \| ([^|]+) \|/gm)].map(
    ([, where, who]) => `${where}: ${who}`,
  );
  const declared = Object.values<Endpoint>(endpoints).map((endpoint) => {
    // The page names a run's id alike everywhere.
    const where = `${endpoint.method} ${endpoint.path.replace("{runId}", "{id}")}`;
    return `${where}: ${audience(endpoint)}`;
  });
  assert.deepEqual(written.sort(), declared.sort());
});

test("docs/api.md lists every error code with its HTTP status, and no other", () => {
  const written = [...page.matchAll(/^\| (\d{3}) \| `([a-z_]+)` \|/gm)].map(
    ([, http, code]) => `${http} ${code}`,
  );
  const declared = Object.entries(ERROR_STATUS).map(([code, http]) => `${http} ${code}`);
  assert.deepEqual(written.sort(), declared.sort());
});
