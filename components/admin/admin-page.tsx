"use client";

import Link from "next/link";
import useSWR from "swr";
import { type ApiError, call } from "@/lib/client/api";
import type { AdminOverview } from "@/lib/schemas/admin";
import { ConfirmPassword } from "../account/confirm-password";
import { SiteHeader } from "../header";
import { MessagePage } from "../message-page";
import { LoadFailure } from "../section";
import { buttonStyle } from "../ui/button";
import { AuditLog } from "./audit-log";
import { Overview } from "./overview";
import { Reports } from "./reports";
import { UserTable } from "./user-table";
import { WaitingUsers } from "./waiting-users";

const REFRESH_MS = 5_000;
/** The API's answers to viewers who are not admins. They see the same page as for an unknown URL. */
const NOT_ADMIN_CODES = new Set(["not_found", "forbidden", "unauthorized"]);

/** Accounts, load and audit log of this server. */
export function AdminPage() {
  // SWR does not poll while the page is hidden.
  const { data, error, mutate } = useSWR<AdminOverview, ApiError>(
    "admin-overview",
    () => call("adminOverview"),
    { refreshInterval: (latest) => (latest ? REFRESH_MS : 0), shouldRetryOnError: false },
  );
  if (error && NOT_ADMIN_CODES.has(error.code)) return <NotFoundMessage />;
  if (error?.code === "two_factor_setup_required") return <TwoFactorFirst />;
  return (
    <div className="flex h-dvh flex-col">
      <SiteHeader />
      {/* `relative` contains the absolutely positioned `sr-only` elements, which would otherwise make the window scroll. */}
      <main className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-6xl space-y-10 px-4 py-5 pb-16 sm:px-6">
          <h1 className="mb-5 font-semibold text-xl">Admin</h1>
          {error && !data ? (
            <LoadFailure text={error.message} onRetry={() => void mutate()} />
          ) : (
            <>
              <Overview overview={data ?? null} stale={error !== undefined} />
              {data ? (
                <>
                  <WaitingUsers />
                  <Reports />
                  <UserTable />
                  <AuditLog />
                  <ConfirmPassword />
                </>
              ) : null}
            </>
          )}
        </div>
      </main>
    </div>
  );
}

/** The same text as app/not-found.tsx, so that the page does not reveal itself. */
function NotFoundMessage() {
  return (
    <MessagePage
      title="There is nothing at this address"
      text="It may have been deleted, or the link is incomplete."
    >
      <Link href="/" className={buttonStyle({ variant: "primary" })}>
        Open the editor
      </Link>
    </MessagePage>
  );
}

/** Only admins get this answer, so it says nothing to others. */
function TwoFactorFirst() {
  return (
    <MessagePage
      title="Two-factor sign-in is needed here"
      text="Whoever runs this Quicksand wants admins to sign in with a code of an authenticator app too. Turn it on, and come back."
    >
      <Link href="/settings#two-factor" className={buttonStyle({ variant: "primary" })}>
        Set it up
      </Link>
    </MessagePage>
  );
}
