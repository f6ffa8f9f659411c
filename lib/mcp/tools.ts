import type { CallToolResult, ProgressNotification, Tool } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { type CompatibleCall, check, lacksScope, publicOrigin } from "../http";
import { type RunEvent, requestFieldsSchema, runRequestSchema } from "../schemas/run";
import { filesOf } from "./pictures";
import { detailedReportOf, detailedReportSchema, reportOf, reportSchema, textOf } from "./report";

type Progress = (progress: ProgressNotification["params"]["progress"], message: string) => void;

export interface ToolCall {
  call: CompatibleCall;
  /** As it came; each tool checks its own. */
  args: unknown;
  /** Tells a client that asked for it how far it is. */
  progress: Progress | null;
}

interface McpTool {
  declared: Tool;
  answer(call: ToolCall): Promise<CallToolResult>;
}

/** At most so often a client is told of output. */
const PROGRESS_EVERY_MS = 250;
const PROGRESS_CHARS = 200;

const { language, code, stdin, args, files, options } = requestFieldsSchema.shape;
const runCodeSchema = z.object({
  language: language.describe("An id or alias of list_languages, such as python"),
  code: code.describe("The whole program"),
  stdin: stdin.describe("What the program reads from standard input"),
  args: args.describe("The program's command-line arguments"),
  files: files.describe("Further files beside the program, at relative paths"),
  options: options.describe('Choices of the language by list_languages, such as {"standard": "c++23"}'),
});

const getRunSchema = z.object({ id: z.string().max(100).describe("The id that run_code answered") });

const languagesSchema = z.object({
  languages: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      aliases: z.array(z.string()),
      mainFile: z.string(),
      options: z
        .record(z.string(), z.array(z.string()))
        .describe("Names of options and their values, the default first"),
    }),
  ),
});

const runCode: McpTool = {
  declared: {
    name: "run_code",
    title: "Run code",
    description:
      "Runs a program in a sandbox without network and answers what it printed. Each run begins with nothing but the files that it is given. " +
      "Files that it writes to the folder $OUTPUT_DIR come back; pictures can be seen.",
    ...schemas(runCodeSchema, reportSchema),
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  },
  async answer({ call, args, progress }) {
    const { services, viewer, request } = call;
    const asked = check(runCodeSchema, args, "arguments");
    const program = check(runRequestSchema, asked, "arguments");
    const run = await services.runs.submit(viewer, program, { signal: request.signal });
    if (progress) await tell(run.events(), progress);
    const report = reportOf(await run.result, publicOrigin(services.env, request.headers));
    const content = [{ type: "text" as const, text: textOf(report) }, ...(await filesOf(call, report))];
    // That a program failed is an answer like any other, and for the model to judge.
    return { content, structuredContent: report };
  },
};

const getRun: McpTool = {
  declared: {
    name: "get_run",
    title: "Look at a run",
    description: "A run of yours, or one that is shared with you: its program and what it printed.",
    ...schemas(getRunSchema, detailedReportSchema),
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  async answer({ call, args }) {
    demandRead(call);
    const { services, viewer, request } = call;
    const { id } = check(getRunSchema, args, "arguments");
    const run = await services.runs.get(viewer, id);
    const report = detailedReportOf(run, publicOrigin(services.env, request.headers));
    const text = `${textOf(report)}\n\nProgram (${report.language}):\n${report.code}`;
    return { content: [{ type: "text", text }, ...(await filesOf(call, report))], structuredContent: report };
  },
};

const listLanguages: McpTool = {
  declared: {
    name: "list_languages",
    title: "List languages",
    description: "The languages that run_code runs, with their versions and options.",
    ...schemas(z.object({}), languagesSchema),
    annotations: { readOnlyHint: true, openWorldHint: false },
  },
  async answer({ call }) {
    const languages = call.services.status
      .languages()
      .map(({ id, name, version, aliases, mainFile, options }) => ({
        ...{ id, name, version, aliases, mainFile },
        options: Object.fromEntries(
          options.map((option) => {
            const others = option.values.filter((value) => value.id !== option.default);
            return [option.id, [option.default, ...others.map((value) => value.id)]];
          }),
        ),
      }));
    const text = languages.map(({ id, name, version }) => `${id}: ${name} ${version}`).join("\n");
    return { content: [{ type: "text", text }], structuredContent: { languages } };
  },
};

export const TOOLS: ReadonlyMap<string, McpTool> = new Map(
  [runCode, listLanguages, getRun].map((tool) => [tool.declared.name, tool]),
);

/** Throws `forbidden` for a key that may only run programs. */
export function demandRead({ identity }: Pick<CompatibleCall, "identity">): void {
  if (!mayRead({ identity })) throw lacksScope("read");
}

export function mayRead({ identity }: Pick<CompatibleCall, "identity">): boolean {
  return identity.scopes?.includes("read") ?? false;
}

/** Tells of the last line that was printed, now and then; resolves at the end of the run. */
async function tell(events: AsyncIterable<{ event: RunEvent }>, progress: Progress): Promise<void> {
  let told = 0;
  let count = 0;
  for await (const { event } of events) {
    if (event.type !== "stdout" && event.type !== "stderr" && event.type !== "preparing") continue;
    if (performance.now() - told < PROGRESS_EVERY_MS) continue;
    told = performance.now();
    count += 1;
    const text = event.type === "preparing" ? event.message : event.text;
    progress(count, (text.trimEnd().split("\n").at(-1) ?? "").slice(0, PROGRESS_CHARS));
  }
}

function schemas(input: z.ZodType, output: z.ZodType): Pick<Tool, "inputSchema" | "outputSchema"> {
  const json = (schema: z.ZodType, io: "input" | "output") =>
    z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Tool["inputSchema"];
  return { inputSchema: json(input, "input"), outputSchema: json(output, "output") };
}
