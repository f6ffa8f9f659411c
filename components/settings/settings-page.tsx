"use client";

import Link from "next/link";
import { useEffect, useMemo } from "react";
import useSWR from "swr";
import { useAccount } from "@/lib/client/account";
import type { ApiError } from "@/lib/client/api";
import { accountUrl } from "@/lib/client/next-path";
import type { Account } from "@/lib/schemas/account";
import { ConfirmPassword } from "../account/confirm-password";
import { LoadFailure, RowsSkeleton } from "../section";
import { buttonStyle } from "../ui/button";
import { ApiKeys } from "./api-keys";
import { BecomeAdmin } from "./become-admin";
import { EditorPreferences } from "./editor-preferences";
import { PlanAndUsage } from "./plan-and-usage";
import { Profile } from "./profile";
import { SectionNav } from "./section-nav";
import { Sessions } from "./sessions";
import { TwoFactor } from "./two-factor";
import { Webhooks } from "./webhooks";
import { YourData } from "./your-data";

const SECTIONS = [
  { id: "profile", title: "Profile", forGuests: false },
  { id: "plan", title: "Plan and usage", forGuests: true },
  { id: "two-factor", title: "Two-factor sign-in", forGuests: false },
  { id: "sessions", title: "Sessions", forGuests: false },
  { id: "keys", title: "API keys", forGuests: true },
  { id: "webhooks", title: "Webhooks", forGuests: false },
  { id: "preferences", title: "Editor", forGuests: true },
  { id: "data", title: "Your data", forGuests: true },
];

/** The settings page. Guests see what an account would add in place of a profile. */
export function SettingsPage() {
  const { account, refresh } = useAccount();
  // Shares `useAccount`'s request; only its error is read here.
  const { error } = useSWR<Account, ApiError>("account", null);
  const user = account?.user ?? null;
  const guest = account?.kind === "guest";
  const sections = useMemo(() => SECTIONS.filter(({ forGuests }) => forGuests || !guest), [guest]);
  useAnchor(account !== null);

  return (
    <div className="mx-auto grid w-full max-w-5xl gap-x-10 px-4 py-5 sm:px-6 lg:grid-cols-[10.5rem_minmax(0,1fr)]">
      <h1 className="mb-5 font-semibold text-xl lg:col-span-2">Settings</h1>
      {/* Remounted once the sections exist, since it observes their elements. */}
      <SectionNav key={account?.kind ?? "loading"} sections={sections} />
      {/* The padding lets the last section scroll to the top of the window. */}
      <div className="min-w-0 space-y-10 pb-24">
        {account === null && error ? (
          <LoadFailure text={error.message} onRetry={() => void refresh()} />
        ) : account === null ? (
          <RowsSkeleton rows={6} />
        ) : (
          <>
            {user ? <Profile user={user} mail={account.mail} /> : <GuestNote />}
            {user && !user.admin && account.signUp.adminWanted ? <BecomeAdmin /> : null}
            <PlanAndUsage account={account} />
            {user ? <TwoFactor /> : null}
            {user ? <Sessions /> : null}
            <ApiKeys account={account} />
            {user ? <Webhooks /> : null}
            <ConfirmPassword />
          </>
        )}
        {/* Not before what stands above it: it would be pushed down. */}
        {account || error ? <EditorPreferences synced={user !== null} /> : null}
        {account ? <YourData user={user} /> : null}
      </div>
    </div>
  );
}

function GuestNote() {
  return (
    <div className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-surface p-4">
      <div className="max-w-lg">
        <h2 className="font-semibold text-lg">You are a guest</h2>
        <p className="mt-0.5 text-base text-muted">
          What you run and set up belongs to this browser. With an account it is there wherever you sign in,
          and the runs you have now come with you.
        </p>
      </div>
      <div className="flex gap-2">
        <Link href={accountUrl("/sign-in", "/settings")} className={buttonStyle()}>
          Sign in
        </Link>
        <Link href={accountUrl("/sign-up", "/settings")} className={buttonStyle({ variant: "primary" })}>
          Sign up
        </Link>
      </div>
    </div>
  );
}

/** Scrolls to the URL's fragment once the section is rendered; the browser looked for it too early. */
function useAnchor(ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const id = decodeURIComponent(window.location.hash.slice(1));
    if (id) document.getElementById(id)?.scrollIntoView();
  }, [ready]);
}
