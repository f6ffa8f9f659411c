import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AppError } from "../../lib/errors";
import { outcome, printing } from "../../lib/runs/testing/runs-fixture";
import { errorBodySchema } from "../../lib/schemas/error";
import { healthSchema, languagesSchema } from "../../lib/schemas/language";
import { type RunResult, runResultSchema } from "../../lib/schemas/run";
import { Client, openRoutes, type RouteFile } from "./routes";
import { Visitor } from "./site";
import { keyOf, signedIn } from "./world";

const routes = await openRoutes();
const { files, sandbox } = routes;
const GOOD = { language: "python", code: "print(1)" };
const STREAM = { accept: "text/event-stream" };

afterEach(() => {
  sandbox.script = printing("hello\n");
});

async function errorOf(response: Response) {
  return errorBodySchema.strict().parse(await response.json()).error;
}

test("a run answers the contract's JSON", async () => {
  const response = await new Client().run(routes, GOOD);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal(response.headers.get("cache-control"), "no-store");
  assert.equal(response.headers.get("x-content-type-options"), "nosniff");
  const result = runResultSchema.strict().parse(await response.json());
  assert.equal(result.status, "success");
  assert.equal(result.output.stdout, "hello\n");
  assert.equal(result.usage.used, 1);
});

test("a failing program is a 200", async () => {
  sandbox.script = async function* () {
    yield { type: "done", outcome: outcome({ status: "timeout" }) };
  };
  const response = await new Client().run(routes, GOOD);
  assert.equal(response.status, 200);
  assert.equal(((await response.json()) as RunResult).status, "timeout");
});

test("what a program is given arrives byte for byte, line ends and a missing last newline too", async () => {
  const text = "\r\n a\r\nb\tc \n\n Grüße, 你好 🙂\u2028no newline at the end";
  let given: unknown;
  sandbox.script = async function* ({ code, files: extra, tests }, { stdin }) {
    given = { code, files: extra, tests, stdin };
    yield* printing("")({} as never, {} as never);
  };
  const sent = { code: text, files: [{ path: "a.txt", content: text }], stdin: text };
  for (const tests of [[], [{ stdin: text, expected: text }]]) {
    const response = await new Client().run(routes, { language: "python", ...sent, tests });
    assert.equal(response.status, 200);
    const complete = tests.map((one) => ({ ...one, name: "Test 1", compare: "trimmed" }));
    assert.deepEqual(given, { ...sent, tests: complete });
  }
});

test("docker trouble before the start is a 503 with Retry-After, as JSON and as a stream", async () => {
  sandbox.script = () => ({
    [Symbol.asyncIterator]: () => ({
      next: () =>
        Promise.reject(
          new AppError("docker_unavailable", "Docker is not running: start Docker.", { cause: "socket" }),
        ),
    }),
  });
  for (const headers of [{}, STREAM]) {
    const response = await new Client().run(routes, GOOD, headers);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.ok(Number(response.headers.get("retry-after")) >= 1);
    assert.deepEqual(await errorOf(response), {
      code: "docker_unavailable",
      message: "Docker is not running: start Docker.",
      details: [],
    });
  }
});

test("a wrong method is a 405 in the error shape, with Allow", async () => {
  const posts: RouteFile[] = [files.run, files.input, files.cancel];
  const gets: RouteFile[] = [files.events, files.usage, files.languages, files.health];
  const wrong = [
    ...posts.flatMap((file) => ["GET", "PUT", "PATCH", "DELETE"].map((method) => ({ file, method }))),
    ...gets.flatMap((file) => ["POST", "PUT", "PATCH", "DELETE"].map((method) => ({ file, method }))),
  ];
  for (const { file, method } of wrong) {
    const response = await new Client().send(file, "/api/x", { method });
    assert.equal(response.status, 405);
    assert.equal(
      response.headers.get("allow"),
      posts.includes(file) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS",
    );
    assert.equal((await errorOf(response)).code, "method_not_allowed");
  }
  const post = await new Client().send(files.one, "/api/x", { method: "POST" });
  assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET, HEAD, PATCH, DELETE, OPTIONS"]);
});

