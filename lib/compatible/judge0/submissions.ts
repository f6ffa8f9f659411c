import { AppError } from "../../errors";
import { type CompatibleCall, type CompatibleRoute, quotaHeaders } from "../../http";
import { MAX_BODY_BYTES } from "../../schemas/limits";
import { type FieldErrors, MAX_SUBMISSIONS } from "./asked";
import { badRequest, bodyOf, isBase64, notThere, refusal } from "./door";
import { findSubmission, isToken, removeSubmission } from "./find";
import { statusOf } from "./statuses";
import { type Submitted, submit } from "./submit";
import { fieldsOf, isLossy, submissionView } from "./view";

const LOSSY_ONE =
  "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter";
const LOSSY_SOME =
  "some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter";
const TOO_MANY = `number of submissions in a batch should be less than or equal to ${MAX_SUBMISSIONS}`;
const TOO_FEW = "there should be at least one submission in a batch";
/** Of an answer with several submissions. The largest single one is less than half of it. */
const MAX_ANSWER_CHARS = 64 * 1_048_576;
const TOO_LARGE = `these submissions are together more than ${MAX_ANSWER_CHARS} characters; ask for fewer of them, or for fewer fields`;

const USUAL_PER_PAGE = 20;
const MOST_PER_PAGE = 100;
/** Of the viewer's newest runs, how many are looked through for submissions: they are among all others. */
const MOST_LISTED = 10_000;

/** The query's fields; a response where it names some that there are none of. */
function wanted({ url }: CompatibleCall): readonly string[] | Response {
  const named = fieldsOf(url.searchParams.get("fields"));
  return "invalid" in named ? badRequest(`invalid fields: [${named.invalid.join(", ")}]`) : named.fields;
}

/** What an accepted submission's answer says beside its body. */
function submittedHeaders({ usage, callbackSecret }: Submitted): Record<string, string> {
  return {
    ...quotaHeaders(usage),
    ...(callbackSecret === null ? {} : { "X-Quicksand-Callback-Secret": callbackSecret }),
  };
}

export const createSubmission: CompatibleRoute = {
  ...{ method: "POST", scope: "run", maxBodyBytes: MAX_BODY_BYTES },
  async answer(call) {
    const fields = wanted(call);
    if (fields instanceof Response) return fields;
    const base64 = isBase64(call);
    const wait = call.url.searchParams.get("wait") === "true";
    const submitted = await submit(call, bodyOf(call), { base64, wait });
    if ("errors" in submitted) return Response.json(submitted.errors, { status: 422 });
    const { token } = submitted;
    const init = { status: 201, headers: submittedHeaders(submitted) };
    if (!wait) return Response.json({ token }, init);
    await submitted.ended;
    const submission = await findSubmission(call.services, call.viewer, token);
    if (!submission) return notThere();
    if (!base64 && isLossy(submission, fields)) return Response.json({ error: LOSSY_ONE, token }, init);
    return Response.json(submissionView(submission, fields, { base64 }), init);
  },
};

export const readSubmission: CompatibleRoute = {
  ...{ method: "GET", scope: "read" },
  async answer(call) {
    const fields = wanted(call);
    if (fields instanceof Response) return fields;
    const submission = await findSubmission(call.services, call.viewer, call.params.token ?? "");
    if (!submission) return notThere();
    const base64 = isBase64(call);
    if (!base64 && isLossy(submission, fields)) return badRequest(LOSSY_ONE);
    return Response.json(submissionView(submission, fields, { base64 }));
  },
};

export const deleteSubmission: CompatibleRoute = {
  ...{ method: "DELETE", scope: "run" },
  async answer(call) {
    if (!call.identity.user) return new Response(null, { status: 403 });
    const fields = wanted(call);
    if (fields instanceof Response) return fields;
    const submission = await findSubmission(call.services, call.viewer, call.params.token ?? "");
    if (!submission?.own) return notThere();
    const { id, description } = statusOf(submission.verdict.status);
    if (id <= 2)
      return badRequest(`submission cannot be deleted because its status is ${id} (${description})`);
    await removeSubmission(call.services, call.viewer, submission);
    return Response.json(submissionView(submission, fields, { base64: true }));
  },
};

