import type { Endpoint } from "../endpoints";
import { type Components, componentsOf, type JsonSchema, queryParameters } from "./components";
import { ERROR_NOTES } from "./error-notes";
import { type ErrorAnswer, errorsOf, errorText } from "./errors";
import { EXAMPLES } from "./examples";
import { type ExampleRequest, exampleName } from "./examples/example";
import { GROUPS } from "./groups";
import { HEADERS, headersOf } from "./headers";
import { SECURITY_SCHEMES, securityOf } from "./security";

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Media {
  schema: JsonSchema;
  examples?: Record<string, { summary: string; value: unknown }>;
}

export interface Answer {
  description: string;
  headers?: Record<string, { $ref: string }>;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required: true; content: Record<string, Media> };
  responses: Record<string, Answer | { $ref: string }>;
}

export interface OpenApiDocument {
  openapi: "3.1.0";
  info: Record<string, unknown>;
  servers: { url: string }[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, Answer>;
    headers: typeof HEADERS;
    securitySchemes: typeof SECURITY_SCHEMES;
  };
}

export interface DocumentOptions {
  version: string;
  /** The address that people use; left out where only the request tells it. */
  serverUrl?: string | undefined;
  /** Answers may have no field that is not described: for tests. */
  closed?: boolean;
}

const ABOUT = `Runs programs in single-use containers. JSON in, JSON out, UTF-8.

Guests need nothing. An API key (made at /settings#keys) is sent as \`Authorization: Bearer qs_…\`. Every answer has \`X-Request-Id\`. Every error has the shape of \`Error\`; a method that an address does not take is 405 \`method_not_allowed\`, with \`Allow\`.`;

const made = new Map<string, OpenApiDocument>();

/** The endpoint table as an OpenAPI 3.1 document. Made once for the same options, of which a server has one: it takes tens of milliseconds. */
export function openApiDocument(options: DocumentOptions): OpenApiDocument {
  const key = JSON.stringify(options);
  const document = made.get(key) ?? makeDocument(options);
  made.set(key, document);
  return document;
}

function makeDocument({ version, serverUrl, closed = false }: DocumentOptions): OpenApiDocument {
  const components = componentsOf({ closed });
  const responses: Record<string, Answer> = {};
  const paths: OpenApiDocument["paths"] = {};
  for (const { name: tag, endpoints } of GROUPS) {
    for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
      const operation = operationOf(name, tag, endpoint, components, responses);
      paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation };
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: "Quicksand", version, summary: "Code goes in, nothing gets out.", description: ABOUT },
    servers: [{ url: serverUrl ?? "/" }],
    tags: GROUPS.map(({ name, about }) => ({ name, description: about })),
    paths,
    components: {
      schemas: components.schemas,
      responses,
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operationOf(
  name: string,
  tag: string,
  endpoint: Endpoint,
  components: Components,
  responses: Record<string, Answer>,
): Operation {
  const parameters = parametersOf(endpoint);
  const examples = EXAMPLES[name as keyof typeof EXAMPLES] as readonly ExampleRequest[];
  const refused = errorsOf(endpoint).map((error): [string, { $ref: string }] => {
    const id = responseName(error);
    responses[id] ??= errorAnswer(error);
    return [String(error.status), { $ref: `#/components/responses/${id}` }];
  });
  return {
    operationId: name,
    tags: [tag],
    summary: endpoint.summary,
    ...(endpoint.confirmed
      ? { description: "Needs the account's password, given within the last ten minutes." }
      : {}),
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            required: true as const,
            content: {
              "application/json": {
                schema: { $ref: components.refOf(endpoint.body, "request") },
                examples: Object.fromEntries(
                  examples.map((example) => [
                    exampleName(example),
                    { summary: example.title, value: example.body },
                  ]),
                ),
              },
            },
          },
        }
      : {}),
    responses: { ...Object.fromEntries(refused), ...successOf(name, endpoint, components, examples) },
  };
}

function parametersOf({ path, query, headers = {} }: Endpoint): Parameter[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(
    ([, name = ""]): Parameter => ({ name, in: "path", required: true, schema: { type: "string" } }),
  );
  const inQuery = (query ? queryParameters(query) : []).map(
    ([name, schema, required]): Parameter => ({ name, in: "query", required, schema }),
  );
  const asHeaders = Object.entries(headers).map(
    ([name, description]): Parameter => ({
      ...{ name, in: "header", required: false, description },
      schema: { type: "string" },
    }),
  );
  return [...inPath, ...inQuery, ...asHeaders];
}

function successOf(
  name: string,
  endpoint: Endpoint,
  { refOf }: Components,
  examples: readonly ExampleRequest[],
): Record<string, Answer> {
  if (endpoint.upgrades) return { "101": { description: "The connection is a WebSocket now." } };
  const { response, produces = ["application/json"] } = endpoint;
  const json = { schema: { $ref: refOf(response, "answer") } };
  const shown = examples.flatMap((example) =>
    example.answer === undefined
      ? []
      : [[exampleName(example), { summary: example.title, value: example.answer }]],
  );
  const content = produces.map((type): [string, Media] => [
    type,
    type === "application/json"
      ? { ...json, ...(shown.length > 0 ? { examples: Object.fromEntries(shown) } : {}) }
      : { schema: { type: "string" } },
  ]);
  const answer: Answer = {
    description: endpoint.summary,
    headers: headersOf(endpoint, null),
    content: Object.fromEntries(content),
  };
  const status = String(endpoint.status ?? 200);
  if (name !== "health" && name !== "readiness") return { [status]: answer };
  // What a monitor reads is the same when a part is down.
  return { [status]: answer, "503": { ...answer, description: "A part does not work." } };
}

function responseName({ status, codes }: ErrorAnswer): string {
  return `E${status}.${codes.join(".")}`;
}

function errorAnswer(error: ErrorAnswer): Answer {
  const { codes, status } = error;
  const examples = codes.map((code) => [
    code,
    { summary: code, value: { error: { code, message: ERROR_NOTES[code].message, details: [] } } },
  ]);
  return {
    description: errorText(codes),
    headers: headersOf({}, status),
    content: {
      "application/json": {
        schema: {
          $ref: "#/components/schemas/Error",
          properties: { error: { properties: { code: { enum: [...codes] } } } },
        },
        examples: Object.fromEntries(examples),
      },
    },
  };
}
