import * as z from "zod";
import { acceptedRunSchema } from "../accepted-run";
import {
  accountSchema,
  apiKeySchema,
  createdKeySchema,
  preferencesSchema,
  sessionViewSchema,
  twoFactorStateSchema,
} from "../account";
import { adminUserSchema, auditEntrySchema } from "../admin";
import { type Endpoint, endpoints } from "../endpoints";
import { errorBodySchema } from "../error";
import { runDetailSchema, runPageSchema, runSummarySchema } from "../history";
import { healthSchema, languageInfoSchema, readinessSchema } from "../language";
import { reportCaseSchema, takedownSchema } from "../moderation";
import { programPageSchema, programSchema, programSummarySchema } from "../program";
import {
  artifactSchema,
  compileResultSchema,
  runFileSchema,
  runOutputSchema,
  runResultSchema,
  usageSchema,
} from "../run";
import { runLimitsSchema, stageLimitsSchema } from "../run-limits";
import { testResultSchema } from "../run-test";
import { serverStatusSchema } from "../status";
import { deliverySchema, webhookPayloadSchema, webhookSchema } from "../webhook";
import { FIELD_NOTES } from "./field-notes";

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 has them. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  propertyNames?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
}

/** What answers are made of that has a name of its own. Whatever else an endpoint takes or gives is named by the endpoint. */
const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  Error: errorBodySchema,
  RunResult: runResultSchema,
  RunOutput: runOutputSchema,
  CompileResult: compileResultSchema,
  Artifact: artifactSchema,
  TestResult: testResultSchema,
  Usage: usageSchema,
  RunLimits: runLimitsSchema,
  StageLimits: stageLimitsSchema,
  Run: runDetailSchema,
  RunSummary: runSummarySchema,
  AcceptedRun: acceptedRunSchema,
  RunPage: runPageSchema,
  Takedown: takedownSchema,
  Program: programSchema,
  ProgramSummary: programSummarySchema,
  ProgramPage: programPageSchema,
  Language: languageInfoSchema,
  Health: healthSchema,
  Readiness: readinessSchema,
  ServerStatus: serverStatusSchema,
  Account: accountSchema,
  Preferences: preferencesSchema,
  Session: sessionViewSchema,
  TwoFactorState: twoFactorStateSchema,
  ApiKey: apiKeySchema,
  CreatedApiKey: createdKeySchema,
  Webhook: webhookSchema,
  Delivery: deliverySchema,
  WebhookPayload: webhookPayloadSchema,
  AdminUser: adminUserSchema,
  AuditEntry: auditEntrySchema,
  ReportCase: reportCaseSchema,
};

/** The same of requests. */
const REQUESTS: Readonly<Record<string, z.ZodType>> = {
  RunRequest: endpoints.run.body,
  File: runFileSchema,
};

export interface Components {
  schemas: Record<string, JsonSchema>;
  /** `#/components/schemas/…` of a schema of an endpoint. */
  refOf(schema: z.ZodType, of: "request" | "answer"): string;
}

const refTo = (name: string) => `#/components/schemas/${name}`;

/**
 * Every schema that goes over the wire, by name. Requests are described as they are sent, answers as they arrive; with `closed` an answer may
 * have no field that is not described, which a test wants and a client must not count on.
 */
export function componentsOf({ closed }: { closed: boolean }): Components {
  const requests = namesOf(REQUESTS, ({ body }) => body, "Request");
  const answers = namesOf(ANSWERS, ({ response }) => response, "Answer");
  const schemas = { ...converted(requests, "input", closed), ...converted(answers, "output", closed) };
  return {
    schemas,
    refOf: (schema, of) => refTo((of === "request" ? requests : answers).get(schema)?.id ?? ""),
  };
}

/** The parameters of a query, in the order of their declaration. */
export function queryParameters(query: z.ZodType): [name: string, schema: JsonSchema, required: boolean][] {
  const { properties = {}, required = [] } = bare(
    z.toJSONSchema(query, { io: "input", unrepresentable: "any" }) as JsonSchema,
  );
  return Object.entries(properties).map(([name, schema]) => [name, schema, required.includes(name)]);
}

type Names = ReturnType<typeof z.registry<{ id: string }>>;

function namesOf(
  known: Readonly<Record<string, z.ZodType>>,
  of: (endpoint: Endpoint) => z.ZodType | undefined,
  ending: string,
): Names {
  const names: Names = z.registry();
  for (const [id, schema] of Object.entries(known)) names.add(schema, { id });
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const schema = of(endpoint);
    if (schema && !names.has(schema)) names.add(schema, { id: capitalised(name) + ending });
  }
  return names;
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function converted(names: Names, io: "input" | "output", closed: boolean): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(names, { io, uri: refTo, unrepresentable: "any" });
  return Object.fromEntries(
    Object.entries(schemas as Record<string, JsonSchema>).map(([name, schema]) => [
      name,
      described(name, closed ? bare(schema) : opened(bare(schema))),
    ]),
  );
}

/** Without what says where a schema stands: in the document that is known. */
function bare(schema: JsonSchema): JsonSchema {
  const { $schema: _, $id: __, ...rest } = schema as JsonSchema & { $schema?: string; $id?: string };
  return rest;
}

/** Without the promise that there will never be further fields. */
function opened(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === "additionalProperties" && value === false ? undefined : value,
    ),
  ) as JsonSchema;
}

function described(name: string, schema: JsonSchema): JsonSchema {
  const { about, fields = {} } = FIELD_NOTES[name] ?? {};
  const properties = Object.entries(schema.properties ?? {}).map(([field, of]) => {
    const description = fields[field];
    return [field, description === undefined ? of : { ...of, description }];
  });
  return {
    ...(about === undefined ? {} : { description: about }),
    ...schema,
    ...(schema.properties ? { properties: Object.fromEntries(properties) } : {}),
  };
}
