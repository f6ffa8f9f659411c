import { services } from "@/lib/server";
import { securityText } from "./security-text";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Where to report a vulnerability of this server. Not there unless the operator has named a contact. */
export async function GET(): Promise<Response> {
  const { env } = await services();
  if (env.securityContact === undefined) return new Response("Not found\n", { status: 404, headers: TEXT });
  const text = securityText({ contact: env.securityContact, publicUrl: env.publicUrl, now: new Date() });
  return new Response(text, { headers: TEXT });
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };
