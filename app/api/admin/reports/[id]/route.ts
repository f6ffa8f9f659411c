import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const dismiss = route(endpoints.adminDismissReport, async ({ services: { accounts }, identity, params }) => {
  await accounts.moderation.dismiss(identity, params.id);
  return { dismissed: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, dismiss);
