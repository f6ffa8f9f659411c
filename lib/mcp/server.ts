import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import type { AppError } from "../errors";
import { type CompatibleCall, check, publicOrigin } from "../http";
import { runQuerySchema } from "../schemas/history";
import { detailedReportOf } from "./report";
import { demandRead, mayRead, TOOLS } from "./tools";

const RUN = /^quicksand:\/\/runs\/([\w-]{1,100})$/;
const LISTED_RUNS = "20";
const JSON_TYPE = "application/json";
/** "Resource not found" of the protocol. */
const NO_RESOURCE = -32_002;

/** Each server would make one of its own, which takes most of a millisecond and is not used here. */
const VALIDATOR = new AjvJsonSchemaValidator();

/** One message's server. Nothing outlives the request, so that any process can answer the next one. */
export function createMcpServer(call: CompatibleCall, version: string): Server {
  const { services, viewer } = call;
  const server = new Server(
    { name: "quicksand", title: "Quicksand", version },
    {
      capabilities: { tools: {}, resources: {} },
      instructions: instructionsFor(call),
      jsonSchemaValidator: VALIDATOR,
    },
  );

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [...TOOLS.values()].map(({ declared }) => declared),
  }));

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { sendNotification }) => {
    const tool = TOOLS.get(params.name);
    if (!tool) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name.slice(0, 100)}.`);
    const token = params._meta?.progressToken;
    const progress = (at: number, message: string) =>
      void sendNotification({
        method: "notifications/progress",
        params: { progressToken: token ?? "", progress: at, message },
      }).catch(() => {});
    try {
      return await tool.answer({
        call,
        args: params.arguments ?? {},
        progress: token === undefined ? null : progress,
      });
    } catch (error) {
      // An answer rather than an error of the protocol: the model reads it and can do better.
      return { isError: true, content: [{ type: "text", text: refusalText(call.onError(error)) }] };
    }
  });

  server.setRequestHandler(ListResourcesRequestSchema, async ({ params }) => {
    // Clients ask when they connect, also with a key that may only run programs.
    if (!mayRead(call)) return { resources: [] };
    return told(call, async () => {
      const query = check(runQuerySchema, { limit: LISTED_RUNS, cursor: params?.cursor }, "params");
      const { runs, nextCursor } = await services.runs.list(viewer, query);
      const resources = runs.map(({ id, title, preview, language, status, createdAt }) => ({
        ...{ uri: `quicksand://runs/${id}`, name: title ?? (preview || id), mimeType: JSON_TYPE },
        description: `${language}, ${status}, ${createdAt}`,
      }));
      return { resources, ...(nextCursor === null ? {} : { nextCursor }) };
    });
  });

  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      {
        uriTemplate: "quicksand://runs/{id}",
        name: "run",
        title: "A run",
        description: "A run's program and what it printed",
        mimeType: JSON_TYPE,
      },
    ],
  }));

  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) =>
    told(call, async () => {
      demandRead(call);
      const id = RUN.exec(uri)?.[1];
      if (id === undefined)
        throw new McpError(NO_RESOURCE, "There is no such resource.", { uri: uri.slice(0, 200) });
      const run = await services.runs.get(viewer, id);
      const report = detailedReportOf(run, publicOrigin(services.env, call.request.headers));
      return { contents: [{ uri, mimeType: JSON_TYPE, text: JSON.stringify(report, null, 2) }] };
    }),
  );

  return server;
}

/** Resources have only errors of the protocol; ours become such, and what nobody expected is logged and not told. */
async function told<T>({ onError }: CompatibleCall, answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof McpError) throw error;
    const { code, message } = onError(error);
    throw new McpError(code === "not_found" ? NO_RESOURCE : ErrorCode.InvalidRequest, message, { code });
  }
}

function refusalText({ code, message, details }: AppError): string {
  // A single one says what the message says.
  const more = details.length > 1 ? details.map((detail) => detail.message) : [];
  return [`${message} (${code})`, ...more.filter((line) => !message.startsWith(line))].join("\n");
}

function instructionsFor({ services: { env }, viewer }: CompatibleCall): string {
  const { run } = env.plans[viewer.plan].limits;
  return (
    "Runs programs in many languages, each in a fresh sandbox without network: " +
    `at most ${run.timeoutMs / 1_000} s and ${Math.floor(run.memoryBytes / 1_048_576)} MB. ` +
    "Print what you want to know. list_languages says what there is."
  );
}
