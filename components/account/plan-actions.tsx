"use client";

import Link from "next/link";
import { useAccount } from "@/lib/client/account";
import { buttonStyle } from "../ui/button";

/** A way past the plan's limits: guests can sign up, users can look at their plan. */
export function PlanActions({ code }: { code: string }) {
  const { account } = useAccount();
  if (account?.kind === "guest") {
    return (
      <Link href="/sign-up" className={buttonStyle({ variant: "primary", size: "sm" })}>
        Sign up
      </Link>
    );
  }
  // A rate limit passes by itself.
  if (account?.kind !== "user" || code === "rate_limited") return null;
  return (
    <Link href="/settings" className={buttonStyle({ size: "sm" })}>
      See your plan
    </Link>
  );
}
