import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import packageJson from "../../package.json" with { type: "json" };
import { AppError } from "../errors";
import { type CompatibleDoor, type CompatibleRoute, parseJson } from "../http";
import { MAX_BODY_BYTES } from "../schemas/limits";
import { createMcpServer } from "./server";

/** "Server error" of JSON-RPC, for what HTTP's status says already. */
const REFUSED = -32_000;
const ALLOW = { Allow: "POST" };

/** The Model Context Protocol's errors: JSON-RPC without an id, since no message was looked at. */
export const mcpDoor: CompatibleDoor = {
  refusal(error) {
    const { code, message, details, httpStatus, headers } = error;
    return Response.json(
      { jsonrpc: "2.0", id: null, error: { code: numberOf(error), message, data: { code, details } } },
      { status: httpStatus, headers: { ...headers } },
    );
  },
  unknownMethod(method) {
    const message = `This address does not take ${method}: it keeps no session and sends nothing unasked. Use POST.`;
    return mcpDoor.refusal(new AppError("method_not_allowed", message, { headers: ALLOW }));
  },
  // The protocol asks for it of every server, though a key is nothing that a browser adds by itself.
  sameSite: true,
};

/** Streamable HTTP without sessions: one message, one answer, which may be a stream. */
export const mcpRoute: CompatibleRoute = {
  method: "POST",
  scope: "run",
  maxBodyBytes: MAX_BODY_BYTES,
  async answer(call) {
    const { request, body, identity } = call;
    if (identity.scopes === null) throw keyNeeded();
    const message = parseJson(request.headers, body);
    if (Array.isArray(message)) {
      throw new AppError("invalid_request", "The body is a list; send one message at a time.");
    }
    const server = createMcpServer(call, packageJson.version);
    const transport = new WebStandardStreamableHTTPServerTransport({ keepAliveMs: 15_000 });
    const leave = () => void server.close().catch(() => {});
    request.signal.addEventListener("abort", leave, { once: true });
    await server.connect(transport as Transport);
    return transport.handleRequest(request, { parsedBody: message });
  },
};

function keyNeeded(): AppError {
  const message =
    "This needs an API key, as `Authorization: Bearer qs_…`; make one at /settings#keys. Guests cannot use it.";
  return new AppError("unauthorized", message, {
    headers: { "WWW-Authenticate": 'Bearer realm="quicksand"' },
  });
}

function numberOf({ code }: AppError): number {
  if (code === "invalid_json") return ErrorCode.ParseError;
  return code === "invalid_request" ? ErrorCode.InvalidRequest : REFUSED;
}
