import { route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const view = route(endpoints.account, async ({ services: { accounts }, identity }) =>
  accounts.view(identity),
);

const signUp = route(endpoints.signUp, async ({ services: { accounts, identities }, request, body }) => {
  await accounts.signUp(body, identities.requesterOf(request.headers));
  return { accepted: true as const };
});

const rename = route(endpoints.updateAccount, ({ services: { accounts }, identity, body }) =>
  accounts.rename(identity, body.name),
);

const remove = route(endpoints.deleteAccount, async ({ services: { accounts, auth }, identity, body }) => {
  await accounts.remove(identity, body);
  return Response.json({ deleted: true }, { headers: { "Set-Cookie": auth.sessions.clearingCookie } });
});

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, view, signUp, rename, remove);
