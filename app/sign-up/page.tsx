import type { Metadata } from "next";
import { accountBenefits } from "@/components/account/account-benefits";
import { SignUpForm } from "@/components/account/sign-up-form";
import { SiteHeader } from "@/components/header";
import { viewerAccount } from "../sign-in/viewer-account";

export const metadata: Metadata = { title: "Sign up", robots: { index: false } };

interface SignUpPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: SignUpPageProps) {
  const known = await viewerAccount();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <SignUpForm
          searchParams={await searchParams}
          account={known?.account ?? null}
          benefits={known ? accountBenefits(known.plans.guest, known.plans.free) : []}
        />
      </main>
    </div>
  );
}
