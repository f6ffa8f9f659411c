import { endpoints } from "../schemas/endpoints";
import { eventStream } from "./event-stream";
import { quotaHeaders } from "./quota-headers";
import { route } from "./route";

/** `POST /api/editor/run`. Not in its route file, because both the front door (`node-server.ts`) and Next.js lead to it. */
export const runRoute = route(
  endpoints.run,
  async ({ request, services: { runs }, viewer, query, body, onError }) => {
    const { signal } = request;
    const accepted = await runs.submit(viewer, body, query.detach === "1" ? {} : { signal });
    const streamed = request.headers.get("accept")?.includes("text/event-stream");
    const answer = streamed
      ? eventStream(accepted.events(), { signal, onError })
      : Response.json(await accepted.result);
    for (const [name, value] of Object.entries(quotaHeaders(accepted.usage))) answer.headers.set(name, value);
    return answer;
  },
);
