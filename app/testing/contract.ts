import assert from "node:assert/strict";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type Answer, type Operation, openApiDocument } from "../../lib/schemas/openapi";

const document = openApiDocument({ version: "0.0.0", closed: true });
const ajv = new Ajv2020({ strict: false, validateFormats: false });
// `undefined` fields of the document are not there once it is sent.
ajv.addSchema(JSON.parse(JSON.stringify(document)), "document");

interface Place {
  pattern: RegExp;
  path: string;
}

/** Paths with fewer variable parts take precedence, as in Next.js. */
const PLACES: readonly Place[] = Object.keys(document.paths)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`) }))
  .sort((a, b) => a.path.split("{").length - b.path.split("{").length);

const validators = new Map<string, ValidateFunction>();

/**
 * Throws unless the document describes this answer: that this operation may have its status, with this media type and the headers that
 * are named there, and JSON of this shape without any further field. Reads a copy of JSON that is not sent as a file. What is no address of
 * the document passes, and so does a method that the address does not take.
 */
export async function checkAnswer(method: string, pathname: string, response: Response): Promise<void> {
  const place = PLACES.find(({ pattern }) => pattern.test(pathname));
  const operation = place && document.paths[place.path]?.[method.toLowerCase()];
  // The client had gone.
  if (!place || !operation || response.status === 499) return;
  const { status, headers } = response;
  const what = `${method} ${place.path} answered ${status}`;
  const pointer = `#/paths/${escaped(place.path)}/${method.toLowerCase()}/responses/${status}`;
  const [answer, where] = resolved(operation, String(status), pointer);
  if (!answer)
    assert.fail(`${what}, which the document does not describe: ${(await response.text()).slice(0, 300)}`);
  for (const name of Object.keys(answer.headers ?? {})) {
    // Attempts to sign in are limited without saying how many there are.
    if (status === 429 && name.startsWith("RateLimit")) continue;
    assert.ok(headers.has(name), `${what} without ${name}`);
  }
  const type = headers.get("content-type")?.split(";")[0] ?? "";
  const described = Object.keys(answer.content ?? {});
  const known = described.includes(type) || described.includes("*/*");
  assert.ok(known, `${what} with ${type}; the document has ${described.join(", ")}`);
  if (type !== "application/json" || headers.has("content-disposition") || described.includes("*/*")) return;
  const validate = validatorOf(`${where}/content/application~1json/schema`);
  const body: unknown = await response.clone().json();
  assert.ok(
    validate(body),
    `${what}: ${ajv.errorsText(validate.errors)} ${JSON.stringify(validate.errors?.map(({ params }) => params))}: ${JSON.stringify(body).slice(0, 500)}`,
  );
}

function resolved({ responses }: Operation, status: string, pointer: string): [Answer | undefined, string] {
  const answer = responses[status];
  if (!answer || !("$ref" in answer)) return [answer, pointer];
  const name = answer.$ref.split("/").at(-1) ?? "";
  return [document.components.responses[name], answer.$ref];
}

function validatorOf(pointer: string): ValidateFunction {
  let validate = validators.get(pointer);
  if (!validate) {
    validate = ajv.compile({ $ref: `document${pointer}` });
    validators.set(pointer, validate);
  }
  return validate;
}

/** A part of a path in a JSON pointer in a URI. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
