import type { Metadata } from "next";
import { ApiPage } from "@/components/docs/api-page";
import { SiteHeader } from "@/components/header";
import { openApiDocument } from "@/lib/schemas/openapi";
import { services } from "@/lib/server";

export const metadata: Metadata = {
  title: "API",
  description: "Every endpoint of Quicksand's HTTP API, with examples that can be sent from the page.",
};

/** The API as its OpenAPI document has it. Rendered here, so that it can be read and linked to without scripts. */
export default async function Page() {
  const { status, env } = await services();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Docs" />
      <main className="relative min-h-0 flex-1 overflow-y-auto">
        <ApiPage document={openApiDocument({ version: status.version, serverUrl: env.publicUrl })} />
      </main>
    </div>
  );
}
