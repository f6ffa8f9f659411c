import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApiRequest, buildRequest, curlCommand } from "./api-request";

const REQUEST: ApiRequest = {
  method: "PATCH",
  path: "/api/runs/{id}",
  values: [
    { name: "id", in: "path", value: "a/b" },
    { name: "q", in: "query", value: "1 & 2" },
    { name: "cursor", in: "query", value: "" },
    { name: "If-Match", in: "header", value: '"1"' },
  ],
  body: '{"title":"it\'s"}',
  key: "qs_x",
};

test("a request is built of what was typed, and nothing of it can change where it goes", () => {
  assert.deepEqual(buildRequest(REQUEST), {
    url: "/api/runs/a%2Fb?q=1+%26+2",
    headers: { "content-type": "application/json", authorization: "Bearer qs_x", "if-match": '"1"' },
    missing: null,
  });
});

test("a parameter of the path that has no value is named", () => {
  assert.equal(buildRequest({ ...REQUEST, values: [] }).missing, "id");
});

test("the command quotes what a shell would take for something else", () => {
  const command = curlCommand(REQUEST, "http://localhost:3000");
  assert.ok(command.startsWith("curl 'http://localhost:3000/api/runs/a%2Fb?q=1+%26+2' \\\n  -X PATCH"));
  assert.ok(command.endsWith(`-d '{"title":"it'\\''s"}'`));
});
