import { createHash, timingSafeEqual } from "node:crypto";
import { endpoints } from "../schemas/endpoints";
import type { Services } from "../services";
import { type Route, route } from "./route";

const TYPE = "text/plain; version=0.0.4; charset=utf-8";

const forAdmins = route(endpoints.metrics, ({ services }) => metricsText(services));

/** `GET /api/metrics`: for the operator's token, which is neither counted nor looked up in the database, else as the endpoint table says. */
export const metricsRoute: Route = {
  method: "GET",
  answer: (incoming) => {
    const { request, services } = incoming;
    return isScraper(request.headers, services.env.metricsToken)
      ? metricsText(services)
      : forAdmins.answer(incoming);
  },
};

async function metricsText({ metrics }: Pick<Services, "metrics">): Promise<Response> {
  return new Response(await metrics.text(), { headers: { "Content-Type": TYPE } });
}

/** Hashed, since tokens of different lengths cannot be compared in constant time. */
function isScraper(headers: Headers, token: string | undefined): boolean {
  const [, given] = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "") ?? [];
  if (token === undefined || given === undefined) return false;
  return timingSafeEqual(hashOf(given), hashOf(token));
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