test("HEAD and OPTIONS answer without a body", async () => {
  const head = await new Client().send(files.languages, "/api/languages", { method: "HEAD" });
  assert.deepEqual([head.status, await head.text()], [200, ""]);
  const options = await new Client().send(files.run, "/api/editor/run", { method: "OPTIONS" });
  assert.deepEqual([options.status, options.headers.get("allow")], [204, "POST, OPTIONS"]);
});

test("an address where nothing is answers 404 in the error shape", async () => {
  const response = await new Client().send(files.notFound as RouteFile, "/api/nope/<script>", {
    method: "POST",
  });
  assert.equal(response.status, 404);
  assert.ok(response.headers.get("x-request-id"));
  assert.equal((await errorOf(response)).code, "not_found");
});

test("a page of another site cannot change anything; programs and our own pages can", async () => {
  const ours: Record<string, string>[] = [
    {},
    { origin: "http://localhost:3000" },
    { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" },
  ];
  const theirs: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "http://localhost:3001" },
    { origin: "http://localhost:3000.evil.example" },
    { origin: "http://evil.example", "x-forwarded-host": "evil.example" },
    { origin: "null" },
    { origin: "not a url" },
    { "sec-fetch-site": "cross-site" },
    { origin: "http://localhost:3000", "sec-fetch-site": "cross-site" },
  ];
  const cancel = (headers: Record<string, string>) =>
    new Client().send(files.cancel, "/", { method: "POST", id: "x", headers });
  for (const headers of ours) {
    assert.equal((await new Client().run(routes, GOOD, headers)).status, 200, JSON.stringify(headers));
    assert.equal((await cancel(headers)).status, 404);
  }
  const ran = sandbox.specs.length;
  for (const headers of theirs) {
    const response = await new Client().run(routes, GOOD, headers);
    assert.equal(response.status, 403, JSON.stringify(headers));
    assert.equal((await errorOf(response)).code, "forbidden");
    assert.equal(response.headers.get("set-cookie"), null);
    assert.equal((await cancel(headers)).status, 403);
  }
  assert.equal(sandbox.specs.length, ran);
});

test("reading is not refused by origin, and is not made readable to other sites either", async () => {
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const response = await new Client().send(files.languages, "/api/languages", { headers });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), null);
});

test("a page of another site with an API key may read every header that an answer has for programs", async () => {
  const client = new Client();
  const key = await keyOf(routes, await signedIn(routes, new Visitor(routes)), ["run", "read"]);
  const headers = { ...key.headers, origin: "https://elsewhere.example" };
  const ran = await client.run(routes, GOOD, headers);
  const exposed = (response: Response) =>
    (response.headers.get("access-control-expose-headers") ?? "").toLowerCase().split(", ");
  // A browser hides these from a page unless they are exposed; other headers it shows anyway, or they are not for pages.
  const forPages = [...ran.headers.keys()].filter((name) => /^(ratelimit|retry|x-request)/.test(name));
  assert.ok(forPages.includes("ratelimit-remaining") && forPages.includes("x-request-id"), String(forPages));
  for (const name of [...forPages, "retry-after", "content-disposition", "www-authenticate"]) {
    assert.ok(exposed(ran).includes(name), name);
  }
  const refused = await client.send(files.usage, "/api/usage", {
    headers: { authorization: "Bearer qs_wrong", origin: "https://elsewhere.example" },
  });
  assert.equal(refused.status, 401);
  assert.deepEqual(exposed(refused), exposed(ran));
  const byCookie = await client.run(routes, GOOD);
  assert.equal(byCookie.headers.get("access-control-expose-headers"), null);
});

