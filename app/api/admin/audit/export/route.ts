import { auditText, downloadResponse, route, serve } from "@/lib/http";
import { endpoints } from "@/lib/schemas/endpoints";
import { services } from "@/lib/server";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const TYPES = { json: "application/json", csv: "text/csv; charset=utf-8" };

const exportAudit = route(
  endpoints.exportAudit,
  ({ services: { accounts }, identity, query: { format, ...query }, onError }) =>
    downloadResponse(auditText(accounts.admin.exportAudit(identity, query), format), {
      name: `quicksand-audit.${format}`,
      type: TYPES[format],
      onError,
    }),
);

export const { GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS } = serve(services, exportAudit);
