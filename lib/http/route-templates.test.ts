import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { NO_ROUTE, ROUTE_TEMPLATES, routeTemplate } from "./route-templates";

const app = path.resolve(import.meta.dirname, "../../app");

/** As Next.js makes an address of a file's folder, with our names for what varies. */
function templateOf(file: string): string {
  const folder = path.dirname(file).replaceAll(path.sep, "/");
  const page = folder === "." ? "" : folder;
  const picture = /opengraph-image/.test(file) ? "/opengraph-image" : "";
  const rest = page.replace(/\[\.\.\.\w+\]/, "*").replace(/\[(name|fileId)\]/, "{name}");
  return `/${rest.replace(/\[\w+\]/g, "{id}")}${picture}`;
}

test("every page and route has a template, and there is no other but for files and WebSockets", () => {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?:page|route|opengraph-image)\.tsx?$/.test(path.basename(file)),
  );
  const wanted = new Set(files.map(templateOf));
  const apart = ["/icon.svg", "/_next/static/*", "/language-servers/*", "/api/v2/connect"];
  assert.deepEqual([...ROUTE_TEMPLATES].sort(), [...wanted, ...apart].sort());
});

test("an address is counted by its template, and never by what varies in it", () => {
  const expected = {
    "/": "/",
    "/api/runs/abc": "/api/runs/{id}",
    "/api/runs/batch": "/api/runs/batch",
    "/api/runs/export/events": "/api/runs/{id}/events",
    "/api/runs/abc/artifacts/plot.png": "/api/runs/{id}/artifacts/{name}",
    "/r/abc/raw": "/r/{id}/raw",
    "/api/auth/callback/github": "/api/auth/*",
    "/api/nothing/here": "/api/*",
    "/_next/static/chunks/1.js": "/_next/static/*",
    "/judge0/submissions/x": "/judge0/submissions/{id}",
    "/wp-login.php": NO_ROUTE,
    "/r/": NO_ROUTE,
    "": NO_ROUTE,
    "//": NO_ROUTE,
  };
  for (const [address, template] of Object.entries(expected)) assert.equal(routeTemplate(address), template);
});
