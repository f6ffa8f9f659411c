import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createGate } from "../../lib/http/gate";
import { sendResponse, webRequest } from "../../lib/http/node-exchange";
import { hookNodeServer } from "../../lib/http/node-server";
import { createSocketDoor } from "../../lib/http/socket-door";
import { terminalSockets } from "../../lib/http/terminal-sockets";
import type { RouteFile } from "./routes";
import { routeAt } from "./site";

// After `site`, whose imports let it be loaded outside of a bundle.
const { services } = await import("../../lib/server");

/** Serves the API with this process's services, without pages and without a build, at a port or at a free one. SIGTERM ends the process. */
export async function serveApi(port = 0): Promise<number> {
  const { env, close } = await services();
  const node = hookNodeServer();
  node.guard(createGate(env, services), { proxied: env.trustedProxies > 0 });
  node.openWebSockets(createSocketDoor(services, [terminalSockets()]));

  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const request = await webRequest(incoming, gone.signal, {
      body: !["GET", "HEAD"].includes(incoming.method ?? ""),
    });
    const { pathname } = new URL(request.url);
    const found = (await routeAt(pathname)) ?? (await signInAt(pathname));
    if (!found) return void outgoing.writeHead(404).end();
    const [file, params] = found;
    const response = await file[request.method as "GET"](request, { params: Promise.resolve(params) });
    await sendResponse(response, outgoing, undefined).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  process.on("SIGTERM", () => void close().then(() => process.exit(0)));
  return (server.address() as AddressInfo).port;
}

/** next-auth's catch-all route, which is not in our endpoint table. */
async function signInAt(pathname: string): Promise<[RouteFile, Record<string, string>] | null> {
  const nextauth = /^\/api\/auth\/(.+)$/.exec(pathname)?.[1]?.split("/");
  if (!nextauth) return null;
  const file = (await import("../api/auth/[...nextauth]/route")) as unknown as RouteFile;
  return [file, { nextauth } as unknown as Record<string, string>];
}
