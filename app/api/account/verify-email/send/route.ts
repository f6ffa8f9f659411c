import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const sendProof = route(endpoints.sendEmailProof, async ({ services: { accounts }, identity }) => {
  await accounts.addresses.sendProof(identity);
  return { accepted: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, sendProof);
