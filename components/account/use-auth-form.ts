"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAccount } from "@/lib/client/account";
import type { ApiError } from "@/lib/client/api";
import type { Account, SignInWay } from "@/lib/schemas/account";
import { type Submission, useSubmit } from "../form/use-submit";

const PASSWORD_ONLY: readonly SignInWay[] = ["password"];

interface AuthFormOptions<Values> {
  /** Where to go once somebody is signed in. */
  next: string;
  /** The account the server sent with the page, for the first render; `null` when it could not tell. */
  initial: Account | null;
  read: () => Values | null | Promise<Values | null>;
  /** Signs in or up. */
  send: (values: Values) => Promise<void>;
  handleError: (error: ApiError) => boolean;
  /** Somebody who is signed in stays here: they sign in again to show that it is them, or the page does not know yet. */
  stay?: boolean;
}

interface AuthForm extends Submission {
  /** Somebody is signed in already and is being redirected. */
  signedIn: boolean;
  offered: readonly SignInWay[];
}

/** Shared by the sign-in and sign-up pages: submitting, and redirecting those who are signed in already. */
export function useAuthForm<Values>(options: AuthFormOptions<Values>): AuthForm {
  const { next, initial, read, send, handleError, stay = false } = options;
  const account = useAccount().account ?? initial;
  const router = useRouter();
  const submission = useSubmit<Values>({
    read,
    handleError,
    leavesPage: true,
    async send(values) {
      await send(values);
      // A full page load: nothing fetched for the guest may be shown as the account's.
      window.location.assign(next);
    },
  });
  const signedIn = account?.kind === "user" && !submission.busy && !stay;

  useEffect(() => {
    if (signedIn) router.replace(next);
  }, [signedIn, next, router]);

  return { ...submission, signedIn, offered: account?.offered ?? PASSWORD_ONLY };
}
