import assert from "node:assert/strict";
import { after, test } from "node:test";
import { printing } from "../../lib/runs/testing/runs-fixture";
import { Client, openRoutes, type RouteFile } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
after(() => routes.services.close());
routes.sandbox.script = printing("1\n");
const { headers } = await keyOf(routes, await signedIn(routes, new Visitor(routes)), ["run", "read"]);
const KEY = headers.authorization.slice("Bearer ".length);

/** Where each of the other services' APIs starts a program, and the header in which its clients send a key. */
const SERVICES = [
  {
    ...{ path: "/api/v2/execute", file: () => import("../api/v2/execute/route") },
    ...{ header: "authorization", key: `Bearer ${KEY}` },
    body: { language: "python", version: "*", files: [{ content: "print(1)" }] },
  },
  {
    ...{ path: "/judge0/submissions", file: () => import("../judge0/submissions/route") },
    ...{ header: "x-auth-token", key: KEY },
    body: { language_id: 71, source_code: "print(1)" },
  },
  {
    ...{ path: "/v1/exec", file: () => import("../v1/exec/route"), header: "x-api-key", key: KEY },
    body: { lang: "py", code: "print(1)" },
  },
];

for (const { path, file, header, key, body } of SERVICES) {
  test(`${path}: a page of another site may ask with a key, and is refused without one`, async () => {
    const page = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
    const ask = async (method: string, own: Record<string, string>) =>
      new Client().send((await file()) as RouteFile, path, {
        ...{ method, headers: { ...page, "content-type": "application/json", ...own } },
        ...(method === "POST" ? { body: JSON.stringify(body) } : {}),
      });
    const preflight = await ask("OPTIONS", { "access-control-request-headers": header });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /POST/);
    assert.ok(preflight.headers.get("access-control-allow-headers")?.split(", ").includes(header));

    const answer = await ask("POST", { [header]: key });
    assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");

    const refused = await ask("POST", {});
    assert.deepEqual([refused.status, refused.headers.get("access-control-allow-origin")], [403, null]);
  });
}
