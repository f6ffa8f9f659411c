import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const renew = route(endpoints.renewRecoveryCodes, async ({ services: { accounts }, identity, body }) => ({
  recoveryCodes: await accounts.twoFactor.renewRecovery(identity, body.code),
}));

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, renew);
