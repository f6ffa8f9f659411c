import { accountText, downloadResponse, exportText, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const exportAccount = route(
  endpoints.exportAccount,
  async ({ services: { accounts, programs, runs }, identity, viewer, onError }) => {
    const account = await accounts.exported(identity);
    const text = accountText(account, programs.exportAll(viewer), exportText(runs.exportAll(viewer), "json"));
    return downloadResponse(text, { name: "quicksand-account.json", type: "application/json", onError });
  },
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, exportAccount);
