import { endpoints } from "../schemas/endpoints";
import { eventStream } from "./event-stream";
import { quotaHeaders } from "./quota-headers";
import { route } from "./route";

/** `POST /api/editor/run`. Not in its route file, because both the front door (`node-server.ts`) and Next.js lead to it. */
export const runRoute = route(
  endpoints.run,
  async ({ request, services: { runs }, viewer, query, body, onError }) => {
    const { signal } = request;
    const streamed = request.headers.get("accept")?.includes("text/event-stream") ?? false;
    // A client that waits for JSON follows nothing, so there is nobody whose leaving could be told from waiting.
    const lingerMs = streamed && query.linger !== undefined ? query.linger * 1_000 : undefined;
    const leaving = query.detach === "1" ? {} : lingerMs === undefined ? { signal } : { lingerMs };
    const accepted = await runs.submit(viewer, body, leaving);
    const answer = streamed
      ? eventStream(accepted.events(), { signal, onError })
      : Response.json(await accepted.result);
    for (const [name, value] of Object.entries(quotaHeaders(accepted.usage))) answer.headers.set(name, value);
    return answer;
  },
);
