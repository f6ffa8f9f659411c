import type { Metadata } from "next";
import { ForgotPasswordForm } from "@/components/account/forgot-password-form";
import { SiteHeader } from "@/components/header";
import { viewerAccount } from "../sign-in/viewer-account";

export const metadata: Metadata = { title: "Forgotten password", robots: { index: false } };

/** Whether mail is sent comes with the page, so that it never shows a form that cannot help. */
export default async function Page() {
  const known = await viewerAccount();
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <ForgotPasswordForm mail={known?.account.mail ?? true} />
      </main>
    </div>
  );
}
