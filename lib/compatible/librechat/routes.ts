import { type CompatibleCall, fileResponse, serveCompatible } from "../../http";
import { MAX_BODY_BYTES } from "../../schemas/limits";
import type { Services } from "../../services";
import { librechatDoor } from "./door";
import { exec } from "./exec";
import { fileObject, SessionFiles } from "./session-files";
import { upload } from "./upload";

type GetServices = () => Promise<Services>;

const sessionsOf = (call: CompatibleCall) => new SessionFiles(call);

const sent = { method: "POST", scope: "run", maxBodyBytes: MAX_BODY_BYTES } as const;

/** `POST /v1/exec`. */
export function serveExec(services: GetServices) {
  return serveCompatible(services, librechatDoor, { ...sent, answer: exec });
}

/** `POST /v1/upload`. */
export function serveUpload(services: GetServices) {
  return serveCompatible(services, librechatDoor, { ...sent, answer: upload });
}

/** `GET /v1/download/{session_id}/{fileId}`. */
export function serveDownload(services: GetServices) {
  const answer = async (call: CompatibleCall) => {
    const { sessionId = "", fileId = "" } = call.params;
    const { name, type, bytes } = await sessionsOf(call).get(sessionId, fileId);
    async function* whole() {
      yield bytes;
    }
    return fileResponse({ name, type, size: bytes.byteLength, bytes: whole() });
  };
  return serveCompatible(services, librechatDoor, { method: "GET", scope: "read", answer });
}

/** `GET /v1/files/{session_id}`: whatever `detail` is asked for. */
export function serveFiles(services: GetServices) {
  const answer = async (call: CompatibleCall) =>
    Response.json((await sessionsOf(call).list(call.params.sessionId ?? "")).map(fileObject));
  return serveCompatible(services, librechatDoor, { method: "GET", scope: "read", answer });
}

/** `DELETE /v1/files/{session_id}/{fileId}`. */
export function serveFile(services: GetServices) {
  const answer = async (call: CompatibleCall) => {
    const { sessionId = "", fileId = "" } = call.params;
    await sessionsOf(call).remove(sessionId, fileId);
    return Response.json({ message: "File deleted successfully", session_id: sessionId, fileId });
  };
  return serveCompatible(services, librechatDoor, { method: "DELETE", scope: "run", answer });
}

/** Every other address below `/v1`. */
export function serveNothing(services: GetServices) {
  return serveCompatible(services, librechatDoor);
}