test("a guest keeps the identity of the cookie, and a forged one makes a new guest with the same quota", async () => {
  const client = new Client();
  const first = await client.run(routes, GOOD);
  assert.match(
    first.headers.get("set-cookie") ?? "",
    /^qs_guest=guest_[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
  );
  const second = await client.run(routes, GOOD);
  assert.equal(second.headers.get("set-cookie"), null);
  assert.equal(((await second.json()) as RunResult).usage.used, 2);
  client.cookie = client.cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
  const forged = await client.run(routes, GOOD);
  assert.ok(forged.headers.get("set-cookie"));
  assert.equal(((await forged.json()) as RunResult).usage.used, 3, "the address has one quota");
});

test("every answer has a request id of ours, whatever the client sends", async () => {
  const ids = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const headers = { "x-request-id": "mine\u00e9" };
    const response = await new Client().send(files.languages, "/api/languages", { headers });
    ids.add(response.headers.get("x-request-id") ?? "");
  }
  assert.equal(ids.size, 3);
  assert.ok([...ids].every((id) => /^[\w-]{21}$/.test(id)));
});

test("languages are told with their options and the commands that the defaults make", async () => {
  const response = await new Client().send(files.languages, "/api/languages");
  const { languages } = languagesSchema.parse(await response.json());
  const told = new Map(languages.map((language) => [language.id, language]));
  const cpp = told.get("cpp");
  assert.deepEqual(
    cpp?.options.map((option) => [option.id, option.default, option.values.map(({ id }) => id)]),
    [
      ["standard", "c++20", ["c++17", "c++20", "c++23", "c++26"]],
      ["optimization", "o1", ["o0", "o1", "o2", "o3"]],
      ["warnings", "all", ["off", "all", "extra"]],
    ],
  );
  assert.match(cpp?.commands.compile?.join(" ") ?? "", /^g\+\+ -std=gnu\+\+20 -O1 -Wall .* main\.cpp /);
  assert.deepEqual(cpp?.commands.run, ["./main"]);
  assert.deepEqual([told.get("bash")?.options, told.get("bash")?.commands.compile], [[], null]);
  assert.equal(told.get("python")?.commands.run[0], "python3");
});

test("languages are told with their limits and samples", async () => {
  const response = await new Client().send(files.languages, "/api/languages");
  const { languages } = languagesSchema.strict().parse(await response.json());
  const python = languages.find(({ id }) => id === "python");
  assert.equal(python?.limits.compile, null);
  assert.equal(python?.limits.run.timeoutMs, 10_000);
  assert.equal(python?.ready, true);
  assert.equal(languages.find(({ id }) => id === "c")?.limits.compile?.timeoutMs, 30_000);
});

test("health tells every part, and is a 503 when one throws or never answers", async () => {
  const healthy = await new Client().send(files.health, "/api/health");
  assert.equal(healthy.status, 200);
  assert.equal(healthSchema.strict().parse(await healthy.json()).status, "ok");
  const { health } = sandbox;
  try {
    for (const broken of [() => Promise.reject(new Error("socket /x")), () => new Promise<never>(() => {})]) {
      sandbox.health = broken;
      const response = await new Client().send(files.health, "/api/health");
      assert.equal(response.status, 503);
      const told = healthSchema.strict().parse(await response.json());
      assert.equal(told.docker.ok, false);
      assert.doesNotMatch(told.docker.message ?? "", /socket/);
      assert.equal(told.store.ok, true);
    }
  } finally {
    sandbox.health = health;
  }
});

test("an unexpected error is a 500 that says nothing of itself but the request's id", async () => {
  const { languages } = routes.services.status;
  routes.services.status.languages = () => {
    throw new TypeError("Cannot read /srv/secret");
  };
  try {
    const response = await new Client().send(files.languages, "/api/languages");
    assert.equal(response.status, 500);
    const error = await errorOf(response);
    assert.equal(error.code, "internal");
    assert.doesNotMatch(error.message, /secret|TypeError/);
    assert.ok(error.message.includes(response.headers.get("x-request-id") ?? "-"));
  } finally {
    routes.services.status.languages = languages;
  }
});
