import { MIMEType } from "node:util";
import { AppError } from "../../errors";
import type { CompatibleCall } from "../../http";
import { refusalOf } from "../../http/compatible-door";
import { filePathSchema } from "../../schemas/path";
import { librechatDoor } from "./door";
import { fileObject, MAX_UPLOAD_BYTES, type NewFile, SessionFiles } from "./session-files";

/** Files of one request. */
const MAX_UPLOADS = 20;
/** Files and fields. A form is parsed at a cost for each part, however small. */
const MAX_PARTS = 50;

/** `POST /v1/upload`: files for programs to come, as those of a new session. */
export async function upload(call: CompatibleCall): Promise<Response> {
  if (call.identity.setCookie !== null) return refusalOf(librechatDoor, nobodyKnown());
  const kept = await new SessionFiles(call).keep(await sentFiles(call));
  return Response.json({
    message: "success",
    session_id: kept.session,
    // What later versions of LibreChat call it.
    storage_session_id: kept.session,
    files: kept.files.map((file) => ({
      ...{ fileId: file.id, filename: file.name },
      ...fileObject({ ...file, size: file.bytes.byteLength }),
    })),
  });
}

/** Whoever sends no cookie is a new guest each time, whose files nobody could ask for again. */
function nobodyKnown(): AppError {
  return new AppError(
    "unauthorized",
    "Files are kept for whoever can be known again: send an API key as `X-API-Key`, or the cookie that came with this answer.",
  );
}

async function sentFiles({ request, body }: CompatibleCall): Promise<NewFile[]> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("multipart/form-data"))
    throw new AppError("invalid_request", "Invalid content type. Must be multipart/form-data.");
  const boundary = boundaryOf(type);
  if (boundary === null) throw noForm("its type names no boundary");
  if (hasMoreParts(body, boundary))
    throw new AppError("invalid_request", `A form has at most ${MAX_PARTS} parts, and ${MAX_UPLOADS} files.`);
  // Of the type only what was counted by, so that the parser does not find another boundary in it.
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  const form = await new Response(Buffer.from(body), { headers }).formData().catch((cause: unknown) => {
    throw noForm(String(cause));
  });
  const sent = [...form.values()].filter((value) => typeof value !== "string");
  if (sent.length === 0) throw new AppError("invalid_request", "No files provided");
  if (sent.length > MAX_UPLOADS)
    throw new AppError("invalid_request", `At most ${MAX_UPLOADS} files can be sent at once.`);
  if (sent.some(({ size }) => size > MAX_UPLOAD_BYTES))
    throw new AppError("body_too_large", "File size limit exceeded");
  return Promise.all(
    sent.map(async (file) => {
      const [problem] = filePathSchema.safeParse(file.name).error?.issues ?? [];
      if (problem)
        throw new AppError("invalid_request", problem.message.replace(/^`path`/, "The name of a file"));
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { name: file.name, type: file.type || "application/octet-stream", bytes };
    }),
  );
}

function noForm(message: string): AppError {
  return new AppError("invalid_request", "Error processing upload: the body is no multipart form.", {
    details: [{ path: "", message }],
  });
}

/** Whether the boundary is in the body more often than it may be; the last one ends the form. */
function hasMoreParts(body: Uint8Array, boundary: string): boolean {
  const [bytes, mark] = [Buffer.from(body), Buffer.from(`--${boundary}`)];
  let count = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    count += 1;
    if (count > MAX_PARTS + 1) return true;
  }
  return false;
}

/** `null` where there is none, or none that the parser takes. */
function boundaryOf(type: string): string | null {
  try {
    const boundary = new MIMEType(type).params.get("boundary");
    return boundary !== null && /^[\w'-]{1,70}$/.test(boundary) ? boundary : null;
  } catch {
    return null;
  }
}
