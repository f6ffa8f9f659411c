import type { Metadata } from "next";
import { SiteHeader } from "@/components/header";
import { ComparePage } from "@/components/history/compare-page";

export const metadata: Metadata = { title: "Compare runs", robots: { index: false } };

interface ComparePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Compares two runs, whose ids are `?a=` and `?b=`. */
export default async function Page({ searchParams }: ComparePageProps) {
  const { a, b } = await searchParams;
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader current="History" />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <ComparePage first={single(a)} second={single(b)} />
      </main>
    </div>
  );
}

function single(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
