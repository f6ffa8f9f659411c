import { AppError } from "../../errors";
import type { CompatibleCall } from "../../http";
import { filePathSchema } from "../../schemas/path";
import { fileObject, MAX_UPLOAD_BYTES, type NewFile, SessionFiles } from "./session-files";

/** Files of one request. */
const MAX_UPLOADS = 20;

/** `POST /v1/upload`: files for programs to come, as those of a new session. */
export async function upload(call: CompatibleCall): Promise<Response> {
  const { viewer, services } = call;
  const files = await sentFiles(call);
  const kept = await new SessionFiles(services.sessionFiles, viewer).keep(files);
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

async function sentFiles({ request, body }: CompatibleCall): Promise<NewFile[]> {
  const type = request.headers.get("content-type") ?? "";
  if (!type.toLowerCase().startsWith("multipart/form-data"))
    throw new AppError("invalid_request", "Invalid content type. Must be multipart/form-data.");
  const form = await new Response(Buffer.from(body), { headers: { "content-type": type } })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError("invalid_request", "Error processing upload: the body is no multipart form.", {
        details: [{ path: "", message: String(cause) }],
      });
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
