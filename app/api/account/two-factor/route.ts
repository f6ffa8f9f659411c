import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const state = route(endpoints.twoFactor, ({ services: { accounts }, identity }) =>
  accounts.twoFactor.state(identity),
);

const begin = route(endpoints.beginTwoFactor, ({ services: { accounts }, identity }) =>
  accounts.twoFactor.begin(identity),
);

const disable = route(endpoints.disableTwoFactor, async ({ services: { accounts }, identity, body }) => {
  await accounts.twoFactor.disable(identity, body.code);
  return { disabled: true as const };
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, state, begin, disable);
