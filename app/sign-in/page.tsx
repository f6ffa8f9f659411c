import type { Metadata } from "next";
import { SignInForm } from "@/components/account/sign-in-form";
import { SiteHeader } from "@/components/header";
import { viewerAccount } from "./viewer-account";

export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** NextAuth also redirects here with `?error=CODE` when signing in with a provider fails. */
export default async function Page({ searchParams }: SignInPageProps) {
  const known = await viewerAccount();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <SignInForm searchParams={await searchParams} account={known?.account ?? null} />
      </main>
    </div>
  );
}