export const createBatch: CompatibleRoute = {
  ...{ method: "POST", scope: "run", maxBodyBytes: MAX_BODY_BYTES },
  async answer(call) {
    const { submissions } = bodyOf(call);
    const all: unknown[] = Array.isArray(submissions) ? submissions : [];
    if (all.length > MAX_SUBMISSIONS) return badRequest(TOO_MANY);
    if (all.length === 0) return badRequest(TOO_FEW);
    const base64 = isBase64(call);
    const outcomes: (Submitted | { errors: FieldErrors } | AppError)[] = [];
    for (const each of all) {
      // Whatever goes wrong with one, those before it run, and their tokens must be told.
      outcomes.push(await submit(call, each, { base64, wait: false }).catch(call.onError));
    }
    const accepted = outcomes.filter((outcome) => "token" in outcome);
    const [refused] = outcomes.filter((outcome) => outcome instanceof AppError);
    // None was accepted, and not for what it is: so none will be, sent in this way or another.
    if (accepted.length === 0 && refused) return refusal(refused);
    const body = outcomes.map((outcome) => {
      if (outcome instanceof AppError) return { error: outcome.message };
      return "token" in outcome ? { token: outcome.token } : outcome.errors;
    });
    const last = accepted.findLast(({ callbackSecret }) => callbackSecret !== null) ?? accepted.at(-1);
    return Response.json(body, { status: last ? 201 : 422, headers: last ? submittedHeaders(last) : {} });
  },
};

export const readBatch: CompatibleRoute = {
  ...{ method: "GET", scope: "read" },
  async answer(call) {
    const fields = wanted(call);
    if (fields instanceof Response) return fields;
    const named = call.request.headers.get("tokens") ?? call.url.searchParams.get("tokens") ?? "";
    const tokens = named.trim() === "" ? [] : named.trim().split(",");
    if (tokens.length > MAX_SUBMISSIONS) return badRequest(TOO_MANY);
    if (tokens.length === 0) return badRequest(TOO_FEW);
    const trimmed = tokens.map((token) => token.trim());
    return listed(call, trimmed, fields);
  },
};

export const listSubmissions: CompatibleRoute = {
  ...{ method: "GET", scope: "read" },
  async answer(call) {
    if (!call.identity.user) return new Response(null, { status: 403 });
    const fields = wanted(call);
    if (fields instanceof Response) return fields;
    const { searchParams } = call.url;
    const number = (name: string, usual: number) =>
      searchParams.has(name) ? Math.trunc(Number.parseInt(searchParams.get(name) ?? "", 10) || 0) : usual;
    const page = number("page", 1);
    const perPage = number("per_page", USUAL_PER_PAGE);
    if (page <= 0) return badRequest(`invalid page: ${page}`);
    if (perPage <= 0) return badRequest(`invalid per_page: ${perPage}`);
    const size = Math.min(perPage, MOST_PER_PAGE);
    const tokens = await tokensOf(call);
    const pages = Math.ceil(tokens.length / size);
    const shown = tokens.slice((page - 1) * size, page * size);
    const meta = {
      current_page: page,
      next_page: page < pages ? page + 1 : null,
      prev_page: page > 1 ? page - 1 : null,
      total_pages: pages,
      total_count: tokens.length,
    };
    return listed(call, shown, fields, meta);
  },
};

/** The viewer's own submissions, newest first. */
async function tokensOf({ services: { runs }, viewer }: CompatibleCall): Promise<string[]> {
  const tokens: string[] = [];
  let cursor: string | undefined;
  for (let looked = 0; looked < MOST_LISTED; looked += MOST_PER_PAGE) {
    const page = await runs.list(viewer, { limit: MOST_PER_PAGE, cursor });
    tokens.push(...page.runs.map(({ id }) => id).filter(isToken));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return tokens;
}

/**
 * The submissions of some tokens, each in its place; of a page (with `meta`) those are left out that are gone meanwhile. They are read one
 * after the other, each once, and only the answer's text is kept of one: a whole one may be megabytes.
 */
async function listed(
  call: CompatibleCall,
  tokens: readonly string[],
  fields: readonly string[],
  meta?: object,
): Promise<Response> {
  const base64 = isBase64(call);
  const texts = new Map<string, string>();
  const places: string[] = [];
  let chars = 0;
  for (const token of tokens) {
    let text = texts.get(token);
    if (text === undefined) {
      call.request.signal.throwIfAborted();
      const submission = await findSubmission(call.services, call.viewer, token);
      if (submission && !base64 && isLossy(submission, fields)) return badRequest(LOSSY_SOME);
      text = JSON.stringify(submission && submissionView(submission, fields, { base64 }));
      texts.set(token, text);
    }
    chars += text.length;
    if (chars > MAX_ANSWER_CHARS) return badRequest(TOO_LARGE);
    if (text !== "null" || !meta) places.push(text);
  }
  const rest = meta ? `,"meta":${JSON.stringify(meta)}` : "";
  return new Response(`{"submissions":[${places.join(",")}]${rest}}`, {
    headers: { "Content-Type": "application/json" },
  });
}
