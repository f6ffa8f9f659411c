import type { Metadata } from "next";
import { SignUpForm } from "@/components/account/sign-up-form";
import { SiteHeader } from "@/components/header";

export const metadata: Metadata = { title: "Sign up", robots: { index: false } };

interface SignUpPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: SignUpPageProps) {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <SignUpForm asked={await searchParams} />
      </main>
    </div>
  );
}
