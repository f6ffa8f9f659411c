"use client";

import Link from "next/link";
import { useAccount } from "@/lib/client/account";
import { buttonStyle } from "../ui/button";

/** The way to more than the viewer's plan lets them do: an account for guests, a look at the plan for others. */
export function PlanActions({ code }: { code: string }) {
  const { account } = useAccount();
  if (account?.kind === "guest") {
    return (
      <Link href="/sign-up" className={buttonStyle({ variant: "primary", size: "sm" })}>
        Sign up
      </Link>
    );
  }
  // To wait a minute takes no other plan.
  if (account?.kind !== "user" || code === "rate_limited") return null;
  return (
    <Link href="/settings" className={buttonStyle({ size: "sm" })}>
      See your plan
    </Link>
  );
}
