import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Endpoint, endpoints } from "../endpoints";
import { ERROR_STATUS } from "../error";
import { type Operation, openApiDocument } from ".";
import { ERROR_NOTES } from "./error-notes";
import { FIELD_NOTES } from "./field-notes";

const document = openApiDocument({ version: "0.0.0" });
const operations = Object.values(document.paths).flatMap((path) => Object.values<Operation>(path));

test("the document is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(JSON.stringify(document)));
  assert.deepEqual([result.valid, result.errors ?? []], [true, []]);
  assert.equal(validator.version, "3.1");
});

test("every endpoint of the table is one operation of the document, by the endpoint's name", () => {
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(endpoints).sort());
  for (const [name, { method, path: where }] of Object.entries<Endpoint>(endpoints)) {
    const operation = document.paths[where]?.[method.toLowerCase()];
    assert.equal(operation?.operationId, name);
  }
});

test("every error code is described with its status and an example, and answered by some operation", () => {
  const described = Object.entries(document.components.responses).flatMap(([name, { content }]) => {
    const { examples = {} } = content?.["application/json"] ?? {};
    return Object.keys(examples).map((code) => `${name.slice(1, 4)} ${code}`);
  });
  // An address, not an operation, refuses methods.
  const declared = Object.entries(ERROR_STATUS)
    .filter(([code]) => code !== "method_not_allowed" && code !== "two_factor_required")
    .map(([code, status]) => `${status} ${code}`);
  assert.deepEqual([...new Set(described)].sort(), declared.sort());
});

test("every reference of the document leads somewhere", () => {
  const text = JSON.stringify(document);
  const names = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  assert.ok(names.length > 100);
  for (const [, kind = "", name = ""] of names) {
    const found = (document.components as Record<string, Record<string, unknown>>)[kind]?.[name];
    assert.ok(found, `${kind}/${name}`);
  }
});

test("every documented example, of requests and of answers, is what its schema says", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const strict = openApiDocument({ version: "0.0.0", closed: true });
  ajv.addSchema(JSON.parse(JSON.stringify(strict)), "doc");
  let checked = 0;
  const check = (ref: string, examples: Record<string, { value: unknown }> = {}) => {
    for (const [name, { value }] of Object.entries(examples)) {
      const validate = ajv.compile({ $ref: `doc${ref}` });
      assert.ok(validate(value), `${ref} ${name}: ${ajv.errorsText(validate.errors)}`);
      checked += 1;
    }
  };
  for (const { requestBody, responses } of operations) {
    const answers = Object.values(responses).flatMap((answer) =>
      "$ref" in answer || !answer.content ? [] : [answer.content],
    );
    for (const content of [...(requestBody ? [requestBody.content] : []), ...answers]) {
      for (const { schema, examples } of Object.values(content)) {
        if (schema.$ref !== undefined) check(schema.$ref, examples);
      }
    }
  }
  for (const { content } of Object.values(document.components.responses)) {
    check("#/components/schemas/Error", content?.["application/json"]?.examples);
  }
  assert.ok(checked > 80, `${checked} examples`);
});

test("what is said of fields is said of fields that there are", () => {
  for (const [name, { fields = {} }] of Object.entries(FIELD_NOTES)) {
    const { properties = {} } = document.components.schemas[name] ?? {};
    for (const field of Object.keys(fields)) assert.ok(properties[field], `${name}.${field}`);
    assert.ok(document.components.schemas[name], name);
  }
});

test("docs/api.md says of each error code when it comes in the words of the document", () => {
  const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/api.md"), "utf8");
  const written = [...page.matchAll(/^\| \d{3} \| `([a-z_]+)` \| (.+) \|$/gm)].map(([, code, when]) => [
    code,
    when,
  ]);
  const said = Object.entries(ERROR_NOTES).map(([code, { when }]) => [code, when]);
  assert.deepEqual(Object.fromEntries(written), Object.fromEntries(said));
});

test("a query parameter that is a number is described as one, with its bounds", () => {
  const list = document.paths["/api/runs"]?.get;
  const limit = list?.parameters?.find(({ name }) => name === "limit");
  assert.deepEqual(limit?.schema, { type: "integer", minimum: 1, maximum: 100 });
});
