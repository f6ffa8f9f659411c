import type { Metadata } from "next";
import { LanguagesPage } from "@/components/docs/languages-page";
import { SiteHeader } from "@/components/header";
import { services } from "@/lib/server";

export const metadata: Metadata = {
  title: "Languages",
  description:
    "What Quicksand runs: versions, compiler options, libraries and a first program of every language.",
};

/** The languages that this server offers. Rendered here, so that it can be read and linked to without scripts. */
export default async function Page() {
  const { status } = await services();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="Docs" />
      <main className="relative min-h-0 flex-1 overflow-y-auto">
        <LanguagesPage languages={status.documentedLanguages()} />
      </main>
    </div>
  );
}
