import { notWebSocket, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Requests without an upgrade: the others are let in by `lib/http/socket-door.ts` before Next.js sees them. */
const terminal = route(endpoints.terminal, async ({ services: { runs }, viewer, params }) => {
  const { events } = await runs.terminal(viewer, params.id);
  await events.return?.();
  throw notWebSocket();
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, terminal);
