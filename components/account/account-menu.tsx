"use client";

import { ChevronDown, History, LogOut, Settings, ShieldCheck, UserRound } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useAccount } from "@/lib/client/account";
import { ApiError } from "@/lib/client/api";
import { accountUrl } from "@/lib/client/next-path";
import { toast } from "@/lib/client/toast";
import type { Account } from "@/lib/schemas/account";
import { ActionItem, ActionMenu, ActionPage, ActionSeparator } from "../ui/action-menu";
import { buttonStyle } from "../ui/button";
import { cn } from "../ui/cn";
import { planName } from "./plan-name";

/** A fixed size, also while the viewer is still unknown, so that nothing beside it moves. */
const SIZE = "touch-target h-8 w-8 shrink-0 sm:w-17";

/** The account menu, or a link to sign in; empty until the viewer is known. */
export function AccountMenu() {
  const { account } = useAccount();
  const pathname = usePathname();
  // The form is already on the page.
  if (/^\/sign-(?:in|up)$/.test(pathname)) return null;
  if (account === null) return <div aria-hidden="true" className={SIZE} />;
  if (account.user) return <UserMenu user={account.user} plan={account.plan.id} />;
  return (
    <Link
      prefetch={false}
      href={accountUrl("/sign-in", pathname)}
      aria-label="Sign in"
      className={cn(buttonStyle(), SIZE, "fade-in-0 animate-in px-0 duration-150")}
    >
      <UserRound aria-hidden="true" className="sm:hidden" />
      <span className="max-sm:hidden">Sign in</span>
    </Link>
  );
}

interface UserMenuProps {
  user: NonNullable<Account["user"]>;
  plan: Account["plan"]["id"];
}

function UserMenu({ user, plan }: UserMenuProps) {
  return (
    <ActionMenu
      label="Account"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name || user.email}`}
          className={cn(
            buttonStyle({ variant: "ghost" }),
            SIZE,
            "fade-in-0 animate-in gap-1 px-0 duration-150 sm:border sm:border-line-strong sm:bg-raised",
          )}
        >
          <Initial of={user.name || user.email} />
          <ChevronDown aria-hidden="true" className="opacity-70 max-sm:hidden" />
        </button>
      }
    >
      <div className="max-w-60 px-2 pt-1.5 pb-1">
        {user.name ? <Line className="font-medium text-base">{user.name}</Line> : null}
        <Line className="text-muted text-sm">{user.email}</Line>
        <Line className="mt-1 text-faint text-sm">{planName(plan)}</Line>
      </div>
      <ActionSeparator />
      <ActionPage href="/history">
        <History aria-hidden="true" />
        History
      </ActionPage>
      <ActionPage href="/settings">
        <Settings aria-hidden="true" />
        Settings
      </ActionPage>
      {user.admin ? (
        <ActionPage href="/admin">
          <ShieldCheck aria-hidden="true" />
          Admin
        </ActionPage>
      ) : null}
      <ActionSeparator />
      <ActionItem onSelect={() => void signOutAndReload()}>
        <LogOut aria-hidden="true" />
        Sign out
      </ActionItem>
    </ActionMenu>
  );
}

function Line({ className, children }: { className: string; children: ReactNode }) {
  return <p className={cn("truncate", className)}>{children}</p>;
}

/** The first letter of the name, in place of a picture. */
function Initial({ of }: { of: string }) {
  // Destructuring goes by code points, so no surrogate pair is split.
  const [letter = "?"] = of.trim();
  return (
    <span
      aria-hidden="true"
      className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-wash font-semibold text-accent-ink text-sm uppercase ring-1 ring-accent-ink/25"
    >
      {letter}
    </span>
  );
}

/** A full page load: nothing of the account stays on screen, in memory or in the request cache. */
async function signOutAndReload(): Promise<void> {
  try {
    // Loaded when they are needed: this menu is on every page.
    const [{ sendEverything, shelf }, { signOut }] = await Promise.all([
      import("@/lib/client/programs/this-desk"),
      import("@/lib/client/sign-in"),
    ]);
    await sendEverything();
    await signOut();
    shelf.forgetSaved();
    window.location.assign("/");
  } catch (error) {
    toast("You could not be signed out", {
      description: error instanceof ApiError ? error.message : "Try again.",
    });
  }
}
