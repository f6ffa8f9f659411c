import type { Metadata } from "next";
import { ResetPasswordForm } from "@/components/account/reset-password-form";
import { SiteHeader } from "@/components/header";

export const metadata: Metadata = {
  title: "Choose another password",
  robots: { index: false },
  referrer: "no-referrer",
};

/** Opened by a link whose token is behind the `#`: the server never gets it with the page. */
export default function Page() {
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <ResetPasswordForm />
      </main>
    </div>
  );
}
