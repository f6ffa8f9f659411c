import type { Answer, OpenApiDocument, Operation, Parameter } from "@/lib/schemas/openapi";
import { ApiTry } from "./api-try";
import { MarkedText } from "./marked-text";
import { schemaName, schemaText } from "./schema-text";

interface ApiOperationProps {
  path: string;
  method: string;
  operation: Operation;
  components: OpenApiDocument["components"];
}

/** One endpoint: closed a line of the list, open all that there is to know of it. */
export function ApiOperation({ path, method, operation, components }: ApiOperationProps) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"];
  const bodyName = body?.schema.$ref && schemaName(body.schema.$ref);
  const examples = Object.values(body?.examples ?? {}).map(({ summary: title, value }) => ({
    title,
    text: JSON.stringify(value, null, 2),
  }));
  return (
    <details id={operationId} className="scroll-mt-6">
      <summary className="touch-target cursor-pointer px-4 py-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]">
        <span className="inline-flex w-[calc(100%-1.5rem)] flex-wrap items-baseline gap-x-3 gap-y-0.5 align-top">
          <code className="w-14 font-mono font-semibold text-sm">{method}</code>
          <code className="wrap-anywhere font-mono text-base">{path}</code>
          <span className="text-base text-muted">
            <MarkedText text={summary} />
          </span>
        </span>
      </summary>
      <div className="space-y-4 border-line border-t bg-sunken px-4 py-4 text-base">
        <p className="text-muted">
          {callersOf(operation)}
          {description === undefined ? null : <MarkedText text={` ${description}`} />}
        </p>
        {parameters.length > 0 ? <Parameters parameters={parameters} /> : null}
        {bodyName ? (
          <p>
            The body is a <SchemaLink name={bodyName} />.
          </p>
        ) : null}
        <Answers responses={responses} components={components} />
        {"101" in responses ? null : (
          <ApiTry
            method={method}
            path={path}
            parameters={parameters.map(({ name, in: place }) => ({ name, in: place }))}
            examples={examples}
          />
        )}
      </div>
    </details>
  );
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <div>
      <h3 className="font-medium">Parameters</h3>
      <dl className="mt-1 space-y-1">
        {parameters.map(({ name, in: place, description, schema }) => (
          <div key={name} className="gap-x-4 sm:grid sm:grid-cols-[9rem_1fr]">
            <dt>
              <code className="font-mono">{name}</code>
            </dt>
            <dd className="wrap-anywhere text-muted">
              {place}, {schemaText(schema)}
              {description === undefined ? null : <MarkedText text={`. ${description}`} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Answers({
  responses,
  components,
}: Pick<Operation, "responses"> & Pick<ApiOperationProps, "components">) {
  return (
    <div>
      <h3 className="font-medium">Answers</h3>
      <dl className="mt-1 space-y-1">
        {Object.entries(responses).map(([status, answer]) => (
          <div key={status} className="grid grid-cols-[3rem_1fr] gap-x-4">
            <dt>
              <code className="font-mono">{status}</code>
            </dt>
            <dd className="wrap-anywhere text-muted">
              <AnswerText answer={answer} components={components} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function AnswerText({
  answer,
  components,
}: { answer: Operation["responses"][string] } & Pick<ApiOperationProps, "components">) {
  if ("$ref" in answer) return <Codes answer={components.responses[schemaName(answer.$ref)]} />;
  const { content = {}, description } = answer;
  const types = Object.entries(content);
  if (types.length === 0) return description && <MarkedText text={description} />;
  return types.map(([type, { schema }], at) => (
    <span key={type}>
      {at > 0 ? ", or " : ""}
      {type === "application/json" && schema.$ref ? <SchemaLink name={schemaName(schema.$ref)} /> : type}
    </span>
  ));
}

function Codes({ answer }: { answer: Answer | undefined }) {
  const codes = Object.keys(answer?.content?.["application/json"]?.examples ?? {});
  return codes.map((code, at) => (
    <span key={code}>
      {at > 0 ? ", " : ""}
      <code className="font-mono">{code}</code>
    </span>
  ));
}

function SchemaLink({ name }: { name: string }) {
  return (
    <a href={`#schema-${name}`} className="rounded-sm font-mono text-accent-ink underline hover:text-ink">
      {name}
    </a>
  );
}

function callersOf({ security }: Operation): string {
  if (security.length === 0) return "For everybody.";
  const scope = security.find((way) => "apiKey" in way)?.apiKey?.[0];
  const key = scope === undefined ? "Not for API keys." : `A key needs the scope ${scope}.`;
  const guests = security.some((way) => Object.keys(way).length === 0);
  return guests ? `For everybody, guests too. ${key}` : `For people who are signed in. ${key}`;
}
