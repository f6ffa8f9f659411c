import { buffer } from "node:stream/consumers";
import { AppError } from "../../errors";
import type { CompatibleCall } from "../../http";
import { parseJson } from "../../http/body";
import { check } from "../../http/problems";
import { quotaHeaders } from "../../http/quota-headers";
import { LANGUAGES, type Language, mainFileOf } from "../../languages";
import { type RunResult, runRequestSchema } from "../../schemas/run";
// The service speaks Piston's language inside, and answers in it.
import { executed } from "../piston/result";
import { findRuntime, runtimesOf } from "../piston/runtimes";
import { givenFiles } from "./given-files";
import { execSchema } from "./schemas";
import { type NewFile, SessionFiles } from "./session-files";

const ELSEWHERE = "/mnt/data";
const ELSEWHERE_NOTE =
  "There is no /mnt/data here: files that were given are in the current folder, and files to be kept are written to the folder that $OUTPUT_DIR names, /tmp/output.";

/** `POST /v1/exec`: runs a program with files of sessions; what it leaves in its output folder is a new session's. */
export async function exec(call: CompatibleCall): Promise<Response> {
  const { request, viewer, services, body } = call;
  const { lang, code, args, files: refs } = check(execSchema, parseJson(request.headers, body), "body");
  const runtime = runtimeFor(lang, code, call);
  const sessions = new SessionFiles(call);
  const { files, notes } = await givenFiles(refs, sessions, mainFileOf(runtime.entry, code));
  const asked = check(runRequestSchema, { language: runtime.id, code, args, files }, "body");
  const { result: ending, usage } = await services.runs.submit(viewer, asked, { signal: request.signal });
  const result = await ending;
  const kept = await keepOutput(call, sessions, result, notes);
  if (result.status === "error" && code.includes(ELSEWHERE)) notes.push(ELSEWHERE_NOTE);
  const answer = executed(result, runtime);
  const run = withNotes(answer.run, notes);
  return Response.json(
    {
      ...{ run, language: answer.language, version: answer.version, session_id: kept.session },
      files: kept.files.map(({ id, name }) => ({ id, name, path: `${kept.session}/${id}` })),
      // Where LibreChat's agents read them.
      ...{ stdout: run.stdout, stderr: run.stderr },
    },
    { headers: quotaHeaders(usage) },
  );
}

/** Python with libraries for data where a program imports one of them. */
function runtimeFor(lang: string, code: string, { services: { status } }: CompatibleCall) {
  const runtimes = runtimesOf(status.languages());
  const named = findRuntime(runtimes, lang, "*");
  const runtime = (named?.id === "python" && runtimes.find((each) => importsOf(each.id, code))) || named;
  const entry = languageOf(runtime?.id);
  if (!runtime || !named || !entry)
    throw new AppError("invalid_request", `Unsupported language: ${lang.slice(0, 100)}`);
  return { ...runtime, language: named.language, entry };
}

/** A statement is on one line. A pattern that went over lines would begin a search of the rest at each of them. */
function importsOf(id: string, code: string): boolean {
  if (id !== "pythondata") return false;
  const names = new Set(languageOf(id)?.packages?.names);
  return [...code.matchAll(/^[ \t]*(?:import|from)[ \t]+(\w+)/gm)].some(([, name = ""]) => names.has(name));
}

function languageOf(id: string | undefined): Language | undefined {
  return LANGUAGES.find((each) => each.id === id);
}

/** The files that the program left, in a session of their own. That they could not be kept is no fault of the program. */
async function keepOutput(
  { viewer, services: { runs }, onError }: CompatibleCall,
  sessions: SessionFiles,
  { id, artifacts }: RunResult,
  notes: string[],
) {
  try {
    const files: NewFile[] = [];
    for (const { name } of artifacts) {
      const { type, bytes } = await runs.artifact(viewer, id, name);
      files.push({ name, type, bytes: await buffer(bytes) });
    }
    return await sessions.keep(files);
  } catch (error) {
    notes.push(`The files that the program made could not be kept: ${onError(error).message}`);
    return sessions.keep([]);
  }
}

function withNotes<S extends { stderr: string; output: string }>(stage: S, notes: readonly string[]): S {
  if (notes.length === 0) return stage;
  const added = (text: string) =>
    `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${notes.join("\n")}\n`;
  return { ...stage, stderr: added(stage.stderr), output: added(stage.output) };
}
